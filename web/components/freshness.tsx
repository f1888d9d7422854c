/** How fresh are the numbers on the screen? Live, behind, as last known, or offline. */
import { useQueryClient } from '@tanstack/react-query';
import { type FocusEvent, useSyncExternalStore } from 'react';
import { serverNow } from '../data/clock.ts';
import { useLive } from '../data/live.ts';
import { ageOf, formatAge } from '../formatting/ages.ts';
import { formatInstant } from '../formatting/dates.ts';
import { duration } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
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

/** Failed anything that the screen shows, or is just being tried again? */
function useHasFailed(): boolean {
  const cache = useQueryClient().getQueryCache();
  const hasFailed = () =>
    cache.getAll().some((query) => query.isActive() && (query.state.status === 'error' || query.state.fetchFailureCount > 0));
  return useSyncExternalStore((changed) => cache.subscribe(changed), hasFailed);
}

export function Freshness() {
  const { creatorId, timeZone } = useCreator();
  const isOnline = useIsOnline();
  const hasFailed = useHasFailed();
  const { data, dataUpdatedAt, isError, failureCount } = useLive(creatorId);
  useTicking(5_000);
  if (!data) return hasFailed ? <State tone="bg-bad" state={say('fresh.notLoaded')} /> : null;
  const askedAgo = Date.now() - dataUpdatedAt;
  const isStale = isError || failureCount > 0 || askedAgo > staleAfter;
  const asOf = data.asOf ? say('fresh.until', { instant: formatInstant(data.asOf, timeZone) }) : say('fresh.none');
  if (!isOnline) return <State tone="bg-bad" state={say('fresh.offline')} more={formatAge(askedAgo / 1000)} about={asOf} />;
  if (isStale) return <State tone="bg-warn" state={say('fresh.lastKnown')} more={formatAge(askedAgo / 1000)} about={asOf} />;
  if (hasFailed) return <State tone="bg-warn" state={say('fresh.notAll')} about={asOf} />;
  if (isBehind(data)) return <State tone="bg-warn" state={say('fresh.behind')} more={duration(data.lagSeconds)} about={asOf} />;
  const newest = data.asOf ? say('fresh.newest', { age: formatAge(ageOf(data.asOf, serverNow())) }) : say('fresh.nothing');
  return <State tone="bg-good" state={say('fresh.live')} more={newest} about={asOf} isWide />;
}

interface StateProps {
  tone: string;
  state: string;
  more?: string;
  /** Opened by a click, a tap or a key. */
  about?: string;
  /** On phones the state alone is told. */
  isWide?: boolean;
}

function State({ tone, state, more, about, isWide = false }: StateProps) {
  const close = ({ currentTarget, relatedTarget }: FocusEvent<HTMLDetailsElement>): void => {
    if (!currentTarget.contains(relatedTarget)) currentTarget.open = false;
  };
  return (
    <details className="relative shrink-0 text-sm text-soft tabular-nums" onBlur={close}>
      <summary className="flex list-none items-center gap-2 rounded-md py-1 whitespace-nowrap">
        <span aria-hidden className={`size-2 rounded-full ${tone}`} data-tone={tone} />
        {/* Only the state is said aloud, when it changes: its age would be said for ever. */}
        <span role="status">{state}</span>
        {more && <span className={isWide ? 'max-sm:hidden' : ''}>· {more}</span>}
      </summary>
      {about && (
        <p className="absolute end-0 z-30 mt-1 w-64 max-w-[80vw] rounded-lg border border-line bg-raised p-3 text-ink shadow-card">
          {more && isWide && <span className="mb-1 block sm:hidden">{more}</span>}
          {about}
        </p>
      )}
    </details>
  );
}
