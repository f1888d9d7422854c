/** How much is left on a demo shop's shelf at the end of each day? Sold units go out, reorders come in, sometimes too late. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { instant, snapshot } from '../../shared/sources/files/snapshot.ts';
import { addDays } from '../../shared/time.ts';
import type { DemoFrame } from './calendar.ts';
import { aDay, type OrderLifecycle } from './lifecycle.ts';
import { demoSource } from './lifecycle-events.ts';
import { normal, randomOf } from './random.ts';
import type { DemoProduct, DemoShop } from './shops.ts';

interface Shelf {
  product: DemoProduct;
  onHand: number;
  incoming: { quantity: number; day: string }[];
  /** Units per day, smoothed over about two weeks. */
  demand: number;
}

/** A stock room; told the lifecycles of each day in turn, it closes the day. */
export function stockRoom(shop: DemoShop, frame: DemoFrame) {
  const weight = shop.products.reduce((sum, product) => sum + product.popularity, 0);
  const shelves: Shelf[] = shop.products.map((product) => {
    const demand = (1.3 * (shop.ordersPerDay / shop.growth) * product.popularity) / weight;
    return { product, onHand: Math.round(demand * (product.leadTimeDays + 25)), incoming: [], demand };
  });
  // Units whose parcel has not left by the end of a day.
  let waiting: { sku: string; quantity: number; leavesAt: number }[] = [];

  function reorder(shelf: Shelf, day: string): void {
    const { product, demand, onHand, incoming } = shelf;
    const coming = incoming.reduce((sum, { quantity }) => sum + quantity, 0);
    // Ordered by mean demand alone, with little safety: long lead times that vary run dry now and then.
    if (onHand + coming > demand * (product.leadTimeDays + 4)) return;
    const days = Math.max(
      3,
      Math.round(
        normal(randomOf(frame.seed, shop.creatorId, 'supply', product.sku, day), product.leadTimeDays, product.leadTimeDeviation),
      ),
    );
    incoming.push({ quantity: Math.max(12, Math.ceil((demand * 40) / 12) * 12), day: addDays(day, days) });
  }

  function closed(shelf: Shelf, day: string, endOfDay: number): CloudEvent {
    const { product, onHand, incoming } = shelf;
    const data = {
      productId: product.id,
      onHand,
      committed: waiting.filter(({ sku }) => sku === product.sku).reduce((sum, { quantity }) => sum + quantity, 0),
      incoming: incoming.map((each) => ({
        quantity: each.quantity,
        expectedAt: instant(instantOf(`${each.day} 12:00:00`, shop.profile.timeZone)),
      })),
    };
    const subject = `stock/${product.sku}@warehouse-1/${day}`;
    return snapshot({
      source: demoSource,
      entity: 'stock-day',
      creatorId: shop.creatorId,
      subject,
      at: endOfDay + 300_000,
      data,
    });
  }

  /** Closes a day with the lifecycles that began on it. */
  return function* closeDay(day: string, lifecycles: readonly OrderLifecycle[]): Generator<CloudEvent> {
    const endOfDay = instantOf(`${addDays(day, 1)} 00:00:00`, shop.profile.timeZone);
    const sold = new Map<string, number>();
    for (const { basket, parcel } of lifecycles) {
      if (!parcel) continue;
      for (const { product, quantity } of basket.lines) {
        sold.set(product.sku, (sold.get(product.sku) ?? 0) + quantity);
        waiting.push({ sku: product.sku, quantity, leavesAt: parcel.handedOverAt });
      }
    }
    waiting = waiting.filter(({ leavesAt }) => leavesAt > endOfDay && leavesAt < endOfDay + 10 * aDay);
    for (const shelf of shelves) {
      const units = sold.get(shelf.product.sku) ?? 0;
      shelf.demand += (units - shelf.demand) / 14;
      const arrived = shelf.incoming.filter((each) => each.day <= day).reduce((sum, { quantity }) => sum + quantity, 0);
      shelf.incoming = shelf.incoming.filter((each) => each.day > day);
      shelf.onHand = Math.max(0, shelf.onHand + arrived - units);
      reorder(shelf, day);
      yield closed(shelf, day, endOfDay);
    }
  };
}
