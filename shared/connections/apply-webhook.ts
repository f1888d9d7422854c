/** What does a webhook change? What it names is read from the vendor and put on the stream; a consent that was withdrawn is noted. */

import { newNotes } from '../sources/mapping-notes.ts';
import { readChanged } from '../sources/tiktok-shop/streams.ts';
import type { ToFetch } from '../sources/tiktok-shop/webhook.ts';
import { type Connection, noteConnection } from '../store/connections.ts';
import { putConnectionsHealth } from '../store/connections-health.ts';
import { noteHeard } from '../store/heard-carriers.ts';
import { addTaken } from '../store/taken-counts.ts';
import { applyShopify, type ShopifyApplied } from './apply-shopify.ts';
import { heardNow } from './connections-health.ts';
import { type Connectors, openShop, sendAll } from './open-shop.ts';
import { type Matched, matchTold } from './parcels.ts';
import { needsConsent, wordsOf } from './poll-shop.ts';
import { shopify, tiktokShop, type WaitingParcel, type WaitingShopify } from './waiting.ts';

/** unknown: of a shop that nobody has connected, or no longer. nothing: nothing that is counted changes. */
export type Applied = 'read' | 'nothing' | 'unknown' | 'deauthorised' | 'reconnect' | Matched | ShopifyApplied;

/** The vendor's types of webhooks that withdraw consent; the other one of an authorisation only warns. */
const deauthorisations = new Set([6, 20]);

/** A message of Shopify or of a carrier. Throws what table or stream throw, where trying again may help. */
export function applyShopOrParcel(connectors: Connectors, waiting: WaitingShopify | WaitingParcel): Promise<Applied> {
  return waiting.vendor === shopify ? applyShopify(connectors, waiting) : applyParcel(connectors, waiting);
}

const claimed = 'more than one creator claims the tracking number of a parcel: it moves nobody’s order';

async function applyParcel({ collector, now }: Connectors, { vendor: service, parcel, told }: WaitingParcel): Promise<Applied> {
  const { table } = collector;
  const { matched, events, creators } = await matchTold(table, parcel, told, now());
  const taken = await sendAll(events, collector, newNotes(), now);
  const lastError = matched === 'ambiguous' ? claimed : '';
  for (const creatorId of creators) {
    if (taken) await addTaken(table, creatorId, service, taken, now());
    await noteHeard(table, creatorId, { service, heardAt: now(), newest: told.updatedAt, lastError });
  }
  await putConnectionsHealth(table, heardNow(service, lastError, now()));
  return matched;
}

/** What notifications of one type name in one shop. Throws what the vendor, table or stream throw, where trying again may help. */
export async function applyNotification(
  connectors: Connectors,
  connection: Connection | undefined,
  type: number,
  toFetch: ToFetch | undefined,
): Promise<Applied> {
  const { table } = connectors.collector;
  if (!connection) return 'unknown';
  if (!toFetch) return 'nothing';
  if (toFetch.fetch === 'authorisation') {
    if (!deauthorisations.has(type)) return 'nothing';
    await noteConnection(table, connection, { state: 'reconnect', lastError: 'the seller has withdrawn consent' });
    return 'deauthorised';
  }
  if (connection.state === 'reconnect') return 'reconnect';
  const shop = await openShop(connectors, connection);
  try {
    await shop.sink(await readChanged(toFetch, shop.reading));
    return 'read';
  } catch (error) {
    if (!needsConsent(error)) throw error;
    await noteConnection(table, connection, { state: 'reconnect', lastError: wordsOf(error) });
    return 'reconnect';
  } finally {
    await shop.tellRequests(`${tiktokShop}-webhooks`).catch(() => {});
  }
}
