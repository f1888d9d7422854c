/** What does a webhook change? What it names is read from the vendor and put on the stream; a consent that was withdrawn is noted. */

import { newNotes } from '../sources/mapping-notes.ts';
import { readChanged } from '../sources/tiktok-shop/streams.ts';
import { whatToFetch } from '../sources/tiktok-shop/webhook.ts';
import { findConnection, noteConnection } from '../store/connections.ts';
import { type Connectors, openShop } from './open-shop.ts';
import { needsConsent, wordsOf } from './poll-shop.ts';
import { tiktokShop, type Waiting } from './receive-tiktok-shop.ts';

/** unknown: of a shop that nobody has connected, or no longer. nothing: nothing that is counted changes. */
export type Applied = 'read' | 'nothing' | 'unknown' | 'deauthorised' | 'reconnect';

/** The vendor's types of webhooks that withdraw consent; the other one of an authorisation only warns. */
const deauthorisations = new Set([6, 20]);

/** Throws what the vendor, table or stream throw, where trying again may help. */
export async function applyWebhook(connectors: Connectors, { notification }: Waiting): Promise<Applied> {
  const { table } = connectors.collector;
  const { shopId = notification.creatorOpenId, type } = notification;
  const connection = shopId === undefined ? undefined : await findConnection(table, { vendor: tiktokShop, shopId });
  if (!connection) return 'unknown';
  const toFetch = whatToFetch({ ...notification, dedupeKey: '' }, newNotes());
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
