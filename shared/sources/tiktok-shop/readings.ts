/** What is read of a shop that has no time of change? Stock, estimates and the platform's own figures: read as a whole, as of now. */
import type { CloudEvent } from '../../events/parse.ts';
import { addDays } from '../../time.ts';
import { mapEach } from '../mapping-notes.ts';
import { type Raw, textOf } from '../record.ts';
import { affiliateEvent } from './affiliate-order.ts';
import type { Question } from './client.ts';
import { liveEvents, productDayEvents, shopDayEvents, videoDayEvents } from './performance.ts';
import { type Api, apis } from './rules/apis.ts';
import { orderSettlementEvents, unsettledEvents } from './settlement.ts';
import { stockEvents } from './stock.ts';
import type { Reading } from './streams.ts';

const idOf = (record: Raw): string => textOf(record.id) ?? 'without an id';

async function readAll({ client }: Reading, api: Api, question: Question): Promise<Raw[]> {
  const found: Raw[] = [];
  for await (const { items } of client.pages(api, question)) found.push(...items);
  return found;
}

/** Stock of products, by their ids. */
export async function readStock(productIds: readonly string[], reading: Reading): Promise<CloudEvent[]> {
  const { shop, notes, now } = reading;
  const inventory = await readAll(reading, apis.searchInventory, { body: { product_ids: productIds } });
  return mapEach(inventory, (each) => stockEvents(each, shop, now(), notes), idOf, notes);
}

/** Estimates of all that is not settled yet. */
export async function readUnsettled(reading: Reading): Promise<CloudEvent[]> {
  const { shop, notes, now } = reading;
  const transactions = await readAll(reading, apis.unsettled, {});
  return unsettledEvents(transactions, shop, now(), notes);
}

/** What was settled for one order, for a page that shows it. `statementTimes` as `orderSettlementEvents` has them. */
export async function readOrderSettlement(
  orderId: string,
  statementTimes: ReadonlyMap<string, number>,
  { client, shop, notes, now }: Reading,
): Promise<CloudEvent[]> {
  const { data } = await client.page(apis.orderTransactions, { id: orderId });
  return orderSettlementEvents({ order_id: orderId, ...data }, statementTimes, shop, now(), notes);
}

/** The platform's figures of a local day: of the shop, its products, videos and LIVEs. Amounts in the shop's currency. */
export async function readPerformance(day: string, reading: Reading): Promise<CloudEvent[]> {
  const { client, shop, notes, now } = reading;
  const query = { start_date_ge: day, end_date_lt: addDays(day, 1), currency: 'LOCAL' };
  const events = shopDayEvents(
    await client.call(apis.shopPerformance, { query: { ...query, granularity: '1D' } }),
    shop,
    now(),
    notes,
  );
  for await (const { data } of client.pages(apis.productPerformance, { query }))
    events.push(...productDayEvents(data, day, shop, now(), notes));
  for await (const { data } of client.pages(apis.videoPerformance, { query }))
    events.push(...videoDayEvents(data, day, shop, now(), notes));
  for await (const { data } of client.pages(apis.livePerformance, { query }))
    events.push(...liveEvents(data, shop, now(), notes));
  return events;
}

/** Commissions of a creator who is connected as such, for orders made in a window of Unix seconds. */
export async function readCommissions(from: number, to: number, reading: Reading): Promise<CloudEvent[]> {
  const { shop, notes } = reading;
  const orders = await readAll(reading, apis.creatorOrders, { body: { create_time_ge: from, create_time_lt: to } });
  return mapEach(orders, (order) => [affiliateEvent(order, shop, notes)], idOf, notes);
}
