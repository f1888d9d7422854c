/** How does a refund of Shopify read as an event? What left is the sum of its transactions, whatever its lines come to. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { instant, snapshot } from '../files/snapshot.ts';
import { amountOf, countOf, listOf, objectOf, type Raw, requireText, sum, textOf } from '../record.ts';
import { orderSubject } from './order.ts';
import { type ShopifyShop, shopifyId, shopifyTime } from './shop.ts';

/** Lines that come to more than was given back share what was; what rounding leaves stays with the refund. */
function within<L extends { goodsAmount: number }>(lines: L[], goodsAmount: number): L[] {
  const whole = sum(lines.map((line) => line.goodsAmount));
  if (whole <= goodsAmount) return lines;
  return lines.map((line) => ({
    ...line,
    goodsAmount: Number((BigInt(line.goodsAmount) * BigInt(goodsAmount)) / BigInt(whole)),
  }));
}

function linesOf(refund: Raw, currency: string) {
  return listOf(refund.refund_line_items).flatMap((each) => {
    const item = objectOf(each.line_item);
    const quantity = countOf(each.quantity) ?? 1;
    const product = textOf(item.product_id);
    const variant = textOf(item.variant_id);
    const isBack = each.restock_type === undefined ? refund.restock === true : each.restock_type !== 'no_restock';
    return {
      productId: product ? shopifyId(product) : shopifyId(`line-${requireText(each, 'line_item_id')}`),
      sku: variant && shopifyId(variant),
      quantity,
      goodsAmount: amountOf(each.subtotal, currency) ?? (amountOf(item.price, currency) ?? 0) * quantity,
      restockedQuantity: isBack ? quantity : 0,
    };
  });
}

/**
 * A refund of `refunds/create`, bare; none where its transactions give nothing back. A refund does not change later (inferred), so the time
 * at which it was made is its version. Throws RangeError where it has no ids, times or amounts.
 */
export function shopifyRefund(refund: Raw, shop: ShopifyShop): CloudEvent[] {
  const id = requireText(refund, 'id');
  const orderId = requireText(refund, 'order_id');
  const at = shopifyTime(refund.created_at);
  if (at === undefined) throw new RangeError(`created_at is no time: ${String(refund.created_at)}`);
  const given = listOf(refund.transactions).filter(
    ({ kind, status }) => kind === 'refund' && status !== 'failure' && status !== 'error',
  );
  const [first] = given;
  if (!first) return [];
  const currency = requireText(first, 'currency');
  const total = sum(given.map(({ amount }) => amountOf(amount, currency)));
  // Amounts of adjustments are negative.
  const shipping = -sum(
    listOf(refund.order_adjustments)
      .filter(({ kind }) => kind === 'shipping_refund')
      .map(({ amount }) => amountOf(amount, currency)),
  );
  const tax = sum(listOf(refund.refund_line_items).map((each) => amountOf(each.total_tax, currency)));
  const shippingAmount = Math.min(total, Math.max(0, shipping));
  const taxAmount = Math.min(total - shippingAmount, Math.max(0, tax));
  const goodsAmount = total - shippingAmount - taxAmount;
  const isDone = given.every(({ status }) => status === undefined || status === 'success');
  const data = {
    status: isDone ? 'completed' : 'approved',
    requestedAt: instant(at),
    completedAt: isDone ? instant(at) : undefined,
    currency,
    goodsAmount,
    shippingAmount,
    taxAmount,
    lines: within(linesOf(refund, currency), goodsAmount),
  };
  const subject = `${orderSubject(orderId)}/refund/${encodeId(id)}`;
  return [snapshot({ source: `/shopify/${shop.domain}`, entity: 'refund', creatorId: shop.creatorId, subject, at, data })];
}
