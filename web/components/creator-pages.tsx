/** Which of a creator's screens is shown, once it is known who they are? */
import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ApiFailure } from '../data/api.ts';
import { useLive } from '../data/live.ts';
import { useProfile } from '../data/queries.ts';
import { say } from '../formatting/say.ts';
import { Imports } from '../screens/sources/imports-lazy.tsx';
import { detailScreens, screens } from '../screens.ts';
import { useSession } from '../session/session-context.ts';
import { CreatorProvider, pathOf } from './creator.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Failure } from './failure.tsx';
import { FirstSteps } from './first-steps-lazy.tsx';
import { Outside } from './outside.tsx';
import { Say } from './say.tsx';
import { Shell } from './shell.tsx';
import { Empty, Skeleton } from './skeleton.tsx';

/** Of another creator, or of nobody: the API tells neither from the other, nor does this. */
function NotYours({ creatorId }: { creatorId: string }) {
  const session = useSession();
  const own = session.claims.creatorId;
  if (own === creatorId)
    return (
      <>
        <Empty title={say('notYours.connectTitle')} isPage>
          <Say id="notYours.connect" values={{ creatorId }} parts={{ code: (id) => <code>{id}</code> }} />
        </Empty>
        <p className="text-sm text-soft">{say('first.drop')}</p>
        <Imports creatorId={creatorId} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone} />
        <FirstSteps creatorId={creatorId} />
      </>
    );
  return (
    <Empty title={say('notYours.title')} isPage>
      <p>{say('notYours.why')}</p>
    </Empty>
  );
}

const ScreenSkeleton = () => (
  <div role="status" aria-label={say('loading.screen')} className="grid gap-4">
    <Skeleton className="h-9 w-48" />
    <Skeleton className="h-36" />
    <Skeleton className="h-72" />
  </div>
);

export function CreatorPages({ creatorId }: { creatorId: string }) {
  const [path] = useLocation();
  const { data: profile, error, refetch } = useProfile(creatorId);
  // Asked for at once, beside the profile: every screen says how fresh the numbers are.
  useLive(creatorId, !error);
  if (!profile)
    return (
      <Outside>
        {!error && <ScreenSkeleton />}
        {error instanceof ApiFailure && error.status === 404 && <NotYours creatorId={creatorId} />}
        {error && !(error instanceof ApiFailure && error.status === 404) && (
          <Failure reason={error} retry={() => void refetch()} />
        )}
      </Outside>
    );
  const base = pathOf(creatorId, '');
  return (
    <CreatorProvider profile={profile}>
      <Shell>
        <ErrorBoundary key={path}>
          <Suspense fallback={<ScreenSkeleton />}>
            <Switch>
              {[...screens, ...detailScreens].map(({ path, Body }) => (
                <Route key={path} path={base + path} component={Body} />
              ))}
              <Route path={base.slice(0, -1)}>
                <Redirect to={`${base}overview`} replace />
              </Route>
              <Route>
                <Empty title={say('noScreen.title')} isPage>
                  <a href={`${base}overview`} className="font-medium text-accent">
                    {say('noScreen.overview')}
                  </a>
                </Empty>
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </CreatorProvider>
  );
}
