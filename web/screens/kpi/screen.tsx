/** One number in full: what it means, how it ran, what it is made of, and the way to the rows behind it. */
import { Link, useParams } from 'wouter';
import { Card } from '../../components/card.tsx';
import { useHref } from '../../components/creator.tsx';
import { NoNumbers } from '../../components/data-days.tsx';
import { AsOf, DefinitionFacts } from '../../components/definition.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Empty, Skeleton } from '../../components/skeleton.tsx';
import { type DictionaryKpi, type KpisAnswer, useDictionary } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { ChartCard } from '../../kpi-dashboard/chart-card.tsx';
import { isSilent } from '../../kpi-dashboard/is-silent.ts';
import { KpiCard } from '../../kpi-dashboard/kpi-card.tsx';
import { NothingNarrowed } from '../../kpi-dashboard/narrowed.tsx';
import { QueryState } from '../../kpi-dashboard/query-state.tsx';
import { ScreenHead } from '../../kpi-dashboard/screen-head.tsx';
import { SplitCard } from '../../kpi-dashboard/split-card.tsx';
import { useKpiDashboard } from '../../kpi-dashboard/use-kpi-dashboard.ts';
import { Moved } from './moved.tsx';
import { hasTrend, TrendCard } from './trend.tsx';

/** What stands in the place of a chart for a number that has no days. */
function CountedNow({ kpi }: { kpi: DictionaryKpi }) {
  const href = useHref();
  return (
    <Empty title={say('kpi.now')}>
      {kpi.kind === 'open' && (
        <Link href={href('rows', { atRisk: 'true' })} className="font-medium text-accent">
          {say('kpi.ordersBehind')}
        </Link>
      )}
    </Empty>
  );
}

function InFull({ kpi, data }: { kpi: DictionaryKpi; data: KpisAnswer }) {
  const [series] = data.series;
  const hasDays = kpi.grains.includes('day');
  if (!series) return null;
  const isEmpty = hasDays && isSilent(series);
  return (
    <>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <div className="grid content-start gap-5">
          <KpiCard series={series} title={kpi.title} better={kpi.better} freshness={data} />
          <Card title={say('definition.title')}>
            <DefinitionFacts kpi={kpi} />
            <p className="border-t border-line pt-2 text-sm text-soft">
              <AsOf {...data} />
            </p>
          </Card>
        </div>
        {!hasDays && <CountedNow kpi={kpi} />}
        {hasDays && isEmpty && <NoNumbers />}
        {hasDays && !isEmpty && <ChartCard series={series} kpi={kpi} grain={data.grain} height={330} />}
      </div>
      {hasDays && !isEmpty && hasTrend(kpi) && <TrendCard kpi={kpi} />}
      {!isEmpty && kpi.isAdditive && kpi.dimensions.length > 0 && <Moved kpi={kpi} />}
      {!isEmpty && <SplitCard kpi={kpi} dimensions={kpi.dimensions} />}
      {hasDays && !isEmpty && <ChartCard series={series} kpi={kpi} grain={data.grain} isTable />}
    </>
  );
}

function KpiInFull({ kpi }: { kpi: DictionaryKpi }) {
  const { asked, answer } = useKpiDashboard([kpi.name]);
  return (
    <>
      <ScreenHead title={kpi.title} asked={asked} names={[kpi.name]} />
      {asked.kpis.length > 0 && asked.askable.length === 0 ? (
        <NothingNarrowed />
      ) : (
        <QueryState answer={answer} shape={<Skeleton className="h-96" />}>
          {(data) => <InFull kpi={kpi} data={data} />}
        </QueryState>
      )}
    </>
  );
}

export function Screen() {
  const { name = '' } = useParams<{ name: string }>();
  const href = useHref();
  return (
    <Loaded query={useDictionary()} shape="h-96">
      {({ kpis }) => {
        const kpi = kpis.find((each) => each.name === name);
        if (kpi) return <KpiInFull key={name} kpi={kpi} />;
        return (
          <Empty title={say('kpi.noSuch')} isPage>
            <Link href={href('dictionary')} className="font-medium text-accent">
              {say('kpi.all')}
            </Link>
          </Empty>
        );
      }}
    </Loaded>
  );
}
