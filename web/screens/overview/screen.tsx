/** How am I doing, and why? Today so far, the range that was chosen, what moved, what is at risk, how fresh it all is. */

import { lazy } from 'react';
import { Button } from '../../components/button.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Failure } from '../../components/failure.tsx';
import { Notice } from '../../components/notice.tsx';
import { Loading, Skeleton } from '../../components/skeleton.tsx';
import { useDashboard } from '../../data/live.ts';
import { formatFailure } from '../../formatting/refusals.ts';
import { say } from '../../formatting/say.ts';
import { AtRisk } from './at-risk.tsx';
import { FirstRun } from './first-run.tsx';
import { Headline } from './headline.tsx';
import { Movers } from './movers.tsx';
import { ProfitLine } from './profit-line.tsx';
import { useQuiet } from './quiet.ts';
import { Sources } from './sources.tsx';
import { ToDo } from './to-do.tsx';
import { Today } from './today.tsx';

/** Of a shop that sold nothing lately: few see it. */
const LongAgo = lazy(async () => ({ default: (await import('./long-ago.tsx')).LongAgo }));

const OverviewSkeleton = () => (
  <Loading what={say('loading.overview')}>
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
  const quiet = useQuiet(data);
  if (!data) return error ? <Failure reason={error} retry={() => void refetch()} /> : <OverviewSkeleton />;
  if (quiet === undefined) return <OverviewSkeleton />;
  if (quiet.state === 'never') return <FirstRun />;
  if (quiet.state === 'long ago' && quiet.days) return <LongAgo days={quiet.days} />;
  return (
    <>
      {error && (
        <Notice tone="warn" action={<Button onClick={() => void refetch()}>{say('failure.again')}</Button>}>
          {say('answered.lastKnown', { reason: formatFailure(error) })}
        </Notice>
      )}
      <ToDo />
      <Today dashboard={data} />
      <ProfitLine />
      <Headline dashboard={data} />
      <div className="grid gap-5 lg:grid-cols-2">
        <Movers dashboard={data} />
        {/* What has to be done comes first where the two stand below each other. */}
        <div className="grid content-start gap-5 max-lg:order-first">
          <AtRisk dashboard={data} />
          <Sources dashboard={data} />
        </div>
      </div>
    </>
  );
}
