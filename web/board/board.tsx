/** How does a screen of numbers look? Cards to choose from, the chosen one over time, and what it is made of. */
import type { Board as Shown } from '../../shared/kpis/boards.ts';
import { Empty, Loading, Skeleton } from '../parts/blank.tsx';
import { Failure } from '../parts/failure.tsx';
import { Notice } from '../parts/notice.tsx';
import { useView } from '../view/use-view.ts';
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

export function Board({ title, names, dimensions }: Shown & { title: string }) {
  const { view, change } = useView();
  const { asked, answer } = useBoard(names);
  const { data, error, isPlaceholderData } = answer;
  const series = data?.series ?? [];
  const chosen = series.find(({ name }) => name === view.kpi) ?? series[0];
  const kpi = asked.kpis.find(({ name }) => name === chosen?.name);
  const isEmpty =
    series.length > 0 &&
    series.every(({ points, compare }) => [...points, ...(compare?.points ?? [])].every(({ value }) => !value));
  return (
    <>
      <ScreenHead title={title} asked={asked} names={names} />
      {!data && !error && <BoardSkeleton count={names.length} />}
      {!data && error && <Failure reason={error} retry={() => void answer.refetch()} />}
      {data && error && <Notice tone="warn">These are the last known numbers: {error.message}</Notice>}
      {isEmpty && (
        <Empty title="Nothing happened in this range">
          Choose other days, or look at the overview for what is going on today.
        </Empty>
      )}
      {data && !isEmpty && (
        <div className={`grid gap-5 transition-opacity ${isPlaceholderData ? 'opacity-60' : ''}`} aria-busy={isPlaceholderData}>
          <div className={cards}>
            {series.map((each) => {
              const about = asked.kpis.find(({ name }) => name === each.name);
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
        </div>
      )}
    </>
  );
}
