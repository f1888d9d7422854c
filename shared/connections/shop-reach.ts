/** What need a file not say because the connected shop has said it itself? It knows more than an export: deadlines, samples, product ids. */
import type { CloudEvent } from '../events/parse.ts';
import { type ImportReport, tally } from '../sources/files/import-report.ts';
import { type Connection, readConnections } from '../store/connections.ts';
import type { Table } from '../store/table.ts';
import { backfillSeconds } from './poll-shop.ts';
import { tiktokShop } from './waiting.ts';

/** What changed from `since` on was read from the shop, last at `until` (both ms). */
export interface ShopReach {
  since: number;
  until: number;
}

/** What both a shop and its files tell. */
const toldByBoth = new Set(['order', 'shipment', 'refund', 'settlement', 'adjustment']);

/** Of a seller's shops whose past has been read; undefined where there is none. Of several, what each of them has read. */
function reachOf(connections: Connection[]): ShopReach | undefined {
  const read = connections.filter((each) => each.vendor === tiktokShop && !each.isCreator && each.importedAt > 0);
  if (read.length === 0) return undefined;
  return {
    since: Math.max(...read.map(({ connectedAt }) => connectedAt)) - backfillSeconds * 1000,
    until: Math.min(...read.map(({ lastSuccess }) => lastSuccess)),
  };
}

export const readShopReach = async (table: Table, creatorId: string): Promise<ShopReach | undefined> =>
  reachOf(await readConnections(table, creatorId));

/** Is a snapshot of a file about something that changed within the reach, and no newer than the shop's last reading? */
const isTold = ({ type, time, entityversion }: CloudEvent, { since, until }: ShopReach): boolean =>
  toldByBoth.has(type.split('.')[2] ?? '') && entityversion <= until && Date.parse(time) >= since;

/** Events of files without those that the connected shop has told itself; they are counted as skipped. */
export async function* besideShop(
  events: AsyncIterable<CloudEvent>,
  reach: ShopReach | undefined,
  report: ImportReport,
): AsyncGenerator<CloudEvent> {
  for await (const event of events) {
    if (reach && isTold(event, reach)) tally(report.skipped, 'entry that the connected shop has told itself', event.subject);
    else yield event;
  }
}
