/** How does an order of Shopify read as an event? The body of an orders webhook; name, address and mail of the buyer stay behind. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { buyerKeyOf } from '../buyer-key.ts';
import { tally } from '../files/import-report.ts';
import { instant, snapshot } from '../files/snapshot.ts';
import { type Notes, wordOf } from '../mapping-notes.ts';
import { amountOf, countOf, listOf, objectOf, type Raw, requireText, sum, textOf } from '../record.ts';
import { type ShopifyShop, shopifyId, shopifyTime } from './shop.ts';

/** A TikTok order's id is digits alone, so the two never meet. */
export const orderSubject = (id: string): string => `order/${encodeId(shopifyId(id))}`;

/** What tells a buyer apart: the mail address where there is one, as the export of orders has nothing else. Never kept, only hashed. */
export function buyerIdOf(order: { email?: unknown; customer?: unknown }): string | undefined {
  const email = textOf(order.email)?.toLowerCase();
  const customer = textOf(objectOf(order.customer).id);
  return email ? `email:${email}` : customer && `customer:${customer}`;
}

/** `financial_status`, as the state of an order that is neither cancelled nor shipped. */
export const financialStatuses: ReadonlyMap<string, string> = new Map([
  ['pending', 'placed'],
  ['authorized', 'placed'],
  ['expired', 'placed'],
  ['partially_paid', 'paid'],
  ['paid', 'paid'],
  ['partially_refunded', 'paid'],
  ['refunded', 'paid'],
  ['voided', 'cancelled'],
]);

/** Why an order was cancelled, as whose fault it counts; inferred. */
const cancelReasons: { readonly [reason: string]: string } = { customer: 'buyer', inventory: 'seller', fraud: 'platform' };

function lineOf(line: Raw, currency: string, isTaxIncluded: boolean) {
  const allocations = listOf(line.discount_allocations).map(({ amount }) => amountOf(amount, currency));
  const product = textOf(line.product_id);
  const variant = textOf(line.variant_id);
  return {
    // A product that was deleted, or an item that was written by hand, has none.
    productId: product ? shopifyId(product) : shopifyId(`line-${requireText(line, 'id')}`),
    sku: variant && shopifyId(variant),
    sellerSku: textOf(line.sku),
    title: textOf(line.title)?.slice(0, 500),
    quantity: countOf(line.quantity) ?? 1,
    unitPrice: amountOf(line.price, currency) ?? 0,
    sellerDiscount: allocations.length ? sum(allocations) : (amountOf(line.total_discount, currency) ?? 0),
    tax: isTaxIncluded ? 0 : sum(listOf(line.tax_lines).map(({ price }) => amountOf(price, currency))),
  };
}

type Line = ReturnType<typeof lineOf>;

/** Puts tax that only the order tells on its lines, by their worth; what rounding leaves goes to the first. */
function withTax(lines: Line[], total: number): Line[] {
  const missing = total - sum(lines.map(({ tax }) => tax));
  const worth = (line: Line) => line.unitPrice * line.quantity;
  const whole = sum(lines.map(worth));
  if (missing <= 0 || whole === 0) return lines;
  const shares = lines.map((line) => Number((BigInt(missing) * BigInt(worth(line))) / BigInt(whole)));
  const rest = missing - sum(shares);
  return lines.map((line, i) => ({ ...line, tax: line.tax + (shares[i] ?? 0) + (i === 0 ? rest : 0) }));
}

/**
 * One order, bare. No field tells when it was paid: the time of processing is taken for an order that is paid (inferred). Where prices hold
 * the tax, it is not told apart and counted so. Throws RangeError where it has no id, times, currency or amounts.
 */
export function shopifyOrder(order: Raw, shop: ShopifyShop, notes: Notes): CloudEvent {
  const id = requireText(order, 'id');
  const where = `order ${id}`;
  const currency = requireText(order, 'currency');
  const placedAt = shopifyTime(order.created_at);
  const version = shopifyTime(order.updated_at) ?? placedAt;
  if (placedAt === undefined || version === undefined) throw new RangeError(`created_at is no time: ${String(order.created_at)}`);
  const financial = wordOf(
    financialStatuses,
    textOf(order.financial_status) ?? 'pending',
    'Shopify financial status',
    where,
    notes,
  );
  const cancelledAt = shopifyTime(order.cancelled_at);
  const closedAt = shopifyTime(order.closed_at);
  const fulfilled = textOf(order.fulfillment_status);
  const paidAt = financial === 'paid' ? (shopifyTime(order.processed_at) ?? placedAt) : undefined;
  const status = cancelledAt ? 'cancelled' : closedAt ? 'completed' : fulfilled ? 'shipped' : financial;
  const isTaxIncluded = order.taxes_included === true;
  if (isTaxIncluded) tally(notes.unknown, 'tax within prices, not told apart', where);
  const lines = listOf(order.line_items).map((line) => lineOf(line, currency, isTaxIncluded));
  const buyerId = buyerIdOf(order);
  const written = (at: number | undefined) => (at === undefined ? undefined : instant(at));
  const data = {
    status,
    placedAt: instant(placedAt),
    paidAt: written(paidAt),
    cancelledAt: written(cancelledAt),
    completedAt: cancelledAt ? undefined : written(closedAt),
    currency,
    buyerKey: buyerId && buyerKeyOf(shop.buyerSecret, shop.creatorId, buyerId),
    lines: isTaxIncluded ? lines : withTax(lines, amountOf(order.total_tax, currency) ?? 0),
    shippingCharged: sum(listOf(order.shipping_lines).map((line) => amountOf(line.discounted_price ?? line.price, currency))),
    cancellationFault: cancelledAt ? cancelReasons[textOf(order.cancel_reason) ?? ''] : undefined,
    test: order.test === true || undefined,
  };
  const at = Math.max(...[placedAt, paidAt, cancelledAt, closedAt].filter((each) => each !== undefined));
  return snapshot({
    source: `/shopify/${shop.domain}`,
    entity: 'order',
    creatorId: shop.creatorId,
    subject: orderSubject(id),
    at,
    version,
    data,
  });
}
