/** What does the simulated shop look like at an instant? Records in the shapes of the vendor's example bodies. All times in seconds. */
import {
  type Plan,
  type PlannedOrder,
  type PlannedRefund,
  type PlannedUnit,
  paidFor,
  settlementOf,
  statementTimeOf,
} from './plan.ts';

export type VendorRecord = { [name: string]: unknown };

/** What lists are sorted and windowed by, in seconds. */
export interface Times {
  id: string;
  create_time: number;
  update_time: number;
}

/** Records of one kind, each of one order. Without times there is no record yet; they are told without making the record. */
export interface Kind {
  times(order: PlannedOrder, now: number): Times | undefined;
  record(order: PlannedOrder, now: number): VendorRecord | undefined;
}

const money = (cents: number): string => (cents / 100).toFixed(2);
const until = (at: number | undefined, now: number): number | undefined => (at !== undefined && at <= now ? at : undefined);
const sumOf = (units: PlannedUnit[], of: (unit: PlannedUnit) => number): number => units.reduce((sum, unit) => sum + of(unit), 0);

const stepOf = (order: PlannedOrder, now: number) =>
  order.steps.findLast(({ at }) => at <= now) ?? { at: order.createdAt, status: 'UNPAID' };

function lineItem(unit: PlannedUnit, status: string, packageId: string | undefined): VendorRecord {
  const { lineId, sku, sellerDiscount, platformDiscount, tax } = unit;
  return {
    id: lineId,
    product_id: sku.productId,
    sku_id: sku.id,
    seller_sku: sku.sellerSku,
    product_name: sku.title,
    sku_name: 'Default',
    original_price: money(sku.price),
    sale_price: money(sku.price - sellerDiscount - platformDiscount),
    seller_discount: money(sellerDiscount),
    platform_discount: money(platformDiscount),
    currency: 'USD',
    item_tax: [{ tax_type: 'SALES_TAX', tax_amount: money(tax), tax_rate: '0.0825' }],
    display_status: status,
    is_gift: false,
    package_id: packageId,
  };
}

function orderTimes(order: PlannedOrder, now: number): Times {
  return { id: order.id, create_time: order.createdAt, update_time: stepOf(order, now).at };
}

function orderRecord(order: PlannedOrder, now: number): VendorRecord {
  const { status } = stepOf(order, now);
  const { units } = order;
  const hasPackage = until(order.readyAt, now) !== undefined;
  const isOpen = status === 'UNPAID';
  return {
    ...orderTimes(order, now),
    status,
    user_id: order.buyerId,
    paid_time: until(order.paidAt, now),
    rts_time: until(order.readyAt, now),
    collection_time: until(order.collectedAt, now),
    delivery_time: until(order.deliveredAt, now),
    cancel_time: until(order.cancelledAt, now),
    cancellation_initiator: until(order.cancelledAt, now) && order.cancelledBy,
    tts_sla_time: order.createdAt + 2 * 86_400,
    delivery_sla_time: order.createdAt + 8 * 86_400,
    // In milliseconds, against what is documented of it.
    recommended_shipping_time: (order.createdAt + 86_400) * 1000,
    fulfillment_type: 'FULFILLMENT_BY_SELLER',
    order_type: 'NORMAL',
    is_cod: order.isCod,
    is_sample_order: order.isSample,
    is_replacement_order: false,
    buyer_message: 'Please ring twice',
    recipient_address: isOpen
      ? undefined
      : { name: 'A*** B***', phone_number: '(+1)555-***-0100', full_address: '1*** Example Street' },
    packages: hasPackage ? [{ id: order.packageId }] : [],
    payment: {
      currency: 'USD',
      total_amount: money(paidFor(units) + order.shipping),
      sub_total: money(sumOf(units, (unit) => unit.sku.price - unit.sellerDiscount - unit.platformDiscount)),
      shipping_fee: money(order.shipping),
      seller_discount: money(sumOf(units, (unit) => unit.sellerDiscount)),
      platform_discount: money(sumOf(units, (unit) => unit.platformDiscount)),
      tax: money(sumOf(units, (unit) => unit.tax)),
    },
    line_items: units.map((unit) => lineItem(unit, status, hasPackage ? order.packageId : undefined)),
  };
}

