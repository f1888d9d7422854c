/** What need a file not say because the connected shop has said it itself? It knows more than an export: deadlines, samples, product ids. */
import type { CloudEvent } from '../events/parse.ts';
import { sellerCenterSource } from '../sources/seller-center/map/shop.ts';
import { type Connection, readConnections } from '../store/connections.ts';
import type { Table } from '../store/table.ts';
import { backfillSeconds } from './backfill.ts';
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

/**
 * Is a snapshot of a file of Seller Center about something that changed within the reach, and no newer than the shop's last reading? Tables
 * of the seller's own may be about sales elsewhere.
 */
export const isTold = ({ source, type, time, entityversion }: CloudEvent, { since, until }: ShopReach): boolean =>
  source === sellerCenterSource &&
  toldByBoth.has(type.split('.')[2] ?? '') &&
  entityversion <= until &&
  Date.parse(time) >= since;
