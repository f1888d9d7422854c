/** When is a question asked again? Transient failures a few times, refusals never. */
import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';

const mostRetries = 3;
/** No screen waits longer (ms), whatever an answer asked for. */
const longestPause = 30_000;

/** Does a failure pass by itself? Too many requests, an outage, a lost connection. */
export const isPassing = (reason: unknown): boolean =>
  reason instanceof ApiFailure && (reason.status === 0 || reason.status === 429 || reason.status >= 500);

/** Milliseconds before the next attempt: what the answer asked for, else 1 s, 2 s, 4 s; half a minute at most. */
export const pauseBefore = (attempt: number, reason: unknown): number =>
  Math.min((reason instanceof ApiFailure && reason.retryAfter) || 1000 * 2 ** attempt, longestPause);

export const makeClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, reason) => isPassing(reason) && count < mostRetries,
        retryDelay: pauseBefore,
        // Hidden pages ask nothing; a page that is looked at again asks at once.
        refetchIntervalInBackground: false,
        refetchOnWindowFocus: 'always',
        // Offline, a question waits and is told so; it does not fail.
        networkMode: 'online',
        staleTime: 2_000,
        gcTime: 600_000,
      },
    },
  });
