/** How does a test ask for what is computed from the lake? Creators with their events in an embedded lake, computed once, and asked as routes do. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import type { Job } from '../../shared/insight/job.ts';
import { computeInsight } from '../../shared/insight/run.ts';
import { openScope, type Scope } from '../../shared/reports/scope.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { addDays } from '../../shared/time.ts';
import { athenaOf } from './embedded-athena.ts';
import { makeEmbeddedLake } from './embedded-lake.ts';
import { makeTable } from './servers.ts';
import { aCreator } from './snapshots.ts';
import { aStream } from './stream.ts';

export interface ComputedShops {
  /** A report's scope, at the instant of the computation or another one (ms). */
  scope(creator: string, at?: number): Promise<Scope>;
  /** A creator whom no run has seen. */
  addLater(creator: string): Promise<void>;
  close(): Promise<void>;
}

/** Shops of which some reports are computed: in New York, selling in dollars unless said otherwise; computed at `now` (ms). */
export async function computeShops(
  shops: { [creator: string]: { events: CloudEvent[]; profile?: { timeZone: string; currency: string } } },
  now: number,
  ...jobs: Job[]
): Promise<ComputedShops> {
  const [table, lake] = await Promise.all([makeTable(), makeEmbeddedLake()]);
  for (const [i, [creator, { events, profile }]] of Object.entries(shops).entries()) {
    const own = events.map((event) => ({ ...event, creatorid: creator }));
    const zones = profile && [{ from: '0001-01-01T00:00:00Z', zone: profile.timeZone }];
    const stamp = { receivedAt: new Date(now).toISOString(), ...(profile && zones ? { zones, currency: profile.currency } : {}) };
    // In the totals, and in the lake.
    const { refused } = await loadHistory(table, aCreator({ ...profile }, { creator }), own, { receivedAt: stamp.receivedAt });
    if (refused.length) throw new Error(JSON.stringify(refused[0]));
    if (own.length) lake.put(aStream(own, stamp), addDays('2026-04-01', i));
  }
  await computeInsight({ table, athena: athenaOf(lake) }, { jobs, now: () => now });
  return {
    scope: (creator, at = now) => openScope(table, creator, at),
    addLater: (creator) => acceptProfile(table, aCreator({}, { creator })).then(() => {}),
    close: async () => {
      lake.close();
      await table.close();
    },
  };
}
