/** What can be read of a shop in the order of its change? Orders with their parcels, returns, cancellations, packages, products, statements. */
import type { CloudEvent } from '../../events/parse.ts';
import { mapLimit } from '../../map-limit.ts';
import { tally } from '../files/import-report.ts';
import { mapEach, type Notes } from '../mapping-notes.ts';
import { listOf, type Raw, requireText, requireTime, textOf } from '../record.ts';
import type { Client } from './client.ts';
import { orderEvent } from './order.ts';
import type { Stream } from './poll.ts';
import { productEvent } from './product.ts';
import { cancellationEvents, returnEvents } from './refund.ts';
import { type Api, apis, idsPerCall } from './rules/apis.ts';
import { untroubledPackages } from './rules/statuses.ts';
import { statementEvents } from './settlement.ts';
import { shipmentEvents } from './shipment.ts';
import type { Shop } from './shop.ts';
import { stockEvents } from './stock.ts';
import type { ToFetch } from './webhook.ts';

export interface Reading {
  client: Client;
  shop: Shop;
  notes: Notes;
  /** In ms. */
  now: () => number;
}

/** Calls that a page of records makes at the same time; the client keeps to the vendor's limit. */
const atOnce = 4;

const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

const idOf = (record: Raw): string => textOf(record.id) ?? 'without an id';

/** Orders in detail, by id. */
async function readOrders(ids: readonly string[], { client }: Reading): Promise<Map<string, Raw>> {
  const answers = await mapLimit(chunksOf([...new Set(ids)], idsPerCall), atOnce, (chunk) =>
    client.page(apis.orders, { query: { ids: chunk.join(',') } }),
  );
  return new Map(answers.flatMap(({ items }) => items.map((order): [string, Raw] => [idOf(order), order])));
}

const ordersIn = (parcel: Raw): string[] => listOf(parcel.orders).flatMap((order) => textOf(order.id) ?? []);

/** Shipments of packages, each with its orders. Orders that were read already need not be read again. */
async function shipmentsOf(parcels: readonly Raw[], known: ReadonlyMap<string, Raw>, reading: Reading): Promise<CloudEvent[]> {
  const { shop, notes } = reading;
  const missing = parcels.flatMap(ordersIn).filter((id) => !known.has(id));
  const read = new Map([...known, ...(await readOrders(missing, reading))]);
  return mapEach(
    parcels,
    (parcel) => {
      const orders = ordersIn(parcel)
        .map((id) => read.get(id))
        .filter((order) => order !== undefined);
      return shipmentEvents({ package: parcel, orders }, shop, notes);
    },
    (parcel) => `package ${textOf(parcel.package_id) ?? idOf(parcel)}`,
    notes,
  );
}

const readPackages = (ids: readonly string[], { client }: Reading): Promise<Raw[]> =>
  mapLimit([...new Set(ids)], atOnce, (id) => client.call(apis.package, { id }));

async function readShipments(ids: readonly string[], known: ReadonlyMap<string, Raw>, reading: Reading): Promise<CloudEvent[]> {
  return shipmentsOf(await readPackages(ids, reading), known, reading);
}

/**
 * Shipments of packages as a search lists them. Only of a parcel that is on its way the detail is read as well, which alone says what is wrong
 * with it: one call for fifty packages that have arrived, and not one for each.
 */
async function shipmentsOfListed(listed: readonly Raw[], reading: Reading): Promise<CloudEvent[]> {
  const mayBeInTrouble = (parcel: Raw) => !untroubledPackages.has(textOf(parcel.status) ?? '');
  const detailed = await readPackages(listed.filter(mayBeInTrouble).map(idOf), reading);
  return shipmentsOf([...listed.filter((parcel) => !mayBeInTrouble(parcel)), ...detailed], new Map(), reading);
}

/** Orders in detail. One that has no detail is taken as the list had it (`listed`); one that is in neither is counted. */
async function readOrDefault(ids: readonly string[], reading: Reading, listed: readonly Raw[]): Promise<Map<string, Raw>> {
  const orders = new Map([...listed.map((order): [string, Raw] => [idOf(order), order]), ...(await readOrders(ids, reading))]);
  for (const id of ids) if (!orders.has(id)) tally(reading.notes.skipped, 'order that is not found', `order ${id}`);
  return orders;
}

const orderEvents = (orders: Iterable<Raw>, { shop, notes }: Reading): CloudEvent[] =>
  mapEach(
    [...orders],
    (order) => [orderEvent(order, shop, notes)],
    (order) => `order ${idOf(order)}`,
    notes,
  );

async function readOrdersAlone(ids: readonly string[], reading: Reading, listed: readonly Raw[]): Promise<CloudEvent[]> {
  return orderEvents((await readOrDefault(ids, reading, listed)).values(), reading);
}

/** Orders and the shipments in them: a parcel's times stand in its order, so that both move together. */
async function readOrdersWithShipments(
  ids: readonly string[],
  reading: Reading,
  listed: readonly Raw[] = [],
): Promise<CloudEvent[]> {
  const orders = await readOrDefault(ids, reading, listed);
  const events = orderEvents(orders.values(), reading);
  const packages = [...orders.values()].flatMap((order) => listOf(order.packages).flatMap(({ id }) => textOf(id) ?? []));
  return [...events, ...(await readShipments(packages, orders, reading))];
}

