/** How fresh are the numbers on the screen? Live, behind, as last known, or offline. */
import { useSyncExternalStore } from 'react';
import { serverNow } from '../data/clock.ts';
import { useDashboard } from '../data/queries.ts';
import { ageOf, tellAge } from '../words/ages.ts';
import { tellInstant } from '../words/dates.ts';
import { useCreator } from './creator.tsx';
import { useTicking } from './use-ticking.ts';

const subscribe = (changed: () => void): (() => void) => {
  for (const name of ['online', 'offline']) window.addEventListener(name, changed);
  return () => {
    for (const name of ['online', 'offline']) window.removeEventListener(name, changed);
  };
};

const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

const staleAfter = 30_000;
/** A few seconds are the rhythm of the stream; beyond this (s) something is stuck. */
const behindAfter = 60;

/** Do events wait for longer than they should? */
export const isBehind = ({ lagSeconds }: { lagSeconds: number }): boolean => lagSeconds > behindAfter;

export function Freshness() {
  const { creatorId, timeZone } = useCreator();
  const isOnline = useIsOnline();
  const { data, dataUpdatedAt, isError, failureCount } = useDashboard(creatorId);
  useTicking(5_000);
  if (!data) return null;
  const askedAgo = Date.now() - dataUpdatedAt;
  const isStale = isError || failureCount > 0 || askedAgo > staleAfter;
  const [tone, state, more] = !isOnline
    ? ['bg-bad', 'Offline', tellAge(askedAgo / 1000)]
    : isStale
      ? ['bg-warn', 'Last known', tellAge(askedAgo / 1000)]
      : isBehind(data)
        ? ['bg-warn', 'Behind', `${Math.round(data.lagSeconds)} s`]
        : ['bg-good', 'Live', data.asOf ? `newest event ${tellAge(ageOf(data.asOf, serverNow()))}` : 'no event yet'];
  const asOf = data.asOf
    ? `Counted: everything that arrived until ${tellInstant(data.asOf, timeZone)}`
    : 'No event has arrived yet';
  return (
    <p title={asOf} className="flex shrink-0 items-center gap-2 text-sm text-soft tabular-nums">
      <span aria-hidden className={`size-2 rounded-full ${tone}`} />
      {/* Only the state is said aloud, when it changes: its age would be said for ever. */}
      <span role="status">{state}</span>
      <span className={state === 'Live' ? 'max-sm:hidden' : ''}>· {more}</span>
    </p>
  );
}
