/** Whose numbers does someone look at who may see everybody's? */
import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { useCreators } from '../data/queries.ts';
import { Empty, Skeleton } from '../parts/blank.tsx';
import { Button } from '../parts/button.tsx';
import { fieldLook } from '../parts/choice.tsx';
import { pathOf } from '../parts/creator.tsx';
import { Failure } from '../parts/failure.tsx';
import { Logo } from '../parts/logo.tsx';
import { seesAll, useSession } from './session-context.ts';

/** Creators by name or id; a choice opens the same screen of theirs. */
export function CreatorList({ screen = 'overview', onChosen }: { screen?: string; onChosen?: () => void }) {
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useCreators(useDeferredValue(typed.trim()));
  return (
    <>
      <label className="block text-sm font-medium">
        Name or id, from its beginning
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
          <Empty title="No creator of this name">A creator appears here once their first event was accepted.</Empty>
        )}
        <ul>
          {data?.creators.map(({ creatorId, name, currency }) => (
            <li key={creatorId} className="border-b border-line last:border-0">
              <Link
                href={pathOf(creatorId, screen)}
                onClick={onChosen}
                className="flex items-baseline justify-between gap-3 rounded-md px-2 py-2.5 hover:bg-page"
              >
                <bdi className="truncate font-medium">{name}</bdi>
                <span className="text-sm text-soft">
                  {creatorId} · {currency}
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {data?.cursor && <p className="px-2 py-3 text-sm text-soft">There are more: type how the name begins.</p>}
      </div>
    </>
  );
}

/** The first page of an analyst; of anybody else without a creator a word on what is missing. */
export function ChooseCreator() {
  const session = useSession();
  return (
    <main className="mx-auto grid max-w-lg gap-6 p-4 pt-10">
      <div className="flex items-center justify-between">
        <Logo />
        <Button look="quiet" onClick={() => void session.signOut()}>
          Sign out
        </Button>
      </div>
      <div className="rounded-card border border-line bg-card p-5 shadow-card">
        <h1 className="mb-4 text-xl font-semibold">Creators</h1>
        {seesAll(session) ? (
          <CreatorList />
        ) : (
          <Empty title="No creator belongs to this account">
            Ask whoever runs this service to connect your account with your shop.
          </Empty>
        )}
      </div>
    </main>
  );
}
