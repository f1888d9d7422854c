/** How am I doing, and why? Today so far, the last 30 days, what moved, what is at risk, how fresh it all is. */

import { KpiCard } from '../../board/kpi-card.tsx';
import { useDashboard } from '../../data/queries.ts';
import { Loading, Skeleton } from '../../parts/blank.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { tellRange } from '../../words/dates.ts';
import { AtRisk } from './at-risk.tsx';
import { FirstRun } from './first-run.tsx';
import { useHasNothing } from './has-nothing.ts';
import { Movers } from './movers.tsx';
import { Sources } from './sources.tsx';
import { Today } from './today.tsx';

const OverviewSkeleton = () => (
  <Loading what="the overview">
    <Skeleton className="h-9 w-40" />
    <Skeleton className="mt-5 h-52" />
    <div className="mt-5 grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-4">
      {Array.from({ length: 8 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={i} className="h-38" />
      ))}
    </div>
  </Loading>
);

export function Screen() {
  const { creatorId } = useCreator();
  const { data, error, refetch } = useDashboard(creatorId);
  const hasNothing = useHasNothing(data);
  if (!data) return error ? <Failure reason={error} retry={() => void refetch()} /> : <OverviewSkeleton />;
  if (hasNothing === undefined) return <OverviewSkeleton />;
  if (hasNothing) return <FirstRun />;
  const [first] = data.headline;
  const range = first && { from: first.points[0]?.at ?? '', to: first.points.at(-1)?.at ?? '' };
  return (
    <>
      {error && <Notice tone="warn">These are the last known numbers: {error.message}</Notice>}
      <Today dashboard={data} />
      <section aria-labelledby="headline">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
          <h2 id="headline" className="text-base font-semibold">
            Last 30 days
          </h2>
          {range && first?.compare && (
            <p className="text-sm text-soft">
              {tellRange(range.from, range.to)}, against {tellRange(first.compare.from, first.compare.to)}
            </p>
          )}
        </div>
        <div className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-4">
          {data.headline.map((series) => (
            <KpiCard key={series.name} series={series} title={series.title} better={series.better} standing={data} />
          ))}
        </div>
      </section>
      <div className="grid gap-5 lg:grid-cols-2">
        <Movers />
        <div className="grid content-start gap-5">
          <AtRisk dashboard={data} />
          <Sources dashboard={data} />
        </div>
      </div>
    </>
  );
}
