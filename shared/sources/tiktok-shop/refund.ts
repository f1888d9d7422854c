/** How do returns and cancellations of TikTok Shop read as events? As refunds; their money has left at the last status only. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { tally } from '../files/import-report.ts';
import { instant } from '../files/snapshot.ts';
import { countFields, type Notes, wordOf } from '../mapping-notes.ts';
import { amountOf, listOf, objectOf, type Raw, requireText, requireTime, sum, textOf } from '../record.ts';
import { faultOf } from './order.ts';
import { cancellationFields, returnFields } from './rules/known-fields.ts';
import { cancellationStatuses, returnStatuses } from './rules/statuses.ts';
import { eventOf, type Shop } from './shop.ts';

interface Amounts {
  currency: string;
  goodsAmount: number;
  shippingAmount: number;
  taxAmount: number;
}

/** `refund_amount` of a record or a line: refund_total = subtotal + shipping + tax. Undefined where nothing is to be given back. */
function amountsOf(value: unknown): Amounts | undefined {
  const refund = objectOf(value);
  const currency = textOf(refund.currency);
  if (currency === undefined) return undefined;
  const shippingAmount = amountOf(refund.refund_shipping_fee, currency) ?? 0;
  const taxAmount = amountOf(refund.refund_tax, currency) ?? 0;
  const total = amountOf(refund.refund_total, currency) ?? 0;
  const goodsAmount = amountOf(refund.refund_subtotal, currency) ?? total - shippingAmount - taxAmount;
  return goodsAmount + shippingAmount + taxAmount === 0 ? undefined : { currency, goodsAmount, shippingAmount, taxAmount };
}

/** Lines name no product: it is found in the order. A line whose product is not found is left out, and its money stays with the refund. */
function linesOf(items: readonly Raw[], order: Raw | undefined, goodsAmount: number, isRestocked: boolean | undefined) {
  const products = new Map<unknown, string | undefined>();
  for (const { id, sku_id, product_id } of listOf(order?.line_items))
    for (const key of [id, sku_id]) products.set(textOf(key), textOf(product_id));
  const lines = items.flatMap((item) => {
    const productId = products.get(textOf(item.order_line_item_id)) ?? products.get(textOf(item.sku_id));
    const amounts = amountsOf(item.refund_amount);
    if (!productId || !amounts) return [];
    // One line a unit, as in orders: inferred.
    const restockedQuantity = isRestocked === undefined ? undefined : Number(isRestocked);
    return [{ productId, sku: textOf(item.sku_id), quantity: 1, goodsAmount: amounts.goodsAmount, restockedQuantity }];
  });
  return sum(lines.map((line) => line.goodsAmount)) <= goodsAmount ? lines : [];
}

interface Kind {
  what: string;
  id: string;
  /** As it stands in the subject: ids of returns and of cancellations may be the same number. */
  part: string;
  status: string;
  fields: ReadonlySet<string>;
  amounts: Amounts | undefined;
  items: readonly Raw[];
  reason: string | undefined;
  fault?: string | undefined;
  isRestocked?: boolean | undefined;
}

function refundEvents(record: Raw, kind: Kind, order: Raw | undefined, shop: Shop, notes: Notes): CloudEvent[] {
  const { what, id, part, status, amounts } = kind;
  const orderId = requireText(record, 'order_id');
  countFields(record, kind.fields, `a ${what}`, `${what} ${id}`, notes);
  const version = requireTime(record, 'update_time');
  const requestedAt = requireTime(record, 'create_time');
  if (!amounts) {
    tally(notes.skipped, `${what} without money`, `${what} ${id}`);
    return [];
  }
  // No field says when money left: inferred to be the last change of a record that is complete.
  const completedAt = status === 'completed' ? version : undefined;
  const data = {
    status,
    requestedAt: instant(requestedAt),
    completedAt: completedAt === undefined ? undefined : instant(completedAt),
    ...amounts,
    reason: kind.reason?.slice(0, 200),
    fault: kind.fault,
    lines: linesOf(kind.items, order, amounts.goodsAmount, kind.isRestocked),
  };
  const subject = `order/${encodeId(orderId)}/refund/${encodeId(part)}`;
  return [eventOf(shop, { entity: 'refund', subject, version, times: [requestedAt, completedAt], data })];
}

/**
 * A return (`data.return_orders[]`), with its order where it is known; none where no money goes back (a replacement).
 * Whose fault it was is not said: `role` is who asked for it. Throws RangeError where ids, times or amounts cannot be read.
 */
export function returnEvents(record: Raw, order: Raw | undefined, shop: Shop, notes: Notes): CloudEvent[] {
  const id = requireText(record, 'return_id');
  const kind: Kind = {
    what: 'return',
    id,
    part: id,
    status: wordOf(returnStatuses, requireText(record, 'return_status'), 'return status', `return ${id}`, notes),
    fields: returnFields,
    amounts: amountsOf(record.refund_amount),
    items: listOf(record.return_line_items),
    reason: textOf(record.return_reason),
  };
  return refundEvents(record, kind, order, shop, notes);
}

/**
 * A cancellation (`data.cancellations[]`), with its order where it is known; none where no money goes back. An order that was never paid
 * gives nothing back: its cancellation is left out where the order says so. Throws RangeError as `returnEvents` does.
 */
export function cancellationEvents(record: Raw, order: Raw | undefined, shop: Shop, notes: Notes): CloudEvent[] {
  const id = requireText(record, 'cancel_id');
  const where = `cancellation ${id}`;
  const role = textOf(record.role);
  const wasPaid = order === undefined || textOf(order.paid_time) !== undefined;
  const kind: Kind = {
    what: 'cancellation',
    id,
    part: `cancel-${id}`,
    status: wordOf(cancellationStatuses, requireText(record, 'cancel_status'), 'cancellation status', where, notes),
    fields: cancellationFields,
    amounts: wasPaid ? amountsOf(record.refund_amount) : undefined,
    items: listOf(record.cancel_line_items),
    reason: textOf(record.cancel_reason),
    // Who cancelled is taken to be at fault: inferred, as for the order.
    fault: role && faultOf(role, requireText(record, 'order_id'), notes),
    isRestocked: typeof record.should_replenish_stock === 'boolean' ? record.should_replenish_stock : undefined,
  };
  return refundEvents(record, kind, order, shop, notes);
}
