/** What does somebody see who is not signed in? One button; on the embedded runtime one for each account. */
import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { fieldLook } from '../components/choice.tsx';
import { LanguageChoice } from '../components/language-choice.tsx';
import { Logo } from '../components/logo.tsx';
import { Notice } from '../components/notice.tsx';
import { say } from '../formatting/say.ts';
import type { Door } from './session.ts';

interface Account {
  id: string;
  name: string;
}

/** More of them are not taken in at a glance. */
const fewAccounts = 8;

/** One button for each account; of many, those that hold what is typed. */
function Accounts({ accounts, onChosen }: { accounts: Account[]; onChosen: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const isMany = accounts.length > fewAccounts;
  const wanted = typed.trim().toLowerCase();
  const found = accounts.filter(({ id, name }) => `${id}\n${name}`.toLowerCase().includes(wanted));
  return (
    <>
      {isMany && (
        <label className="mt-6 block text-sm font-medium">
          {say('signIn.find')}
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className={`${fieldLook} mt-1`}
            autoComplete="off"
          />
        </label>
      )}
      <ul className={`grid gap-2 ${isMany ? 'mt-3 max-h-[22rem] overflow-y-auto p-0.5' : 'mt-6'}`}>
        {found.map(({ id, name }) => (
          <li key={id}>
            <Button className="w-full !justify-between !py-3" onClick={() => onChosen(id)}>
              <bdi className="truncate">{name}</bdi>
              <LogIn size={16} aria-hidden className="shrink-0 text-soft" />
            </Button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="mt-3 text-sm text-soft">{say('signIn.none')}</p>}
    </>
  );
}

export function SignIn({ door, accounts }: { door: Door; accounts: Account[] }) {
  const [problem, setProblem] = useState(door.problem);
  const enter = (hint?: string): void => {
    door.signIn(hint).catch((reason: unknown) => setProblem(reason instanceof Error ? reason.message : String(reason)));
  };
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md rounded-card border border-line bg-card p-6 shadow-card sm:p-8">
        <div className="flex items-center justify-between gap-4">
          <Logo />
          <LanguageChoice />
        </div>
        <h1 className="mt-6 text-2xl font-semibold tracking-tight">{say('signIn.title')}</h1>
        <p className="mt-1 text-soft">{say('signIn.about')}</p>
        {problem && (
          <div className="mt-4">
            <Notice tone="bad">{say('signIn.problem', { reason: problem })}</Notice>
          </div>
        )}
        {accounts.length > 0 ? (
          <>
            <Accounts accounts={accounts} onChosen={enter} />
            <p className="mt-4 text-sm text-soft">
              {say('signIn.local')}
              {accounts.every(({ id }) => id === 'analyst') && ` ${say('signIn.nobody')}`}
            </p>
          </>
        ) : (
          <Button look="accent" className="mt-6 w-full !py-3" onClick={() => enter()}>
            {say('signIn.button')}
          </Button>
        )}
      </div>
    </main>
  );
}
