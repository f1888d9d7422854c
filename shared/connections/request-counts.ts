/** How do requests to a vendor fare? Counted by minute, with failures by kind, and told as the creator's operation minutes. */
import type { CloudEvent } from '../events/parse.ts';
import { snapshot } from '../sources/files/snapshot.ts';
import type { Fetch } from '../sources/tiktok-shop/client.ts';

interface Minute {
  requests: number;
  failures: Map<string, number>;
}

/** By the minute's first instant (ms). */
export type RequestCounts = Map<number, Minute>;

const aMinute = 60_000;

const kindOf = (status: number): string | undefined => {
  if (status === 429) return 'too many requests';
  if (status >= 500) return 'server error';
  if (status === 401) return 'token';
  return status >= 400 ? 'refused' : undefined;
};

/** A fetch that counts; it answers and throws as the one it is made of. */
export function countRequests(send: Fetch, counts: RequestCounts, now: () => number): Fetch {
  return async (url, init) => {
    const at = Math.floor(now() / aMinute) * aMinute;
    const minute = counts.get(at) ?? { requests: 0, failures: new Map() };
    counts.set(at, minute);
    minute.requests++;
    const fail = (kind: string) => minute.failures.set(kind, (minute.failures.get(kind) ?? 0) + 1);
    try {
      const response = await send(url, init);
      const kind = kindOf(response.status);
      if (kind) fail(kind);
      return response;
    } catch (error) {
      fail('unreachable');
      throw error;
    }
  };
}

/**
 * Operation minutes of a creator. `source` names vendor and way (`tiktok-shop`, `tiktok-shop-webhooks`): a minute of one source has one
 * snapshot, and the newest holds, so each way has its own.
 */
export const operationEvents = (counts: RequestCounts, creatorId: string, source: string, now: number): CloudEvent[] =>
  [...counts].map(([at, { requests, failures }]) =>
    snapshot({
      source: `/${source}`,
      entity: 'operation-minute',
      creatorId,
      subject: `operation/${source}/${new Date(at).toISOString().slice(0, 16)}Z`,
      at,
      version: now,
      data: { requests, failures: [...failures].map(([kind, count]) => ({ kind, count })) },
    }),
  );
