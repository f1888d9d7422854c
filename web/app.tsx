/** Which page is at which address, for whom? */
import { useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { makeApi } from './data/api.ts';
import { ApiProvider } from './data/api-context.tsx';
import { Boundary } from './parts/broken.tsx';
import { pathOf } from './parts/creator.tsx';
import { CreatorPages } from './parts/creator-pages.tsx';
import { ChooseCreator } from './session/choose-creator.tsx';
import type { Session } from './session/session.ts';
import { SessionContext } from './session/session-context.ts';

export function App({ session }: { session: Session }) {
  const [api] = useState(() => makeApi(session));
  const { creatorId } = session.claims;
  return (
    <SessionContext.Provider value={session}>
      <ApiProvider api={api}>
        <Boundary>
          <Switch>
            <Route path="/c/:creatorId/*?">{({ creatorId: id }) => <CreatorPages key={id} creatorId={id} />}</Route>
            <Route>{creatorId ? <Redirect to={pathOf(creatorId, 'overview')} replace /> : <ChooseCreator />}</Route>
          </Switch>
        </Boundary>
      </ApiProvider>
    </SessionContext.Provider>
  );
}