function packageTimes(order: PlannedOrder, now: number): Times | undefined {
  const { packageId, readyAt, collectedAt, deliveredAt, lostAt } = order;
  if (packageId === undefined || readyAt === undefined || readyAt > now) return undefined;
  const changedAt = until(deliveredAt, now) ?? until(lostAt, now) ?? until(collectedAt, now) ?? readyAt;
  return { id: packageId, create_time: readyAt, update_time: changedAt };
}

/** A package as a search lists it: why it is in trouble stands in its detail alone. */
function listedPackage(order: PlannedOrder, now: number): VendorRecord | undefined {
  const times = packageTimes(order, now);
  const { collectedAt, deliveredAt } = order;
  return (
    times && {
      ...times,
      status: until(deliveredAt, now) ? 'COMPLETED' : until(collectedAt, now) ? 'FULFILLING' : 'PROCESSING',
      orders: [{ id: order.id }],
      shipping_provider_name: 'Test express',
      tracking_number: `TT${times.id}`,
    }
  );
}

/** The package of an order in detail; undefined before there is one. */
export function packageRecord(order: PlannedOrder, now: number): VendorRecord | undefined {
  const listed = listedPackage(order, now);
  if (!listed) return undefined;
  const { id, status, ...rest } = listed;
  return { package_id: id, package_status: status, ship_exception_reason: until(order.lostAt, now) && 'PACKAGE_LOST', ...rest };
}

function refundAmount({ goods, shipping, tax }: Pick<PlannedRefund, 'goods' | 'shipping' | 'tax'>): VendorRecord {
  return {
    currency: 'USD',
    refund_total: money(goods + shipping + tax),
    refund_subtotal: money(goods),
    refund_shipping_fee: money(shipping),
    refund_tax: money(tax),
  };
}

const refundLine = (unit: PlannedUnit): VendorRecord => ({
  order_line_item_id: unit.lineId,
  sku_id: unit.sku.id,
  seller_sku: unit.sku.sellerSku,
  refund_amount: refundAmount({
    goods: unit.sku.price - unit.sellerDiscount - unit.platformDiscount,
    shipping: 0,
    tax: unit.tax,
  }),
});

function refundTimes(refund: PlannedRefund | undefined, now: number): Times | undefined {
  if (!refund || refund.requestedAt > now) return undefined;
  const { id, requestedAt, completedAt } = refund;
  return { id, create_time: requestedAt, update_time: until(completedAt, now) ?? requestedAt };
}

/** The return of an order; undefined before it was asked for. */
function returnRecord(order: PlannedOrder, now: number): VendorRecord | undefined {
  const { return: returned } = order;
  const times = refundTimes(returned, now);
  if (!returned || !times) return undefined;
  const isDone = returned.completedAt <= now;
  return {
    order_id: order.id,
    return_id: returned.id,
    return_type: 'RETURN_AND_REFUND',
    return_status: isDone ? 'RETURN_OR_REFUND_REQUEST_COMPLETE' : 'RETURN_OR_REFUND_REQUEST_PENDING',
    role: 'BUYER',
    return_reason: 'ecom_order_delivered_refund_reason_defective',
    create_time: times.create_time,
    update_time: times.update_time,
    refund_amount: refundAmount(returned),
    return_line_items: returned.units.map(refundLine),
  };
}

/** The cancellation of an order that was paid; undefined before it was asked for. */
function cancellationRecord(order: PlannedOrder, now: number): VendorRecord | undefined {
  const { cancellation } = order;
  const times = refundTimes(cancellation, now);
  if (!cancellation || !times) return undefined;
  const isDone = cancellation.completedAt <= now;
  return {
    order_id: order.id,
    cancel_id: cancellation.id,
    cancel_type: 'REQUEST_CANCEL_REFUND',
    cancel_status: isDone ? 'CANCELLATION_REQUEST_COMPLETE' : 'CANCELLATION_REQUEST_SUCCESS',
    role: order.cancelledBy,
    create_time: times.create_time,
    update_time: times.update_time,
    refund_amount: refundAmount(cancellation),
    cancel_line_items: cancellation.units.map(refundLine),
    should_replenish_stock: true,
  };
}

