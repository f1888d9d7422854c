/** Does a caller ask more than its share? Each has its own limit per route, so that one's flood uses up nobody else's. */
import { ApiError } from '../../shared/errors.ts';
import { isOutage } from '../../shared/outage.ts';
import type { Window } from '../../shared/store/caller-counts.ts';

/** Limits hold for windows of this length. */
const seconds = 10;
/** Parts of a limit: what an environment lets pass without asking the table, and what it takes from it at a time. */
const uncounted = 0.02;
const taken = 0.05;

/** Takes requests from what all environments share; answers how many of `count` are within the limit. */
export type Take = (window: Window, count: number, limit: number) => Promise<number>;

interface Balance {
  /** Requests that pass without asking; below 0: none will in this window. */
  left: number;
  isCounted: boolean;
}

/**
 * Makes the check of one environment. A caller who asks little is never counted, and costs nothing; one who asks much costs a write for
 * each twentieth of its limit. So at most the limit passes, and a fiftieth more for every further environment.
 * @param limits requests per second, by route key (`GET /v1/kpis`); a route without one is not limited
 */
export function limitCallers(limits: Record<string, number>, take: Take) {
  let current = 0;
  const balances = new Map<string, Balance>();

  /** Throws too_many_requests, with the seconds until the next window. */
  return async (caller: string, route: string, now: number): Promise<void> => {
    const rate = limits[route];
    if (!caller || rate === undefined) return;
    const number = Math.floor(now / 1000 / seconds);
    if (number !== current) balances.clear();
    current = number;
    const limit = rate * seconds;
    const free = Math.ceil(limit * uncounted);
    const key = `${route} ${caller}`;
    const balance = balances.get(key) ?? { left: free, isCounted: false };
    balances.set(key, balance);
    if (balance.left === 0) {
      const slice = Math.ceil(limit * taken);
      const owed = balance.isCounted ? 0 : free;
      const granted = await take({ caller, route, number, seconds }, slice + owed, limit).catch((error: unknown) => {
        // A limit that cannot be looked up is none: what the caller asked for will say what is wrong.
        if (isOutage(error)) return slice + owed;
        throw error;
      });
      balance.isCounted = true;
      balance.left = granted > owed ? granted - owed : -1;
    }
    if (balance.left < 0) throw tooMany(rate, Math.ceil((number + 1) * seconds - now / 1000));
    balance.left -= 1;
  };
}

const tooMany = (rate: number, retryAfterSeconds: number): ApiError =>
  new ApiError(
    'too_many_requests',
    `Here you may ask ${rate} times a second, over ten seconds: go on in ${retryAfterSeconds} s.`,
    [],
    retryAfterSeconds,
  );