type MapRefund = typeof returnEvents;

/** Refunds with their orders, which alone say of which product a line is. */
async function refundsOf(records: readonly Raw[], map: MapRefund, reading: Reading): Promise<CloudEvent[]> {
  const { shop, notes } = reading;
  const orders = await readOrders(
    records.flatMap((record) => textOf(record.order_id) ?? []),
    reading,
  );
  const where = (record: Raw) => `order ${textOf(record.order_id)}`;
  return mapEach(records, (record) => map(record, orders.get(textOf(record.order_id) ?? ''), shop, notes), where, notes);
}

async function readStatements(statements: readonly Raw[], { client, shop, notes, now }: Reading): Promise<CloudEvent[]> {
  const events: CloudEvent[] = [];
  for (const statement of statements) {
    const transactions: Raw[] = [];
    for await (const { items } of client.pages(apis.statementTransactions, { id: requireText(statement, 'id') }))
      transactions.push(...items);
    events.push(...mapEach([statement], (each) => statementEvents(each, transactions, shop, now(), notes), idOf, notes));
  }
  return events;
}

/** In the order of change, oldest first. */
const oldestFirst = { sort_field: 'update_time', sort_order: 'ASC' };

interface Searched {
  name: string;
  api: Api;
  events: Stream['events'];
  /** How the end of a window is called; one of the searches includes it. */
  end?: 'update_time_lt' | 'update_time_le';
}

/** A stream of a search by time of change. */
function searched({ name, api, events, end = 'update_time_lt' }: Searched, { client }: Reading): Stream {
  return {
    name,
    read: ({ from, to }, token) =>
      client.page(
        api,
        { query: oldestFirst, body: { update_time_ge: from, [end]: end === 'update_time_le' ? to - 1 : to } },
        token,
      ),
    changedAt: (record) => requireTime(record, 'update_time') / 1000,
    events,
  };
}

/** The streams of a shop, in an order that brings what others refer to first. */
export function streamsOf(reading: Reading): Stream[] {
  const { client, shop, notes, now } = reading;
  const ids = (records: Raw[]) => records.flatMap((record) => textOf(record.id) ?? []);
  const product = (record: Raw) => [productEvent(record, shop, now(), notes)];
  const statements: Stream = {
    name: 'statements',
    read: ({ from, to }, token) =>
      client.page(
        apis.statements,
        {
          query: {
            sort_field: 'statement_time',
            sort_order: 'ASC',
            statement_time_ge: String(from),
            statement_time_lt: String(to),
          },
        },
        token,
      ),
    changedAt: (record) => requireTime(record, 'statement_time') / 1000,
    events: (records) => readStatements(records, reading),
  };
  return [
    searched(
      {
        name: 'products',
        api: apis.searchProducts,
        end: 'update_time_le',
        events: async (records) => mapEach(records, product, (record) => `product ${idOf(record)}`, notes),
      },
      reading,
    ),
    searched(
      {
        name: 'orders',
        api: apis.searchOrders,
        // In a first reading the packages follow as a list of their own, fifty in a call.
        events: (records, isFirst) => (isFirst ? readOrdersAlone : readOrdersWithShipments)(ids(records), reading, records),
      },
      reading,
    ),
    searched({ name: 'packages', api: apis.searchPackages, events: (records) => shipmentsOfListed(records, reading) }, reading),
    searched(
      { name: 'returns', api: apis.searchReturns, events: (records) => refundsOf(records, returnEvents, reading) },
      reading,
    ),
    searched(
      {
        name: 'cancellations',
        api: apis.searchCancellations,
        events: (records) => refundsOf(records, cancellationEvents, reading),
      },
      reading,
    ),
    statements,
  ];
}

/** Reads what a webhook says has changed, as events. An authorisation is nothing to read: the caller acts on it. */
export async function readChanged({ fetch: what, ids }: ToFetch, reading: Reading): Promise<CloudEvent[]> {
  const { client, shop, notes, now } = reading;
  const searchAll = async (api: Api, body: { [name: string]: unknown }): Promise<Raw[]> => {
    const found: Raw[] = [];
    for await (const { items } of client.pages(api, { body })) found.push(...items);
    return found;
  };
  if (what === 'orders') return readOrdersWithShipments(ids, reading);
  if (what === 'packages') return readShipments(ids, new Map(), reading);
  if (what === 'returns') return refundsOf(await searchAll(apis.searchReturns, { return_ids: ids }), returnEvents, reading);
  if (what === 'cancellations')
    return refundsOf(await searchAll(apis.searchCancellations, { cancel_ids: ids }), cancellationEvents, reading);
  if (what === 'products') {
    const products = await mapLimit(ids, atOnce, (id) => client.call(apis.product, { id }));
    return mapEach(products, (record) => [productEvent(record, shop, now(), notes)], idOf, notes);
  }
  if (what === 'inventory') {
    const found = await searchAll(apis.searchInventory, { sku_ids: ids });
    return mapEach(
      found,
      (record) => stockEvents(record, shop, now(), notes),
      (record) => `product ${textOf(record.product_id)}`,
      notes,
    );
  }
  return [];
}
