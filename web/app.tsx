/** Which page is at which address, for whom? */
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { pathOf } from './components/creator.tsx';
import { CreatorPages } from './components/creator-pages.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import type { Api } from './data/api.ts';
import { ApiProvider } from './data/api-context.tsx';
import { ChooseCreator } from './session/choose-creator.tsx';
import type { Session } from './session/session.ts';
import { repairs, SessionContext } from './session/session-context.ts';

const Quarantine = lazy(async () => ({ default: (await import('./operator/quarantine.tsx')).Quarantine }));

export function App({ session, api }: { session: Session; api: Api }) {
  const { creatorId } = session.claims;
  return (
    <SessionContext.Provider value={session}>
      <ApiProvider api={api}>
        <ErrorBoundary>
          <Switch>
            <Route path="/c/:creatorId/*?">{({ creatorId: id }) => <CreatorPages key={id} creatorId={id} />}</Route>
            {repairs(session) && (
              <Route path="/operator/quarantine">
                <Suspense>
                  <Quarantine />
                </Suspense>
              </Route>
            )}
            <Route>{creatorId ? <Redirect to={pathOf(creatorId, 'overview')} replace /> : <ChooseCreator />}</Route>
          </Switch>
        </ErrorBoundary>
      </ApiProvider>
    </SessionContext.Provider>
  );
}
