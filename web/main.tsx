/** Where does the dashboard begin? The session is opened, then there is something to show. */
import './tokens.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { creatorOf } from './components/creator.tsx';
import { FailedPage } from './components/error-boundary.tsx';
import { Spoken } from './components/spoken.tsx';
import { makeApi } from './data/api.ts';
import { makeClient } from './data/client.ts';
import { keptConfig, loadConfig } from './data/config.ts';
import { askAhead } from './data/queries.ts';
import { firstLanguage, speak } from './formatting/languages.ts';
import { preload } from './screens.ts';
import { readUser } from './session/kept-user.ts';
import { openDoor } from './session/session.ts';

/** By then (ms) the numbers stand. */
const refreshAfter = 3_000;
const root = createRoot(document.getElementById('root') as HTMLElement);

try {
  const screen = preload(location.pathname);
  const words = speak(firstLanguage());
  // Whoever waits for it below is told of a failure.
  words.catch(() => {});
  const kept = keptConfig();
  const isKnown = kept !== undefined && readUser(kept) !== undefined;
  const config = isKnown ? kept : await loadConfig();
  const door = await openDoor(config, () => location.reload());
  const client = makeClient();
  const api = door.session && makeApi(door.session);
  const creatorId = creatorOf(location.pathname) ?? door.session?.claims.creatorId;
  if (api && creatorId) askAhead(client, api, creatorId);
  await Promise.all([words, screen]);
  // Seen before a session alone.
  const signIn = door.session
    ? undefined
    : { ...(await import('./session/sign-in.tsx')), ...(isKnown ? await loadConfig() : config) };
  // It may have changed since: for the next page.
  if (isKnown && door.session) setTimeout(() => void loadConfig().catch(() => {}), refreshAfter);
  root.render(
    <StrictMode>
      <Spoken>
        {door.session && api ? (
          <QueryClientProvider client={client}>
            <App session={door.session} api={api} />
          </QueryClientProvider>
        ) : (
          signIn && <signIn.SignIn door={door} accounts={signIn.accounts ?? []} />
        )}
      </Spoken>
    </StrictMode>,
  );
} catch (reason) {
  root.render(<FailedPage reason={reason} />);
}
