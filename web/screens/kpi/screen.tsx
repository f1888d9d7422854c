/** One number in full: what it means, how it ran, what it is made of, and the way to the rows behind it. */
import { Link, useParams } from 'wouter';
import { Answered } from '../../board/answered.tsx';
import { ChartCard } from '../../board/chart-card.tsx';
import { KpiCard } from '../../board/kpi-card.tsx';
import { ScreenHead } from '../../board/screen-head.tsx';
import { SplitCard } from '../../board/split-card.tsx';
import { useBoard } from '../../board/use-board.ts';
import { type DictionaryKpi, type KpisAnswer, useDictionary } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { useHref } from '../../parts/creator.tsx';
import { AsOf, DefinitionFacts } from '../../parts/definition.tsx';
import { Loaded } from '../../parts/loaded.tsx';

/** What stands in the place of a chart for a number that has no days. */
function CountedNow({ kpi }: { kpi: DictionaryKpi }) {
  const href = useHref();
  return (
    <Empty title="This number is counted now, not by day">
      {kpi.kind === 'open' && (
        <Link href={href('rows', { atRisk: 'true' })} className="font-medium text-accent">
          The orders behind it
        </Link>
      )}
    </Empty>
  );
}

function InFull({ kpi, data }: { kpi: DictionaryKpi; data: KpisAnswer }) {
  const [series] = data.series;
  const hasDays = kpi.grains.includes('day');
  if (!series) return null;
  return (
    <>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
        <div className="grid content-start gap-5">
          <KpiCard series={series} title={kpi.title} better={kpi.better} standing={data} />
          <Card title="What it means">
            <DefinitionFacts kpi={kpi} />
            <p className="border-t border-line pt-2 text-sm text-soft">
              <AsOf {...data} />
            </p>
          </Card>
        </div>
        {hasDays ? <ChartCard series={series} kpi={kpi} grain={data.grain} height={330} /> : <CountedNow kpi={kpi} />}
      </div>
      <SplitCard kpi={kpi} dimensions={kpi.dimensions} />
      {hasDays && <ChartCard series={series} kpi={kpi} grain={data.grain} isTable />}
    </>
  );
}

function KpiInFull({ kpi }: { kpi: DictionaryKpi }) {
  const { asked, answer } = useBoard([kpi.name]);
  return (
    <>
      <ScreenHead title={kpi.title} asked={asked} names={[kpi.name]} />
      <Answered answer={answer} shape={<Skeleton className="h-96" />}>
        {(data) => <InFull kpi={kpi} data={data} />}
      </Answered>
    </>
  );
}

export function Screen() {
  const { name = '' } = useParams<{ name: string }>();
  return (
    <Loaded query={useDictionary()} shape="h-96">
      {({ kpis }) => {
        const kpi = kpis.find((each) => each.name === name);
        if (kpi) return <KpiInFull key={name} kpi={kpi} />;
        return (
          <Empty title="There is no such number" isPage>
            The dictionary lists those there are.
          </Empty>
        );
      }}
    </Loaded>
  );
}
