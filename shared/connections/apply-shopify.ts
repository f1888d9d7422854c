/** What does a webhook of Shopify change? Its snapshots go onto the stream; a shop that left is noted; a request under privacy law is acted on and noted. */
import type { CloudEvent } from '../events/parse.ts';
import { newNotes } from '../sources/mapping-notes.ts';
import { type Connection, findConnection, noteConnection } from '../store/connections.ts';
import { putPrivacyNote } from '../store/privacy-requests.ts';
import { keepShopifyOrder, readShopifyOrders } from '../store/shopify-orders.ts';
import { addTaken } from '../store/taken-counts.ts';
import { type Connectors, sendAll, sourceOf } from './open-shop.ts';
import { shopify, type WaitingShopify } from './waiting.ts';

export type ShopifyApplied = 'counted' | 'refused' | 'unknown' | 'deauthorised' | 'reconnect' | 'shown' | 'erased';

/** Throws what table and stream throw, where trying again may help. */
export async function applyShopify(connectors: Connectors, waiting: WaitingShopify): Promise<ShopifyApplied> {
  const { table } = connectors.collector;
  const connection = await findConnection(table, { vendor: shopify, shopId: waiting.shopId });
  if (!connection) return 'unknown';
  if (waiting.privacy) return answerRequest(connectors, connection, waiting.privacy);
  if (waiting.hasLeft) {
    await noteConnection(table, connection, { state: 'reconnect', lastError: 'the seller has removed the app from the shop' });
    return 'deauthorised';
  }
  if (connection.state === 'reconnect') return 'reconnect';
  return count(connectors, connection, waiting.events ?? []);
}

async function count(
  { collector, now }: Connectors,
  connection: Connection,
  events: CloudEvent[],
): Promise<'counted' | 'refused' | 'unknown'> {
  // A message that waited may be of a creator whom the shop was taken from meanwhile.
  if (events.some(({ creatorid }) => creatorid !== connection.creatorId)) return 'unknown';
  const notes = newNotes();
  // Kept before it is counted: what is erased later has to be found.
  for (const event of events.filter(isOrder)) await keepShopifyOrder(collector.table, connection.shopId, event);
  const taken = await sendAll(events, collector, notes, now);
  if (taken) await addTaken(collector.table, connection.creatorId, sourceOf(connection), taken, now());
  const [reason] = notes.refused.keys();
  const lastError = reason === undefined ? '' : refusals(reason);
  const failures = reason === undefined ? 0 : connection.failures + 1;
  await noteConnection(collector.table, connection, { lastSuccess: now(), lastError, failures });
  return reason === undefined ? 'counted' : 'refused';
}

const isOrder = ({ type }: CloudEvent): boolean => type.split('.')[2] === 'order';

const refusals = (reason: string): string =>
  reason === 'event: missing_rate'
    ? 'the shop sells in another currency than the creator counts in: its orders are not counted'
    : `an order could not be counted (${reason})`;

/** As many subjects as a note names. */
const mostNamed = 500;
/** Snapshots sent at a time. */
const atOnce = 200;

/** Of a person there is nothing but the key on orders: it is shown by their ids, or a snapshot without it takes the place of the one that has it. */
async function answerRequest(
  { collector, now }: Connectors,
  { creatorId, shopId }: Connection,
  { id, wants, buyerKeys, orders }: NonNullable<WaitingShopify['privacy']>,
): Promise<'shown' | 'erased'> {
  const isMeant = ({ subject, data }: CloudEvent): boolean =>
    wants === 'erase_shop' || orders.includes(subject) || buyerKeys.includes(String(data.buyerKey));
  const named: string[] = [];
  let found = 0;
  let batch: CloudEvent[] = [];
  const erase = async () => {
    await sendAll(batch, collector, newNotes(), now);
    for (const event of batch) await keepShopifyOrder(collector.table, shopId, event);
    batch = [];
  };
  for await (const event of readShopifyOrders(collector.table, creatorId, shopId)) {
    if (!isMeant(event)) continue;
    if (++found <= mostNamed) named.push(event.subject);
    if (wants === 'show') continue;
    batch.push(withoutBuyer(event, now()));
    if (batch.length >= atOnce) await erase();
  }
  await erase();
  await putPrivacyNote(collector.table, creatorId, { id, vendor: shopify, shopId, wants, at: now(), orders: named, found });
  return wants === 'show' ? 'shown' : 'erased';
}

/** The same order without its buyer's key, newer than any snapshot of the shop. */
function withoutBuyer(event: CloudEvent, now: number): CloudEvent {
  const { buyerKey: _, ...data } = event.data;
  const entityversion = Math.max(now, event.entityversion + 1);
  return { ...event, id: `${event.creatorid}/${event.subject}@${entityversion}`.slice(0, 256), entityversion, data };
}
