/** What does a large shop's history look like? A million events of one creator over a year: orders, shipments, settlements, reviews. */
import { typeOf } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';

const minute = 60_000;
const products = 200;

/** Cheap and repeatable: a number from 0 to n − 1 for a place in a sequence. */
const scatter = (i: number, salt: number, n: number): number => ((Math.imul(i + 1, 2654435761) >>> 3) % (7919 + salt)) % n;

const event = (creatorid: string, entity: string, subject: string, time: number, data: CloudEvent['data']): CloudEvent => ({
  specversion: '1.0',
  id: `${subject}@${time}`,
  source: '/bench',
  type: typeOf(entity),
  subject,
  time: new Date(time).toISOString(),
  creatorid,
  entityversion: time,
  data,
});

/** The profile of the shop. */
export const shopProfile = (creatorId: string, time: number): CloudEvent =>
  event(creatorId, 'creator', `creator/${creatorId}`, time, { name: 'Bench', timeZone: 'America/New_York', currency: 'USD' });

function* livesOf(creatorId: string, count: number, until: number): Generator<CloudEvent> {
  const orders = Math.ceil((count * 3) / 10);
  const step = Math.floor((365 * 24 * 60 * minute) / orders);
  const at = (time: number) => new Date(Math.min(time, until)).toISOString();
  for (let n = 0, made = 0; made < count; n++) {
    const placed = until - 365 * 24 * 60 * minute + n * step;
    const root = `order/${576461000000000000n + BigInt(n)}`;
    const product = scatter(n, 1, products);
    const quantity = 1 + scatter(n, 2, 3);
    // biome-ignore format: an order's life reads as one
    const parts = [
      event(creatorId, 'order', root, placed + 3 * minute, {
        status: 'paid', placedAt: at(placed), paidAt: at(placed + 3 * minute), currency: 'USD', channel: ['live', 'video', 'product_card', 'shop'][n % 4],
        lines: [{ productId: `p-${product}`, sku: `s-${product}`, category: `category-${product % 12}`, quantity, unitPrice: 999 + product * 10, sellerDiscount: (n % 5) * 50, tax: 120 }],
        shippingCharged: 499, shipBy: at(placed + 2 * 1440 * minute), deliverBy: new Date(placed + 7 * 1440 * minute).toISOString(),
      }),
      event(creatorId, 'shipment', `${root}/shipment/1`, placed + 1440 * minute, {
        status: 'delivered', carrier: ['USPS', 'UPS', 'FedEx'][n % 3], region: `US-${['CA', 'TX', 'NY', 'FL'][n % 4]}`, labelCost: 412,
        labelAt: at(placed + 600 * minute), handedOverAt: at(placed + (700 + scatter(n, 3, 3000)) * minute), deliveredAt: at(placed + (4000 + scatter(n, 4, 6000)) * minute),
      }),
      event(creatorId, 'settlement', `${root}/settlement/1`, placed + 2000 * minute, { currency: 'USD', settledAmount: 900 }),
      ...(n % 3 === 0 ? [event(creatorId, 'review', `${root}/review/1`, Math.min(placed + 9000 * minute, until), { productId: `p-${product}`, rating: 1 + scatter(n, 5, 5), submittedAt: at(placed + 9000 * minute) })] : []),
    ];
    yield* parts.slice(0, count - made);
    made += parts.length;
  }
}

/** `count` events ending at `until` (ms), spread evenly over a year; three to four events an order. Nothing is told before it happened. */
export function* shopHistory(creatorId: string, count: number, until: number): Generator<CloudEvent> {
  for (const one of livesOf(creatorId, count, until)) {
    const time = Math.min(one.entityversion, until);
    yield { ...one, time: new Date(time).toISOString(), entityversion: time };
  }
}
