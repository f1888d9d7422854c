/** What does the stand-in for TikTok Shop serve at which path? Lists in pages, and single records. */
import { creatorResources, figureResources } from './figures.ts';
import type { StandInOptions } from './options.ts';
import { type Asked, itself, pageOf, type Resource } from './page.ts';
import type { Plan, PlannedOrder } from './plan.ts';
import {
  inventoryRecords,
  type Kind,
  kinds,
  packageRecord,
  productRecords,
  statementRecords,
  type Times,
  transactionRecords,
  type VendorRecord,
} from './records.ts';
import { Refusal } from './refusals.ts';

const timeIn = (row: object, field: string): number => Number((row as VendorRecord)[field]);

/** Rows within the window that was asked for, in the order that was asked for. The default order is the latest first. */
function windowed<T extends object>(rows: T[], { query, body }: Asked): T[] {
  const field = query.get('sort_field') ?? 'create_time';
  const bound = (name: string) => Number(body[name] ?? query.get(name) ?? Number.NaN);
  const bounds = ['update_time', 'statement_time'].map((each) => ({
    each,
    ge: bound(`${each}_ge`),
    lt: bound(`${each}_lt`),
    le: bound(`${each}_le`),
  }));
  const inside = rows.filter((row) =>
    bounds.every(({ each, ge, lt, le }) => {
      const at = timeIn(row, each);
      return !(at < ge) && !(at >= lt) && !(at > le);
    }),
  );
  const sign = query.get('sort_order') === 'ASC' ? 1 : -1;
  const idIn = (row: object) => String((row as VendorRecord).id);
  return inside.sort((a, b) => sign * (timeIn(a, field) - timeIn(b, field)) || (idIn(a) < idIn(b) ? -1 : 1));
}

/** Orders by the ids of themselves, their packages, returns and cancellations; made once for a plan. */
const indexes = new WeakMap<Plan, Map<string, PlannedOrder>>();
function ordersById(plan: Plan): Map<string, PlannedOrder> {
  const known = indexes.get(plan);
  if (known) return known;
  const made = new Map<string, PlannedOrder>();
  for (const order of plan.orders)
    for (const id of [order.id, order.packageId, order.return?.id, order.cancellation?.id]) if (id) made.set(id, order);
  indexes.set(plan, made);
  return made;
}

const idsIn = (value: unknown): Set<string> | undefined => (Array.isArray(value) ? new Set(value.map(String)) : undefined);

/** What is served at a path; undefined where there is nothing. */
export function resources(method: string, path: string, options: StandInOptions): Resource | undefined {
  const { plan, from, shopId, shopCipher } = options;
  /** Orders that have a record of that kind: all of them, or those that bear one of the ids. */
  function known({ times }: Kind, now: number, ids?: Set<string>): (Times & { order: PlannedOrder })[] {
    const orders = ids ? [...ids].flatMap((id) => ordersById(plan).get(id) ?? []) : plan.orders;
    return orders.flatMap((order) => {
      const its = order.createdAt <= now ? times(order, now) : undefined;
      return its && (!ids || ids.has(its.id)) ? [{ ...its, order }] : [];
    });
  }
  const searched =
    (list: string, kind: Kind, largest: number, idsField = '') =>
    (asked: Asked): VendorRecord => {
      const rows = windowed(known(kind, asked.now, idsIn(asked.body[idsField])), asked);
      return pageOf(list, rows, largest, asked, ({ order }) => kind.record(order, asked.now));
    };
  const last = path.split('/').at(-1) ?? '';
  const lists: { [path: string]: Resource } = {
    'GET /authorization/202309/shops': () => ({
      shops: [{ id: shopId, name: 'Stand-in shop', region: 'US', seller_type: 'LOCAL', cipher: shopCipher, code: 'USSTAND1' }],
    }),
    'POST /order/202309/orders/search': searched('orders', kinds.orders, 100),
    'GET /order/202507/orders': ({ query, now }) => {
      const ids = new Set((query.get('ids') ?? '').split(','));
      if (ids.size > 50) throw new Refusal('page');
      return { orders: known(kinds.orders, now, ids).map(({ order }) => kinds.orders.record(order, now)) };
    },
    'POST /return_refund/202602/returns/search': searched('return_orders', kinds.returns, 50, 'return_ids'),
    'POST /return_refund/202602/cancellations/search': searched('cancellations', kinds.cancellations, 50, 'cancel_ids'),
    'POST /fulfillment/202309/packages/search': searched('packages', kinds.packages, 50),
    'POST /product/202502/products/search': (asked) =>
      pageOf('products', windowed(productRecords(plan, from), asked), 100, asked, itself),
    'POST /product/202309/inventory/search': (asked) => {
      const [skuIds, productIds] = [idsIn(asked.body.sku_ids), idsIn(asked.body.product_ids)];
      // Without ids nothing says what is wanted: refused here; whether the vendor does is to be confirmed.
      if (!skuIds && !productIds) throw new Refusal('page');
      const found = inventoryRecords(plan, asked.now).filter(
        ({ product_id, skus }) =>
          productIds?.has(String(product_id)) || (skus as VendorRecord[]).some(({ id }) => skuIds?.has(String(id))),
      );
      return pageOf('inventory', found, 100, asked, itself);
    },
    'GET /finance/202309/statements': (asked) =>
      pageOf('statements', windowed(statementRecords(plan, asked.now), asked), 100, asked, itself),
  };
  const listed = { ...lists, ...figureResources(options), ...creatorResources(options) }[`${method} ${path}`];
  if (listed) return listed;
  if (/^\/fulfillment\/202309\/packages\/\d+$/.test(path))
    return ({ now }) => {
      const order = ordersById(plan).get(last);
      return (order?.packageId === last && packageRecord(order, now)) || {};
    };
  if (/^\/product\/202309\/products\/\d+$/.test(path))
    return () => productRecords(plan, from).find(({ id }) => id === last) ?? {};
  const [, statement] = /^\/finance\/202309\/statements\/(\d+)\/statement_transactions$/.exec(path) ?? [];
  if (statement) return (asked) => pageOf('transactions', transactionRecords(plan, statement), 100, asked, itself);
  return undefined;
}
