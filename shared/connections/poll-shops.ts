/** Which shops are due? Each gets a run of its own, so that a slow one holds up no other. */
import type { Start } from '../jobs/start.ts';
import { eachLimit } from '../map-limit.ts';
import { type Connection, endTurn, findConnection, readShops, type ShopKey, takeTurn } from '../store/connections.ts';
import { putConnectionsHealth } from '../store/connections-health.ts';
import type { Table } from '../store/table.ts';
import { healthOfConnections } from './connections-health.ts';
import type { Connectors } from './open-shop.ts';
import { pollShop } from './poll-shop.ts';
import { tiktokShop } from './waiting.ts';

/** A run for one shop; without one, the start of all that are due. */
export type PollEvent = Partial<ShopKey>;

const startsAtOnce = 8;
/** The longest run (ms): the timeout of the function. */
const longestRun = 900_000;

/** Notes how the shops fare before their runs change it; answers how many are late. */
async function noteHealth(table: Table, shops: ShopKey[], now: number): Promise<{ late: number }> {
  const found: Connection[] = [];
  await eachLimit(shops, startsAtOnce, async (shop) => {
    const connection = await findConnection(table, shop);
    if (connection) found.push(connection);
  });
  const health = [...Map.groupBy(found, ({ vendor }) => vendor)].map(([vendor, own]) => healthOfConnections(vendor, own, now));
  for (const each of health) await putConnectionsHealth(table, each);
  return { late: health.reduce((sum, { late }) => sum + late, 0) };
}

export async function pollShops(
  connectors: Connectors & { start: Start },
  { vendor, shopId }: PollEvent,
  millisecondsLeft: () => number,
): Promise<{ [name: string]: unknown }> {
  const { collector, start, now } = connectors;
  if (vendor === undefined || shopId === undefined) {
    const all: ShopKey[] = [];
    for await (const shop of readShops(collector.table)) all.push({ vendor: shop.vendor, shopId: shop.shopId });
    // Other vendors' shops are heard, not read.
    const read = all.filter((shop) => shop.vendor === tiktokShop);
    await eachLimit(read, startsAtOnce, (shop) => start(shop));
    return { started: read.length, ...(await noteHealth(collector.table, all, now())) };
  }
  const connection = await findConnection(collector.table, { vendor, shopId });
  if (!connection || connection.state === 'reconnect') return { outcome: 'not connected' };
  if (connection.retryAt > now()) return { outcome: 'too early' };
  const until = Math.floor(now() + Math.min(longestRun, millisecondsLeft()));
  if (!(await takeTurn(collector.table, connection, now(), until))) return { outcome: 'another run reads it' };
  const { outcome, ...more } = await pollShop(connectors, connection, millisecondsLeft);
  await endTurn(collector.table, connection, until);
  if (outcome === 'more') await start({ vendor, shopId });
  const isWrong = outcome === 'later' || outcome === 'reconnect';
  return { ...(isWrong ? { level: 'warn' } : {}), outcome, ...more };
}
