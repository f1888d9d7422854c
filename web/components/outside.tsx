/** What stands around a page that belongs to no creator: the way on, and the way out. */
import { LogOut } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { say } from '../formatting/say.ts';
import { SessionContext, seesAll } from '../session/session-context.ts';
import { Button, buttonLook } from './button.tsx';
import { pathOf } from './creator.tsx';
import { Logo } from './logo.tsx';

/** Ways that never depend on the part of the dashboard that failed: the pages are loaded anew. Nothing where nobody is signed in. */
export function WaysOn() {
  const session = useContext(SessionContext);
  if (!session) return null;
  const own = session.claims.creatorId;
  return (
    <nav aria-label={say('shell.waysOn')} className="flex flex-wrap justify-center gap-2">
      {own && (
        <a href={pathOf(own, 'overview')} className={buttonLook()}>
          {say('notYours.own')}
        </a>
      )}
      {seesAll(session) && (
        <a href="/" className={buttonLook()}>
          {say('shell.chooseShop')}
        </a>
      )}
      <Button onClick={() => void session.signOut()}>
        <LogOut size={15} aria-hidden />
        {say('shell.signOut')}
      </Button>
    </nav>
  );
}

export const Outside = ({ children }: { children: ReactNode }) => (
  <main className="mx-auto grid max-w-3xl gap-6 p-6">
    <Logo />
    {children}
    <WaysOn />
  </main>
);
