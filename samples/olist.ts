/** What events lie in the Olist data set? A seller is a creator; times are local to São Paulo, money is in reais. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { type ImportOptions, tally } from '../shared/sources/files/import-report.ts';
import { productsOf, sellerOf } from './olist-creators.ts';
import { type OlistItem, type OlistTables, readOlist } from './olist-files.ts';
import { orderOf, reviewOf, shipmentOf } from './olist-order.ts';

/** Items by seller, then by order, in the order of the file. */
function bySeller(tables: OlistTables, { report }: ImportOptions): Map<string, Map<string, OlistItem[]>> {
  const sellers = new Map<string, Map<string, OlistItem[]>>();
  for (const item of tables.items) {
    if (!tables.orders.has(item.orderId)) {
      tally(report.skipped, 'item of an order that orders.csv does not hold', item.where);
      continue;
    }
    const orders = sellers.get(item.sellerId) ?? new Map<string, OlistItem[]>();
    sellers.set(item.sellerId, orders);
    orders.set(item.orderId, [...(orders.get(item.orderId) ?? []), item]);
  }
  const sold = new Set(tables.items.map((item) => item.orderId));
  for (const order of tables.orders.values())
    if (!sold.has(order.orderId)) tally(report.skipped, 'order without items', `${order.where}: ${order.orderId}`);
  for (const [orderId, reviews] of tables.reviews)
    if (!sold.has(orderId))
      tally(report.skipped, 'review of an order without items', `${reviews[0]?.where}: ${orderId}`, reviews.length);
  return sellers;
}

/** Sellers with the most orders first; ties by id, so that a limit always means the same sellers. */
function mostOrders(sellers: Map<string, Map<string, OlistItem[]>>, limit = Number.POSITIVE_INFINITY) {
  return [...sellers].sort(([a, ofA], [b, ofB]) => ofB.size - ofA.size || (a < b ? -1 : 1)).slice(0, limit);
}

function* eventsOf(sellerId: string, orders: Map<string, OlistItem[]>, tables: OlistTables): Generator<CloudEvent> {
  yield* productsOf(sellerId, [...orders.values()].flat(), tables);
  const placed = (orderId: string) => tables.orders.get(orderId)?.purchased ?? 0;
  for (const [orderId, items] of [...orders].sort(([a], [b]) => placed(a) - placed(b))) {
    const order = tables.orders.get(orderId);
    if (!order) continue;
    yield orderOf(sellerId, order, items, tables);
    const shipment = shipmentOf(sellerId, order, tables);
    if (shipment) yield shipment;
    for (const review of tables.reviews.get(orderId) ?? []) yield reviewOf(sellerId, review, items);
  }
}

/**
 * Events of a folder with the data set's files (plain or gzipped): all creators first, then seller by seller in the order of purchase.
 * What is left out is counted in the report. Throws where a file or a column is missing.
 */
export async function* olistEvents(folder: string, options: ImportOptions): AsyncGenerator<CloudEvent> {
  const { report, creators } = options;
  const tables = await readOlist(folder, report);
  const chosen = mostOrders(bySeller(tables, options), creators);
  report.of = chosen.reduce((sum, [, orders]) => sum + orders.size, chosen.length);
  for (const [sellerId] of chosen) {
    report.done++;
    yield sellerOf(sellerId, tables);
  }
  for (const [sellerId, orders] of chosen) {
    for (const event of eventsOf(sellerId, orders, tables)) {
      if (event.type.includes('.order.')) report.done++;
      yield event;
    }
  }
}
