/** Whose numbers does someone look at who may see everybody's? */
import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../components/button.tsx';
import { fieldLook } from '../components/choice.tsx';
import { pathOf } from '../components/creator.tsx';
import { Failure } from '../components/failure.tsx';
import { FirstSteps } from '../components/first-steps-lazy.tsx';
import { Logo } from '../components/logo.tsx';
import { Empty, Skeleton } from '../components/skeleton.tsx';
import { useCreators } from '../data/queries.ts';
import { say } from '../formatting/say.ts';
import { repairs, seesAll, useSession } from './session-context.ts';

/** Creators by name or id; a choice opens the same screen of theirs. */
export function CreatorList({ screen = 'overview', onChosen }: { screen?: string; onChosen?: () => void }) {
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useCreators(useDeferredValue(typed.trim()));
  return (
    <>
      <label className="block text-sm font-medium">
        {say('shops.find')}
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={`${fieldLook} mt-1`}
          autoComplete="off"
        />
      </label>
      <div className="mt-3 max-h-[50dvh] overflow-auto">
        {error && !data && <Failure reason={error} retry={() => void refetch()} />}
        {!error && !data && <Skeleton className="h-40" />}
        {data?.creators.length === 0 && (
          <Empty title={say(typed.trim() ? 'shops.noMatch' : 'shops.none')}>{say('shops.how')}</Empty>
        )}
        <ul>
          {data?.creators.map(({ creatorId, name, currency, orders }) => (
            <li key={creatorId} className="border-b border-line last:border-0">
              <Link
                href={pathOf(creatorId, screen)}
                onClick={onChosen}
                className="flex items-baseline justify-between gap-3 rounded-md px-2 py-2.5 hover:bg-page"
              >
                <span className="min-w-0">
                  <bdi className="block truncate font-medium">{name}</bdi>
                  <span className="block truncate text-sm text-soft">
                    {creatorId} · {currency}
                  </span>
                </span>
                {orders !== undefined && (
                  <span className="shrink-0 text-sm text-soft tabular-nums">{say('orders.count', { count: orders })}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
        {data?.cursor && <p className="px-2 py-3 text-sm text-soft">{say('shops.first', { count: data.creators.length })}</p>}
      </div>
    </>
  );
}

/** Where there is no creator at all: how the first one comes in. */
function NobodyYet() {
  const { data } = useCreators('');
  return data?.creators.length === 0 ? <FirstSteps creatorId="my-shop" /> : null;
}

/** The first page of an analyst; of anybody else without a creator a word on what is missing. */
export function ChooseCreator() {
  const session = useSession();
  return (
    <main className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-6 p-4 pt-10">
      <div className="flex items-center justify-between">
        <Logo />
        <Button look="quiet" onClick={() => void session.signOut()}>
          {say('shell.signOut')}
        </Button>
      </div>
      <div className="rounded-card border border-line bg-card p-5 shadow-card">
        <h1 className="mb-4 text-xl font-semibold">{say('shops.title')}</h1>
        {seesAll(session) ? (
          <>
            <CreatorList />
            <NobodyYet />
            {repairs(session) && (
              <Link href="/operator/quarantine" className="mt-4 inline-block text-sm font-medium text-accent">
                {say('quarantine.link')}
              </Link>
            )}
          </>
        ) : (
          <Empty title={say('shops.notConnected')}>{say('shops.askOwner')}</Empty>
        )}
      </div>
    </main>
  );
}