export const kinds = {
  orders: { times: orderTimes, record: orderRecord },
  packages: { times: packageTimes, record: listedPackage },
  returns: { times: (order, now) => refundTimes(order.return, now), record: returnRecord },
  cancellations: { times: (order, now) => refundTimes(order.cancellation, now), record: cancellationRecord },
} satisfies { [name: string]: Kind };

/** Products of the shop, each with its SKUs; they were last changed before the first order. */
export function productRecords({ skus }: Plan, from: number): VendorRecord[] {
  return [...Map.groupBy(skus, ({ productId }) => productId)].map(([id, own], i) => ({
    id,
    title: own[0]?.title,
    status: 'ACTIVATE',
    create_time: from - 86_400,
    update_time: from + i,
    skus: own.map((sku) => ({ id: sku.id, seller_sku: sku.sellerSku, price: { currency: 'USD', sale_price: money(sku.price) } })),
  }));
}

/** Inventory of every product: a thousand of each SKU, less what was ordered. */
export function inventoryRecords({ skus, orders }: Plan, now: number): VendorRecord[] {
  const ordered = new Map<string, number>();
  for (const { createdAt, units } of orders)
    if (createdAt <= now) for (const { sku } of units) ordered.set(sku.id, (ordered.get(sku.id) ?? 0) + 1);
  return [...Map.groupBy(skus, ({ productId }) => productId)].map(([id, own]) => ({
    product_id: id,
    skus: own.map((sku) => {
      const available = 1000 - (ordered.get(sku.id) ?? 0);
      const warehouse = { warehouse_id: '7068517275539719942', available_quantity: available, committed_quantity: 0 };
      return {
        id: sku.id,
        seller_sku: sku.sellerSku,
        total_available_quantity: available,
        total_committed_quantity: 0,
        warehouse_inventory: [warehouse],
      };
    }),
  }));
}

/** The id of the statement made at a midnight. */
const statementIdOf = (at: number): string => `7238${at}00001`;

const settledAt = ({ orders }: Plan, at: number): PlannedOrder[] => orders.filter((order) => statementTimeOf(order) === at);

export function statementRecords(plan: Plan, now: number): VendorRecord[] {
  const made = plan.orders.filter((order) => (statementTimeOf(order) ?? Number.POSITIVE_INFINITY) <= now);
  return [...Map.groupBy(made, statementTimeOf)].map(([at = 0, orders]) => {
    const parts = orders.map((order) => settlementOf(order, at));
    const total = (of: (part: ReturnType<typeof settlementOf>) => number) =>
      money(parts.reduce((sum, part) => sum + of(part), 0));
    return {
      id: statementIdOf(at),
      statement_time: at,
      currency: 'USD',
      settlement_amount: total(({ settled }) => settled),
      revenue_amount: total(({ revenue }) => revenue),
      fee_amount: total(({ referral, affiliate }) => referral + affiliate),
      shipping_cost_amount: total(({ shipping }) => shipping),
      payment_status: 'PAID',
    };
  });
}

/** Transactions of a statement, by its id. */
export function transactionRecords(plan: Plan, id: string): VendorRecord[] {
  const at = Number(id.slice(4, -5));
  return settledAt(plan, at).map((order) => {
    const { revenue, referral, affiliate, shipping, settled } = settlementOf(order, at);
    return {
      id: `16${order.id}`,
      type: 'ORDER',
      order_id: order.id,
      order_create_time: order.createdAt,
      settlement_amount: money(settled),
      revenue_amount: money(revenue),
      shipping_cost_amount: money(shipping),
      shipping_cost_breakdown: { actual_shipping_fee_amount: money(shipping) },
      fee_tax_amount: money(referral + affiliate),
      fee_tax_breakdown: {
        fee: { referral_fee_amount: money(referral), affiliate_commission_amount: money(affiliate) },
        tax: {},
      },
    };
  });
}
