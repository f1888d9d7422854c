/** How does an order of an export read as events? As the order with its lines, its parcels, and the products that its SKUs stand for. */
import { encodeId } from '../../../events/subject.ts';
import { instant } from '../../files/snapshot.ts';
import { detached } from '../read/cell.ts';
import type { KnownOrder, OrderLine } from './orders.ts';
import { share } from './share.ts';
import { eventOf, type Mapped, type Shop } from './shop.ts';

/** Units of one price: where price × quantity misses the subtotal, one part of the units is a minor unit dearer, so that the sum is right. */
function priced({ quantity, unitPrice, subtotal }: OrderLine): { quantity: number; unitPrice: number }[] {
  if (unitPrice * quantity === subtotal || quantity < 1) return [{ quantity, unitPrice }];
  const low = Math.floor(subtotal / quantity);
  const dearer = subtotal - low * quantity;
  return [
    { quantity: quantity - dearer, unitPrice: low },
    { quantity: dearer, unitPrice: low + 1 },
  ].filter((part) => part.quantity > 0);
}

function linesOf({ lines, taxes }: KnownOrder) {
  const values = lines.map((line) => Math.max(0, line.subtotal - line.sellerDiscount - line.platformDiscount));
  const tax = taxes > 0 ? share(taxes, values) : [];
  return lines.flatMap((line, i) =>
    priced(line).map(({ quantity, unitPrice }, part) => ({
      // The file names no product: the SKU stands for it.
      productId: line.skuId,
      sku: line.skuId,
      sellerSku: line.sellerSku,
      title: line.title,
      variation: line.variation,
      category: line.category,
      quantity,
      unitPrice,
      sellerDiscount: part === 0 ? line.sellerDiscount : 0,
      platformDiscount: part === 0 ? line.platformDiscount : 0,
      tax: part === 0 ? tax[i] || undefined : undefined,
      returnedQuantity: part === 0 ? line.returned || undefined : undefined,
    })),
  );
}

/** The neutral status: the file's word, or what its times say where the word is not known. */
function statusOf({ status, cancelled, delivered, shipped, paid }: KnownOrder): string {
  if (status) return status;
  return cancelled ? 'cancelled' : delivered ? 'delivered' : shipped ? 'shipped' : paid ? 'paid' : 'placed';
}

const known = (at: number | undefined): string | undefined => (at === undefined ? undefined : instant(at));

/** The order as it stands in its export, or what is wrong with its rows. */
export function orderEvent(order: KnownOrder, shop: Shop): Mapped {
  if (order.problems.length) return { problems: order.problems };
  const status = statusOf(order);
  const data = {
    status,
    placedAt: known(order.created),
    paidAt: known(order.paid),
    cancelledAt: known(order.cancelled),
    currency: shop.currency,
    lines: linesOf(order),
    shippingCharged: order.shipping,
    cancellationFault: status === 'cancelled' ? order.cancelledBy : undefined,
    cancelReason: order.cancelReason,
    cod: order.isCod || undefined,
    packages: order.parcels.size,
    orderAmount: order.orderAmount,
    paymentDiscount: order.paymentDiscount,
    refundedAmount: order.refundAmount || undefined,
    purchaseChannel: order.purchaseChannel,
  };
  const times = [order.created, order.paid, order.ready, order.shipped, order.delivered, order.cancelled];
  const subject = `order/${encodeId(order.id)}`;
  return { where: order.where, event: eventOf(shop, { entity: 'order', subject, version: order.exportedAt, times, data }) };
}

/** What the newest order of each SKU calls it, by SKU. */
export type NewestLines = Map<
  string,
  { title: string; category: string | undefined; created: number; exportedAt: number; where: string }
>;

/** Notes what an order calls its SKUs: the file names no product, so the SKU stands for it. */
export function noteNames(newest: NewestLines, { problems, lines, created = 0, exportedAt, where }: KnownOrder): void {
  if (problems.length > 0) return;
  for (const { skuId, title, variation, category } of lines) {
    const known = newest.get(skuId);
    if (title === undefined || (known && created < known.created)) continue;
    const named = variation ? `${title}, ${variation}` : title;
    if (known) Object.assign(known, { created, exportedAt, where });
    if (known?.title === named && known.category === category) continue;
    const kept = { title: detached(named), category: category && detached(category) };
    newest.set(detached(skuId), { ...kept, created, exportedAt, where });
  }
}

/** The products that stand for the SKUs of an export. */
export const productEvents = (newest: NewestLines, shop: Shop): Mapped[] =>
  [...newest].map(([skuId, { title, category, created, exportedAt, where }]) => {
    const data = { title, category, currency: shop.currency };
    const subject = `product/${encodeId(skuId)}`;
    return { where, event: eventOf(shop, { entity: 'product', subject, version: exportedAt, times: [created], data }) };
  });

/** The parcels of an order. Of one in several parcels the times are the order's, which is all that the file has. */
export function shipmentEvents(order: KnownOrder, shop: Shop): Mapped[] {
  const { ready, shipped, delivered, exportedAt: version, where } = order;
  if (order.problems.length || ready === undefined) return [];
  const status = delivered
    ? 'delivered'
    : statusOf(order) === 'cancelled'
      ? 'cancelled'
      : shipped
        ? 'in_transit'
        : 'label_created';
  return [...order.parcels.values()].map(({ id, carrier, service, trackingKey: key }) => {
    const data = {
      status,
      carrier,
      service,
      labelAt: known(ready),
      handedOverAt: known(shipped),
      deliveredAt: known(delivered),
      region: order.region,
      fulfilledBy: order.fulfilledBy,
    };
    const subject = `order/${encodeId(order.id)}/shipment/${encodeId(id)}`;
    const times = [ready, shipped, delivered];
    return { where, event: eventOf(shop, { entity: 'shipment', subject, version, times, data, trackingKey: key }) };
  });
}
