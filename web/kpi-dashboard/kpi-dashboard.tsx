/** How does a screen of numbers look? Cards to choose from, the chosen one over time, and what it is made of. */
import type { KpiDashboard as Declared } from '../../shared/kpis/kpi-dashboards.ts';
import { NoNumbers } from '../components/data-days.tsx';
import { Loading, Skeleton } from '../components/skeleton.tsx';
import type { DictionaryKpi, KpisAnswer, Series } from '../data/queries.ts';
import { say } from '../formatting/say.ts';
import { useView } from '../view/use-view.ts';
import { ChartCard } from './chart-card.tsx';
import { isSilent } from './is-silent.ts';
import { KpiCard } from './kpi-card.tsx';
import { NothingNarrowed, NotNarrowed } from './narrowed.tsx';
import { QueryState } from './query-state.tsx';
import { ScreenHead } from './screen-head.tsx';
import { SplitCard } from './split-card.tsx';
import { useKpiDashboard } from './use-kpi-dashboard.ts';

const cards = 'grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-4';

const KpiDashboardSkeleton = ({ count }: { count: number }) => (
  <Loading what={say('loading.numbers')}>
    <div className={cards}>
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={i} className="h-38" />
      ))}
    </div>
    <Skeleton className="mt-5 h-85" />
  </Loading>
);

/** The cards, and what the chosen one is made of. */
function Numbers({ data, kpis, dimensions }: { data: KpisAnswer; kpis: DictionaryKpi[]; dimensions: readonly string[] }) {
  const { view, change } = useView();
  const { series } = data;
  const unasked = kpis.filter(({ name }) => !series.some((each) => each.name === name));
  const chosen = series.find(({ name }) => name === view.kpi) ?? series[0];
  const aboutOf = (of: Series | undefined) => kpis.find(({ name }) => name === of?.name);
  const kpi = aboutOf(chosen);
  if (series.every(isSilent)) return <NoNumbers />;
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
                freshness={data}
                isChosen={each === chosen}
                onChoose={() => change({ kpi: each.name })}
              />
            )
          );
        })}
        {unasked.map((kpi) => (
          <NotNarrowed key={kpi.name} kpi={kpi} />
        ))}
      </div>
      {chosen && kpi && <ChartCard series={chosen} kpi={kpi} grain={data.grain} />}
      {kpi && <SplitCard kpi={kpi} dimensions={dimensions} />}
    </>
  );
}

export function KpiDashboard({ title, names, dimensions }: Declared & { title: string }) {
  const { asked, answer } = useKpiDashboard(names);
  return (
    <>
      <ScreenHead title={title} asked={asked} names={names} />
      {asked.kpis.length > 0 && asked.askable.length === 0 ? (
        <NothingNarrowed />
      ) : (
        <QueryState answer={answer} shape={<KpiDashboardSkeleton count={names.length} />}>
          {(data) => <Numbers data={data} kpis={asked.kpis} dimensions={dimensions} />}
        </QueryState>
      )}
    </>
  );
}
