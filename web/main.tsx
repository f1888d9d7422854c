/** Where does the dashboard begin? The session is opened, then there is something to show. */
import './tokens.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { makeClient } from './data/client.ts';
import { loadConfig } from './data/config.ts';
import { Broken } from './parts/broken.tsx';
import { preload } from './screens.ts';
import { openDoor } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';

const root = createRoot(document.getElementById('root') as HTMLElement);

try {
  preload(location.pathname);
  const config = await loadConfig();
  const door = await openDoor(config, () => location.reload());
  root.render(
    <StrictMode>
      {door.session ? (
        <QueryClientProvider client={makeClient()}>
          <App session={door.session} />
        </QueryClientProvider>
      ) : (
        <SignIn door={door} accounts={config.accounts ?? []} />
      )}
    </StrictMode>,
  );
} catch (reason) {
  root.render(<Broken reason={reason} />);
}
