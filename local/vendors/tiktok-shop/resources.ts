/** What does the stand-in for TikTok Shop serve at which path? Lists in pages, and single records. */
import type { StandInOptions } from './options.ts';
import {
  cancellationRecord,
  inventoryRecords,
  orderRecord,
  packageRecord,
  productRecords,
  returnRecord,
  statementRecords,
  transactionRecords,
  type VendorRecord,
} from './records.ts';
import { Refusal } from './refusals.ts';

export interface Asked {
  query: URLSearchParams;
  body: { [name: string]: unknown };
  /** In seconds. */
  now: number;
  isEndless: boolean;
}

type Resource = (asked: Asked) => VendorRecord;

/** A page of a list. Tokens count places, as the vendor's own examples do: what moves meanwhile shifts the pages behind it. */
function pageOf(list: string, records: VendorRecord[], largest: number, { query, isEndless }: Asked): VendorRecord {
  const size = Number(query.get('page_size') ?? 20);
  const token = query.get('page_token');
  const start = token ? Number(Buffer.from(token, 'base64').toString().replace('offset=', '')) : 0;
  if (!(size >= 1 && size <= largest) || !Number.isInteger(start)) throw new Refusal('page');
  const next = (place: number) => Buffer.from(`offset=${place}`).toString('base64');
  if (isEndless) return { [list]: records.slice(0, size), next_page_token: next(start), total_count: records.length };
  const end = start + size;
  return {
    [list]: records.slice(start, end),
    next_page_token: end < records.length ? next(end) : '',
    total_count: records.length,
  };
}

const timeIn = (record: VendorRecord, field: string): number => Number(record[field]);

/** Records within the window that was asked for, in the order that was asked for. The default order is the latest first. */
function windowed(records: VendorRecord[], { query, body }: Asked): VendorRecord[] {
  const field = query.get('sort_field') ?? 'create_time';
  const bound = (name: string) => Number(body[name] ?? query.get(name) ?? Number.NaN);
  const inside = records.filter((record) =>
    ['update_time', 'statement_time'].every((each) => {
      const at = timeIn(record, each);
      return !(at < bound(`${each}_ge`)) && !(at >= bound(`${each}_lt`)) && !(at > bound(`${each}_le`));
    }),
  );
  const sign = query.get('sort_order') === 'ASC' ? 1 : -1;
  return inside.sort((a, b) => sign * (timeIn(a, field) - timeIn(b, field)) || (String(a.id) < String(b.id) ? -1 : 1));
}

const idsIn = (value: unknown): Set<string> | undefined => (Array.isArray(value) ? new Set(value.map(String)) : undefined);
const ofIds = (records: VendorRecord[], field: string, ids: Set<string> | undefined): VendorRecord[] =>
  ids ? records.filter((record) => ids.has(String(record[field]))) : records;

/** What is served at a path; undefined where there is nothing. */
export function resources(
  method: string,
  path: string,
  { plan, from, shopId, shopCipher }: StandInOptions,
): Resource | undefined {
  const { orders } = plan;
  const known = <T>(of: (order: (typeof orders)[number], now: number) => T | undefined, now: number): T[] =>
    orders.filter(({ createdAt }) => createdAt <= now).flatMap((order) => of(order, now) ?? []);
  const last = path.split('/').at(-1);
  const lists: { [path: string]: Resource } = {
    'GET /authorization/202309/shops': () => ({
      shops: [{ id: shopId, name: 'Stand-in shop', region: 'US', seller_type: 'LOCAL', cipher: shopCipher, code: 'USSTAND1' }],
    }),
    'POST /order/202309/orders/search': (asked) => pageOf('orders', windowed(known(orderRecord, asked.now), asked), 100, asked),
    'GET /order/202507/orders': ({ query, now }) => {
      const ids = new Set((query.get('ids') ?? '').split(','));
      if (ids.size > 50) throw new Refusal('page');
      return { orders: ofIds(known(orderRecord, now), 'id', ids) };
    },
    'POST /return_refund/202602/returns/search': (asked) => {
      const found = ofIds(known(returnRecord, asked.now), 'return_id', idsIn(asked.body.return_ids));
      return pageOf('return_orders', windowed(found, asked), 50, asked);
    },
    'POST /return_refund/202602/cancellations/search': (asked) => {
      const found = ofIds(known(cancellationRecord, asked.now), 'cancel_id', idsIn(asked.body.cancel_ids));
      return pageOf('cancellations', windowed(found, asked), 50, asked);
    },
    'POST /fulfillment/202309/packages/search': (asked) =>
      pageOf('packages', windowed(known(packageRecord, asked.now), asked), 50, asked),
    'POST /product/202502/products/search': (asked) =>
      pageOf('products', windowed(productRecords(plan, from), asked), 100, asked),
    'POST /product/202309/inventory/search': (asked) => {
      const ids = idsIn(asked.body.sku_ids);
      const all = inventoryRecords(plan, asked.now);
      const found = ids ? all.filter(({ skus }) => (skus as VendorRecord[]).some(({ id }) => ids.has(String(id)))) : all;
      return pageOf('inventory', found, 100, asked);
    },
    'GET /finance/202309/statements': (asked) =>
      pageOf('statements', windowed(statementRecords(plan, asked.now), asked), 100, asked),
  };
  const listed = lists[`${method} ${path}`];
  if (listed) return listed;
  if (/^\/fulfillment\/202309\/packages\/\d+$/.test(path))
    return ({ now }) => known(packageRecord, now).find(({ package_id }) => package_id === last) ?? {};
  if (/^\/product\/202309\/products\/\d+$/.test(path))
    return () => productRecords(plan, from).find(({ id }) => id === last) ?? {};
  const [, statement] = /^\/finance\/202309\/statements\/(\d+)\/statement_transactions$/.exec(path) ?? [];
  if (statement) return (asked) => pageOf('transactions', transactionRecords(plan, statement), 100, asked);
  return undefined;
}
