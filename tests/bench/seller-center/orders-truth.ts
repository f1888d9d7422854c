/** What do imported orders and refunds come to, in the shape of a truth file? */
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { type Imported, objectBy, ofEntity, type Reading, sum } from './imported.ts';

type Data = CloudEvent['data'];
interface Line {
  quantity: number;
  unitPrice: number;
  sellerDiscount: number;
  platformDiscount: number;
  returnedQuantity?: number;
}
interface Order {
  id: string;
  data: Data;
  lines: Line[];
}

export const ordersOf = (imported: Imported): Order[] =>
  ofEntity(imported, 'order').map(({ ids, data }) => ({ id: ids[0] ?? '', data, lines: data.lines as Line[] }));

const isCancelled = ({ data }: Order): boolean => data.status === 'cancelled' || data.cancelledAt !== undefined;
const isFree = ({ quantity, unitPrice, sellerDiscount }: Line): boolean => quantity * unitPrice === sellerDiscount;
const units = (lines: Line[]): number => sum(lines.map(({ quantity }) => quantity));

function totals(orders: Order[], { amount }: Reading) {
  const lines = orders.flatMap((order) => order.lines);
  const ofOrders = (field: string) => amount(sum(orders.map(({ data }) => Number(data[field] ?? 0))));
  return {
    orders: orders.length,
    units: units(lines),
    giftUnits: units(lines.filter(isFree)),
    grossSales: amount(sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice))),
    sellerDiscounts: amount(sum(lines.map(({ sellerDiscount }) => sellerDiscount))),
    platformDiscounts: amount(sum(lines.map(({ platformDiscount }) => platformDiscount))),
    paymentPlatformDiscounts: ofOrders('paymentDiscount'),
    shippingCharged: ofOrders('shippingCharged'),
    orderAmount: ofOrders('orderAmount'),
    cancelledOrders: orders.filter(isCancelled).length,
  };
}

export function ordersTruth(imported: Imported, reading: Reading) {
  const all = ordersOf(imported);
  const paid = all.filter(({ data }) => data.paidAt !== undefined);
  const open = all.filter((order) => order.data.paidAt === undefined && !isCancelled(order));
  const cancelled = all.filter(isCancelled);
  const by = (field: string) =>
    objectBy(
      paid,
      ({ data }) => reading.day(data[field]),
      (group) => totals(group, reading),
    );
  return {
    days: by('paidAt'),
    totals: totals(paid, reading),
    byCreatedDay: by('placedAt'),
    cancelledByCancelDay: objectBy(
      cancelled,
      ({ data }) => reading.day(data.cancelledAt),
      (group) => group.length,
    ),
    cancelledAll: cancelled.length,
    cancelledNeverPaid: cancelled.filter(({ data }) => data.paidAt === undefined).length,
    unpaidOpen: open.filter(({ data }) => data.cod !== true).length,
    codNotYetPaid: open.filter(({ data }) => data.cod === true).length,
    distinctOrders: all.length,
  };
}

/** What two exports and their overlap come to. */
export function overlapTruth(first: Imported, second: Imported, both: Imported, { amount }: Reading) {
  const [before, after] = [new Map(ordersOf(first).map((order) => [order.id, order])), ordersOf(second)];
  const shared = after.filter(({ id }) => before.has(id));
  const all = ordersOf(both);
  // Tax is shared out in whole units, so that equal rows may get one unit more and less.
  const written = (line: Line) => JSON.stringify({ ...line, tax: 0 });
  const identical = (isGift: boolean) =>
    all.filter(({ lines }) =>
      lines.some((line, i) => isFree(line) === isGift && lines.findIndex((other) => written(other) === written(line)) < i),
    );
  const channels = objectBy(
    all.filter(({ data }) => data.paidAt !== undefined && data.purchaseChannel !== undefined),
    ({ data }) => String(data.purchaseChannel),
    (group) => group.length,
  );
  const parcelsOf = (imported: Imported, id: string) => ofEntity(imported, 'shipment').filter(({ ids }) => ids[0] === id);
  return {
    inBothExports: shared.length,
    changedBetweenExports: shared.filter(
      ({ id, data }) =>
        JSON.stringify([data, parcelsOf(second, id)]) !== JSON.stringify([before.get(id)?.data, parcelsOf(first, id)]),
    ).length,
    refundAmountInOrdersFile: amount(sum(all.map(({ data }) => Number(data.refundedAmount ?? 0)))),
    ofWhichCancelledPaid: amount(
      sum(all.filter((order) => isCancelled(order)).map(({ data }) => Number(data.refundedAmount ?? 0))),
    ),
    returnedUnits: sum(all.flatMap(({ lines }) => lines.map(({ returnedQuantity = 0 }) => returnedQuantity))),
    ordersWithIdenticalRows: { gift: identical(true).map(({ id }) => id), paid: identical(false).map(({ id }) => id) },
    ...(Object.keys(channels).length ? { paidOrdersByPurchaseChannel: channels } : {}),
  };
}

export interface Refunded {
  orderId: string;
  day: string;
  amount: number;
  units: number;
}

export const refundsOf = (imported: Imported, { amount, day }: Reading): Refunded[] =>
  ofEntity(imported, 'refund')
    .filter(({ data }) => data.completedAt !== undefined)
    .map(({ ids, data }) => ({
      orderId: ids[0] ?? '',
      day: day(data.completedAt),
      amount: amount(Number(data.goodsAmount) + Number(data.shippingAmount ?? 0) + Number(data.taxAmount ?? 0)),
      units: sum(((data.lines ?? []) as Line[]).map(({ quantity }) => quantity)),
    }));

const refundTotals = (refunds: Refunded[]) => ({
  byRefundDay: objectBy(
    refunds,
    ({ day }) => day,
    (group) => sum(group.map(({ amount }) => amount)),
  ),
  total: sum(refunds.map(({ amount }) => amount)),
  orders: new Set(refunds.map(({ orderId }) => orderId)).size,
});

export function refundsTruth(withStatements: Imported, withoutStatements: Imported, reading: Reading) {
  const refunds = refundsOf(withStatements, reading);
  const perOrder = objectBy(
    refunds,
    ({ orderId }) => orderId,
    (group) => group.map(({ orderId: _, ...refund }) => refund).sort((a, b) => (a.day < b.day ? -1 : 1)),
  );
  const seen = refundsOf(withoutStatements, reading);
  const ids = new Set(seen.map(({ orderId }) => orderId));
  return {
    ...refundTotals(refunds),
    perOrder,
    amountSeenInOrdersFile: refundTotals(seen),
    refundedAfterTheLastExportOfTheOrder: Object.keys(perOrder).filter((id) => !ids.has(id)),
    ordersRefundedOnTwoDays: Object.keys(perOrder).filter((id) => new Set(perOrder[id]?.map(({ day }) => day)).size > 1),
  };
}
