/** Which figures does the stand-in for TikTok Shop serve beside its records? What is not settled yet, the platform's own counts of a day, and commissions of a creator. */
import { addDays, dayOf, toLocal } from '../../../shared/time.ts';
import type { StandInOptions } from './options.ts';
import { type Asked, itself, pageOf, type Resource } from './page.ts';
import { type Plan, type PlannedOrder, paidFor, settlementOf, statementTimeOf } from './plan.ts';
import type { VendorRecord } from './records.ts';

/** The zone of the simulated shop: days of figures are its days. */
export const shopZone = 'America/Los_Angeles';

const money = (cents: number): string => (cents / 100).toFixed(2);
const usd = (cents: number): VendorRecord => ({ amount: money(cents), currency: 'USD' });
const localDay = (at: number): string => dayOf(toLocal(at * 1000, [{ from: '', zone: shopZone }]));

/** Orders as the platform counts them on a day: paid that day, or taken that day as cash on delivery; samples are not sold. */
export const soldOn = ({ orders }: Plan, day: string, now: number): PlannedOrder[] =>
  orders.filter(({ isSample, isCod, createdAt, paidAt }) => {
    const at = isCod ? createdAt : paidAt;
    return !isSample && at !== undefined && at <= now && localDay(at) === day;
  });

/** Orders that were paid and are in no statement yet. */
export const openOrders = ({ orders }: Plan, now: number): PlannedOrder[] =>
  orders.filter((order) => {
    const { isSample, isCod, createdAt, paidAt, cancelledAt, lostAt } = order;
    const at = isCod ? createdAt : paidAt;
    if (isSample || at === undefined || at > now) return false;
    if (Math.min(cancelledAt ?? Number.POSITIVE_INFINITY, lostAt ?? Number.POSITIVE_INFINITY) <= now) return false;
    return (statementTimeOf(order) ?? Number.POSITIVE_INFINITY) > now;
  });

const unsettledRecord = (order: PlannedOrder, now: number): VendorRecord => {
  const { revenue, referral, affiliate, shipping, settled } = settlementOf(order, now);
  return {
    type: 'ORDER',
    id: `17${order.id}`,
    status: 'UNSETTLED',
    currency: 'USD',
    order_id: order.id,
    order_create_time: order.createdAt,
    est_settlement_amount: money(settled),
    est_revenue_amount: money(revenue),
    est_shipping_cost_amount: money(shipping),
    shipping_cost_breakdown: { actual_shipping_fee_amount: money(shipping) },
    est_fee_tax_amount: money(referral + affiliate),
    fee_tax_breakdown: {
      fee: { referral_fee_amount: money(referral), affiliate_commission_amount: money(affiliate) },
      tax: {},
    },
  };
};

const gmvOf = (orders: readonly PlannedOrder[]): number =>
  orders.reduce((sum, { units, shipping }) => sum + paidFor(units) + shipping, 0);

/** Figures of a day, where the platform has them: up to the day before. */
const ofDay =
  (make: (day: string, orders: PlannedOrder[], asked: Asked) => VendorRecord, { plan }: StandInOptions): Resource =>
  (asked) => {
    const day = asked.query.get('start_date_ge') ?? '';
    const latest = addDays(localDay(asked.now), -1);
    return { ...make(day, day <= latest ? soldOn(plan, day, asked.now) : [], asked), latest_available_date: latest };
  };

/** What the platform counts of products on a day. */
function productsOf(orders: readonly PlannedOrder[]): VendorRecord[] {
  const units = orders.flatMap((order) => order.units.map((unit) => ({ unit, id: order.id })));
  return [...Map.groupBy(units, ({ unit }) => unit.sku.productId)].map(([id, own]) => ({
    id,
    overall_performance: {
      gmv: usd(paidFor(own.map(({ unit }) => unit))),
      items_sold: own.length,
      orders: new Set(own.map((each) => each.id)).size,
    },
  }));
}

