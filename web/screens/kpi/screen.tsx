/** One number in full: what it means, how it ran, what it is made of, and the way to the rows behind it. */
import { Link, useParams } from 'wouter';
import { ChartCard } from '../../board/chart-card.tsx';
import { KpiCard } from '../../board/kpi-card.tsx';
import { ScreenHead } from '../../board/screen-head.tsx';
import { SplitCard } from '../../board/split-card.tsx';
import { useBoard } from '../../board/use-board.ts';
import { useDictionary } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { useHref } from '../../parts/creator.tsx';
import { AsOf, DefinitionFacts } from '../../parts/definition.tsx';
import { Failure } from '../../parts/failure.tsx';

export function Screen() {
  const { name = '' } = useParams<{ name: string }>();
  const dictionary = useDictionary();
  const href = useHref();
  const { asked, answer } = useBoard([name]);
  const [kpi] = asked.kpis;
  const { data, error } = answer;
  const [series] = data?.series ?? [];
  if (dictionary.data && !kpi)
    return (
      <Empty title="There is no such number" isPage>
        The dictionary lists those there are.
      </Empty>
    );
  if (!kpi)
    return dictionary.error ? (
      <Failure reason={dictionary.error} retry={() => void dictionary.refetch()} />
    ) : (
      <Skeleton className="h-96" />
    );
  return (
    <>
      <ScreenHead title={kpi.title} asked={asked} names={[name]} />
      {error && !data && <Failure reason={error} retry={() => void answer.refetch()} />}
      {!data && !error && <Skeleton className="h-96" />}
      {data && series && (
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
            {kpi.grains.includes('day') ? (
              <ChartCard series={series} kpi={kpi} grain={data.grain} height={330} />
            ) : (
              <Empty title="This number is counted now, not by day">
                {kpi.kind === 'open' && (
                  <Link href={href('rows', { atRisk: 'true' })} className="font-medium text-accent">
                    The orders behind it
                  </Link>
                )}
              </Empty>
            )}
          </div>
          <SplitCard kpi={kpi} dimensions={kpi.dimensions} />
          {kpi.grains.includes('day') && <ChartCard series={series} kpi={kpi} grain={data.grain} isTable />}
        </>
      )}
    </>
  );
}
