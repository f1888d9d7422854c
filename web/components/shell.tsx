/** What stands around every screen? Menu, whose numbers, how fresh they are, and the way out. */
import { ChevronsUpDown, LogOut, Menu } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { say } from '../formatting/say.ts';
import { screens } from '../screens.ts';
import { CreatorList } from '../session/choose-creator.tsx';
import { seesAll, useSession } from '../session/session-context.ts';
import { useCreator, useHref } from './creator.tsx';
import { Freshness } from './freshness.tsx';
import { Logo } from './logo.tsx';
import { Sheet } from './sheet.tsx';
import { Shortcuts } from './shortcuts.tsx';

function Navigation({ onGo }: { onGo?: () => void }) {
  const [path] = useLocation();
  const href = useHref();
  return (
    <ul className="grid gap-0.5">
      {screens.map(({ path: name, title, Icon }) => {
        const target = href(name);
        const isHere = path === target.split('?')[0];
        return (
          <li key={name}>
            <Link
              href={target}
              onClick={onGo}
              aria-current={isHere ? 'page' : undefined}
              className={`flex items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium ${isHere ? 'bg-accent-wash text-accent' : 'text-soft hover:bg-page hover:text-ink'}`}
            >
              <Icon size={17} aria-hidden />
              {say(title)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The screen of an address; rows belong to their creator alone, so they lead back to the overview. */
function screenOf(path: string): string {
  const screen = path.split('/').slice(3).join('/');
  return screen === 'rows' ? 'overview' : screen || 'overview';
}

/** The creator's name; for who may see others, the way to them. */
function Whose() {
  const { name } = useCreator();
  const [path] = useLocation();
  const search = useSearch();
  const [isOpen, setOpen] = useState(false);
  if (!seesAll(useSession())) return <bdi className="truncate font-semibold">{name}</bdi>;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={say('shell.chooseAnother', { name })}
        className="on-paper flex min-w-0 items-center gap-1.5 rounded-md font-semibold"
      >
        <bdi className="truncate">{name}</bdi>
        <ChevronsUpDown size={15} aria-hidden className="shrink-0 text-soft" />
      </button>
      {isOpen && (
        <Sheet title={say('shell.chooseShop')} onClose={() => setOpen(false)}>
          <CreatorList screen={screenOf(path) + (search ? `?${search}` : '')} onChosen={() => setOpen(false)} />
        </Sheet>
      )}
    </>
  );
}

function SignOut() {
  const session = useSession();
  return (
    <button
      type="button"
      onClick={() => void session.signOut()}
      className="flex w-full items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium text-soft hover:bg-page hover:text-ink"
    >
      <LogOut size={17} aria-hidden />
      {say('shell.signOut')}
    </button>
  );
}

/** A screen that is gone to begins at its top, and what is read aloud begins there too. */
function useArrival(): void {
  const [path] = useLocation();
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
}

export function Shell({ children }: { children: ReactNode }) {
  const [isMenuOpen, setMenuOpen] = useState(false);
  useArrival();
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-30 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-ink"
      >
        {say('shell.skip')}
      </a>
      <div className="hidden border-e border-line bg-card lg:block print:hidden">
        <nav aria-label={say('shell.screens')} className="sticky top-0 flex h-dvh flex-col justify-between overflow-y-auto p-4">
          <div>
            <div className="px-3 pt-1 pb-6">
              <Logo />
            </div>
            <Navigation />
          </div>
          <div>
            <Shortcuts />
            <SignOut />
          </div>
        </nav>
      </div>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-14 items-center justify-between gap-3 border-b border-line bg-card/95 px-4 sm:px-6 print:static print:border-0 print:px-0">
          <div className="flex min-w-0 items-center gap-2">
            <button
              type="button"
              onClick={() => setMenuOpen(true)}
              aria-label={say('shell.menu')}
              className="-ms-2 rounded-md p-2 lg:hidden print:hidden"
            >
              <Menu size={20} aria-hidden />
            </button>
            <Whose />
          </div>
          <Freshness />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto grid max-w-[84rem] grid-cols-1 gap-5 px-4 py-5 outline-none sm:px-6 sm:py-6 print:px-0"
        >
          {children}
        </main>
      </div>
      {isMenuOpen && (
        <Sheet title={say('app.name')} isSide onClose={() => setMenuOpen(false)}>
          <nav aria-label={say('shell.screens')}>
            <Navigation onGo={() => setMenuOpen(false)} />
            <div className="mt-3 border-t border-line pt-3">
              <SignOut />
            </div>
          </nav>
        </Sheet>
      )}
    </div>
  );
}
