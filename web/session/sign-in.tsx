/** What does somebody see who is not signed in? One button; on the embedded runtime one for each account. */
import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Logo } from '../parts/logo.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Door } from './session.ts';

export function SignIn({ door, accounts }: { door: Door; accounts: { id: string; name: string }[] }) {
  const [problem, setProblem] = useState(door.problem);
  const enter = (hint?: string): void => {
    door.signIn(hint).catch((reason: unknown) => setProblem(reason instanceof Error ? reason.message : String(reason)));
  };
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-md rounded-card border border-line bg-card p-6 shadow-card sm:p-8">
        <Logo />
        <h1 className="mt-6 text-2xl font-semibold tracking-tight">Good to see you</h1>
        <p className="mt-1 text-soft">What sold, what shipped late, what you earned, and what to do about it.</p>
        {problem && (
          <div className="mt-4">
            <Notice tone="bad">The sign-in did not work: {problem}. Try again.</Notice>
          </div>
        )}
        {accounts.length > 0 ? (
          <>
            <ul className="mt-6 grid gap-2">
              {accounts.map(({ id, name }) => (
                <li key={id}>
                  <Button className="w-full !justify-between !py-3" onClick={() => enter(id)}>
                    <bdi>{name}</bdi>
                    <LogIn size={16} aria-hidden className="text-soft" />
                  </Button>
                </li>
              ))}
            </ul>
            <p className="mt-4 text-sm text-soft">This runs on your own machine, with accounts that need no password.</p>
          </>
        ) : (
          <Button look="accent" className="mt-6 w-full !py-3" onClick={() => enter()}>
            Sign in
          </Button>
        )}
      </div>
    </main>
  );
}
