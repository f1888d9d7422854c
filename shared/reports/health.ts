/** How is the service? Which version it is, and how long the oldest accepted event waits for each reader of the stream. */
import type * as z from 'zod';
import type { healthAnswer } from '../api/description.ts';
import { lateAfterSeconds } from '../connections/connections-health.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { readConnectionsHealth } from '../store/connections-health.ts';
import type { Table } from '../store/table.ts';
import { oldestWaiting } from '../store/waiting.ts';

/**
 * The readers, and the lag in seconds above which each is called degraded. Archive gathers for up to five minutes, and may take two more
 * for a batch.
 */
const readers = [
  { name: 'stream', degradedAfterSeconds: 60 },
  { name: 'archive', degradedAfterSeconds: 420 },
] as const;

/** Answers GET /v1/health; `now` in ms. Throws unavailable when the store does not answer. */
export async function describeHealth(table: Table, version: string, now: number): Promise<z.infer<typeof healthAnswer>> {
  const sources = await Promise.all(
    readers.map(async ({ name, degradedAfterSeconds }) => {
      const oldest = await oldestWaiting(table, name);
      const lagSeconds = oldest === undefined ? 0 : Math.max(1, Math.ceil((now - oldest) / 1000));
      const state: 'ok' | 'degraded' = lagSeconds > degradedAfterSeconds ? 'degraded' : 'ok';
      return { name, state, lagSeconds, degradedAfterSeconds, at: new Date(now).toISOString() };
    }),
  );
  const connections = (await readConnectionsHealth(table)).map((each) => ({
    name: each.vendor,
    state: each.late > 0 ? ('degraded' as const) : ('ok' as const),
    shops: each.shops,
    failing: each.failing,
    reconnect: each.reconnect,
    lagSeconds: each.lagSeconds,
    degradedAfterSeconds: lateAfterSeconds,
    lastError: each.lastError || null,
    at: new Date(each.at).toISOString(),
  }));
  const status = sources.some(({ state }) => state === 'degraded') ? 'degraded' : 'ok';
  return { status, version, definitionVersion: String(dictionary.latest), sources, connections };
}