export function figureResources(options: StandInOptions): { [path: string]: Resource } {
  const { plan } = options;
  return {
    'GET /finance/202507/orders/unsettled': (asked) =>
      pageOf('transactions', openOrders(plan, asked.now), 100, asked, (order) => unsettledRecord(order, asked.now)),
    'GET /analytics/202509/shop/performance': ofDay((day, orders) => {
      const sales = { gmv: { overall: usd(gmvOf(orders)), breakdowns: [] }, orders_count: orders.length };
      const traffic = { avg_page_views: 20 * orders.length };
      return { performance: { intervals: [{ start_date: day, end_date: addDays(day, 1), sales, traffic }] } };
    }, options),
    'GET /analytics/202509/shop_products/performance': ofDay(
      (_, orders, asked) => pageOf('products', productsOf(orders), 100, asked, itself),
      options,
    ),
    // One video sells everything, and one LIVE of every tenth day.
    'GET /analytics/202509/shop_videos/performance': ofDay((_, orders, asked) => {
      const video = { id: '7400000000000000001', views: 50 * orders.length, sku_orders: orders.length };
      const rows = [{ ...video, click_through_rate: '0.0528', gmv: usd(gmvOf(orders)) }];
      return pageOf('videos', orders.length ? rows : [], 100, asked, itself);
    }, options),
    'GET /analytics/202509/shop_lives/performance': ofDay((day, orders, asked) => {
      const start = (orders[0]?.createdAt ?? 0) - 60;
      const rows = orders.length && day.endsWith('0') && localDay(start) === day ? [liveOf(day, start, orders)] : [];
      return pageOf('live_stream_sessions', rows, 100, asked, itself);
    }, options),
  };
}

const liveOf = (day: string, start: number, orders: readonly PlannedOrder[]): VendorRecord => ({
  id: `75${day.replaceAll('-', '')}`,
  start_time: String(start),
  sales_performance: { gmv: usd(gmvOf(orders)), sku_orders: orders.length },
  interaction_performance: { views: 900, product_clicks: 90, click_through_rate: '10.00%' },
});

/** A tenth of what an order sold, in cents: what the creator of the video earns. */
export const commissionOf = ({ units }: PlannedOrder): number =>
  Math.round(units.reduce((sum, { sku, sellerDiscount }) => sum + sku.price - sellerDiscount, 0) / 10);

function creatorOrder(order: PlannedOrder, now: number): VendorRecord {
  const settledAt = statementTimeOf(order);
  const isSettled = settledAt !== undefined && settledAt <= now;
  const commission = usd(commissionOf(order));
  return {
    id: order.id,
    create_time: order.createdAt,
    status: isSettled ? 'SETTLED' : 'TO-SETTLE',
    skus: [
      {
        id: order.units[0]?.sku.id,
        content_type: 'VIDEO',
        content_id: '7400000000000000001',
        quantity: order.units.length,
        refunded_quantity: 0,
        commission_rate: 1000,
        estimated_commission: commission,
        ...(isSettled ? { actual_commission: commission, last_update_time: settledAt } : {}),
      },
    ],
  };
}

export function creatorResources({ plan }: StandInOptions): { [path: string]: Resource } {
  return {
    'GET /affiliate_creator/202508/profiles': () => ({
      username: 'stand_in_creator',
      register_region: 'US',
      selection_region: 'US',
      creator_user_open_id: 'stand-in-creator',
    }),
    'POST /affiliate_creator/202410/orders/search': (asked) => {
      const [from, to] = [Number(asked.body.create_time_ge), Number(asked.body.create_time_lt)];
      const own = plan.orders.filter(
        ({ createdAt, isSample, paidAt }) =>
          !isSample && paidAt !== undefined && paidAt <= asked.now && createdAt >= from && createdAt < to,
      );
      return pageOf('orders', own, 100, asked, (order) => creatorOrder(order, asked.now));
    },
  };
}
