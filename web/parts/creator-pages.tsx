/** Which of a creator's screens is shown, once it is known who they are? */
import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ApiFailure } from '../data/api.ts';
import { useDashboard, useProfile } from '../data/queries.ts';
import { detailScreens, screens } from '../screens.ts';
import { useSession } from '../session/session-context.ts';
import { Empty, Skeleton } from './blank.tsx';
import { Boundary } from './broken.tsx';
import { CreatorProvider, pathOf } from './creator.tsx';
import { Failure } from './failure.tsx';
import { Shell } from './shell.tsx';

/** Of another creator, or of nobody: the API tells neither from the other, nor does this. */
function NotYours({ creatorId }: { creatorId: string }) {
  const session = useSession();
  const own = session.claims.creatorId;
  if (own === creatorId)
    return (
      <Empty title="Your shop is not connected yet" isPage>
        <p>
          Numbers appear here once the first events of <code>{creatorId}</code> were accepted. On the embedded runtime, send some:
        </p>
        <pre className="mt-3 overflow-x-auto rounded-lg bg-page p-3 text-start text-xs">
          npm run import -- csv your-orders.csv
        </pre>
        <p className="mt-3">
          or post them as <a href="/v1/docs">the API’s page</a> shows.
        </p>
      </Empty>
    );
  return (
    <Empty title="There is nothing here for you" isPage>
      <p>This creator does not exist, or is not yours to see.</p>
      {own && (
        <p className="mt-3 font-medium text-accent">
          <a href={pathOf(own, 'overview')}>Go to your own numbers</a>
        </p>
      )}
    </Empty>
  );
}

const ScreenSkeleton = () => (
  <div role="status" aria-label="Loading the screen" className="grid gap-4">
    <Skeleton className="h-9 w-48" />
    <Skeleton className="h-36" />
    <Skeleton className="h-72" />
  </div>
);

export function CreatorPages({ creatorId }: { creatorId: string }) {
  const [path] = useLocation();
  const { data: profile, error, refetch } = useProfile(creatorId);
  // Asked for at once, beside the profile: every screen says how fresh the numbers are.
  useDashboard(creatorId, !error);
  if (!profile)
    return (
      <main className="mx-auto max-w-5xl p-6">
        {!error && <ScreenSkeleton />}
        {error instanceof ApiFailure && error.status === 404 && <NotYours creatorId={creatorId} />}
        {error && !(error instanceof ApiFailure && error.status === 404) && (
          <Failure reason={error} retry={() => void refetch()} />
        )}
      </main>
    );
  const base = pathOf(creatorId, '');
  return (
    <CreatorProvider profile={profile}>
      <Shell>
        <Boundary key={path}>
          <Suspense fallback={<ScreenSkeleton />}>
            <Switch>
              {[...screens, ...detailScreens].map(({ path, Body }) => (
                <Route key={path} path={base + path} component={Body} />
              ))}
              <Route path={base.slice(0, -1)}>
                <Redirect to={`${base}overview`} replace />
              </Route>
              <Route>
                <Empty title="There is no such screen" isPage>
                  <a href={`${base}overview`} className="font-medium text-accent">
                    Go to the overview
                  </a>
                </Empty>
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </Shell>
    </CreatorProvider>
  );
}
