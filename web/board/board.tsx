/** How does a screen of numbers look? Cards to choose from, the chosen one over time, and what it is made of. */
import type { Board as Shown } from '../../shared/kpis/boards.ts';
import type { DictionaryKpi, KpisAnswer, Series } from '../data/queries.ts';
import { Empty, Loading, Skeleton } from '../parts/blank.tsx';
import { useView } from '../view/use-view.ts';
import { Answered } from './answered.tsx';
import { ChartCard } from './chart-card.tsx';
import { KpiCard } from './kpi-card.tsx';
import { ScreenHead } from './screen-head.tsx';
import { SplitCard } from './split-card.tsx';
import { useBoard } from './use-board.ts';

const cards = 'grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-4';

const BoardSkeleton = ({ count }: { count: number }) => (
  <Loading what="the numbers">
    <div className={cards}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={i} className="h-38" />
      ))}
    </div>
    <Skeleton className="mt-5 h-85" />
  </Loading>
);

const isSilent = ({ points, compare }: Series): boolean => [...points, ...(compare?.points ?? [])].every(({ value }) => !value);

/** The cards, and what the chosen one is made of. */
function Numbers({ data, kpis, dimensions }: { data: KpisAnswer; kpis: DictionaryKpi[]; dimensions: readonly string[] }) {
  const { view, change } = useView();
  const { series } = data;
  const chosen = series.find(({ name }) => name === view.kpi) ?? series[0];
  const aboutOf = (of: Series | undefined) => kpis.find(({ name }) => name === of?.name);
  const kpi = aboutOf(chosen);
  if (series.every(isSilent))
    return (
      <Empty title="Nothing happened in this range">Choose other days, or look at the overview for what is going on today.</Empty>
    );
  return (
    <>
      <div className={cards}>
        {series.map((each) => {
          const about = aboutOf(each);
          return (
            about && (
              <KpiCard
                key={each.name}
                series={each}
                title={about.title}
                better={about.better}
                standing={data}
                isChosen={each === chosen}
                onChoose={() => change({ kpi: each.name })}
              />
            )
          );
        })}
      </div>
      {chosen && kpi && <ChartCard series={chosen} kpi={kpi} grain={data.grain} />}
      {kpi && <SplitCard kpi={kpi} dimensions={dimensions} />}
    </>
  );
}

export function Board({ title, names, dimensions }: Shown & { title: string }) {
  const { asked, answer } = useBoard(names);
  return (
    <>
      <ScreenHead title={title} asked={asked} names={names} />
      <Answered answer={answer} shape={<BoardSkeleton count={names.length} />}>
        {(data) => <Numbers data={data} kpis={asked.kpis} dimensions={dimensions} />}
      </Answered>
    </>
  );
}
