/** What does a demo shop say of itself? Profile, products, dated unit costs and supply. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { type DemoFrame, firstDay } from './calendar.ts';
import { demoSource } from './lifecycle-events.ts';
import type { DemoProduct, DemoShop } from './shops.ts';

/** Dated unit costs: as of the first day, and 4 % more from the next first of July on. */
function costsOf(product: DemoProduct, { today }: DemoFrame): { from: string; amount: number }[] {
  if (product.cost === undefined) return [];
  const first = firstDay(today);
  const july = `${Number(first.slice(0, 4)) + (first.slice(5) < '07-01' ? 0 : 1)}-07-01`;
  return [
    { from: first, amount: product.cost },
    { from: july, amount: Math.round(product.cost * 1.04) },
  ];
}

/** The unit cost in force on a day, minor units. */
export const unitCostOn = (product: DemoProduct, day: string, frame: DemoFrame): number | undefined =>
  costsOf(product, frame).findLast(({ from }) => from <= day)?.amount;

const founded = (shop: DemoShop, { today }: DemoFrame): number => instantOf(`${firstDay(today)} 00:00:00`, shop.profile.timeZone);

/** The creator's own event. */
export const creatorOf = (shop: DemoShop, frame: DemoFrame): CloudEvent =>
  snapshot({
    source: demoSource,
    entity: 'creator',
    creatorId: shop.creatorId,
    subject: `creator/${shop.creatorId}`,
    at: founded(shop, frame),
    data: shop.profile,
  });

/** Products, unit costs and supply, all told on the first day. */
export function* catalogueOf(shop: DemoShop, frame: DemoFrame): Generator<CloudEvent> {
  const { creatorId } = shop;
  const { currency } = shop.profile;
  const at = founded(shop, frame);
  for (const product of shop.products) {
    const { id, sku, title, category, price, leadTimeDays, leadTimeDeviation } = product;
    const told = (entity: string, subject: string, data: CloudEvent['data']) =>
      snapshot({ source: demoSource, entity, creatorId, subject, at, data });
    yield told('product', `product/${id}`, { title, category, status: 'active', listPrice: price, currency });
    for (const { from, amount } of costsOf(product, frame))
      yield told('unit-cost', `unit-cost/${sku}/${from}`, { amount, currency });
    yield told('supply', `supply/${sku}`, { leadTimeDays, leadTimeDeviation, supplier: `Supplier of ${category}` });
  }
}
