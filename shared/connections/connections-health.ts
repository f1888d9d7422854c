/** How do the connected shops fare, all in all? Counted without naming one: health is told to everyone. */
import type { Connection } from '../store/connections.ts';
import type { ConnectionsHealth } from '../store/connections-health.ts';
import { shopify } from './waiting.ts';

/** Nothing read for so long (seconds) is late: twelve turns of the poller. */
export const lateAfterSeconds = 7200;

/** Seconds since a shop was read to its end. A first reading takes as long as it takes, as long as it does not fail. */
function lagOf({ vendor, importedAt, failures, lastSuccess, connectedAt }: Connection, now: number): number {
  // A shop of Shopify is heard and not read: nothing of it is late.
  if (vendor === shopify || (importedAt === 0 && failures === 0)) return 0;
  return Math.max(0, Math.round((now - (lastSuccess || connectedAt)) / 1000));
}

/** The health of a carrier service, which has no shops: that it was heard, and what was wrong with the last message; `now` in ms. */
export const heardNow = (vendor: string, lastError: string, now: number): ConnectionsHealth => ({
  vendor,
  shops: 0,
  failing: 0,
  reconnect: 0,
  late: 0,
  lagSeconds: 0,
  lastError,
  at: now,
});

/** The health of one vendor's connections; `now` in ms. */
export function healthOfConnections(vendor: string, connections: readonly Connection[], now: number): ConnectionsHealth {
  const connected = connections.filter(({ state }) => state === 'connected');
  const byLag = connected.map((each) => ({ ...each, lag: lagOf(each, now) })).sort((a, b) => b.lag - a.lag);
  const failing = byLag.filter(({ failures }) => failures > 0);
  return {
    vendor,
    shops: connections.length,
    failing: failing.length,
    reconnect: connections.length - connected.length,
    late: byLag.filter(({ lag }) => lag > lateAfterSeconds).length,
    lagSeconds: byLag[0]?.lag ?? 0,
    lastError: failing[0]?.lastError ?? '',
    at: now,
  };
}
