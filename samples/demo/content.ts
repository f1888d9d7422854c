/** How did a demo shop's video and LIVE do on a day? Views and clicks around the orders that came from them. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { addDays } from '../../shared/time.ts';
import { type DemoFrame, liveContentOn, liveOn, videoOn } from './calendar.ts';
import type { OrderLifecycle } from './lifecycle.ts';
import { demoSource } from './lifecycle-events.ts';
import { between, randomOf, whole } from './random.ts';
import type { DemoShop } from './shops.ts';

const paidFor = ({ basket }: OrderLifecycle): number =>
  basket.lines.reduce(
    (sum, { unitPrice, quantity, sellerDiscount }) => sum + unitPrice * quantity - sellerDiscount,
    basket.shippingCharged,
  );

/** The day's video, and its LIVE where there was one, as the platform reports them the next morning. */
export function* contentOn(
  shop: DemoShop,
  day: string,
  lifecycles: readonly OrderLifecycle[],
  frame: DemoFrame,
): Generator<CloudEvent> {
  const { creatorId, profile } = shop;
  const at = instantOf(`${addDays(day, 1)} 01:00:00`, profile.timeZone);
  const shown = [{ kind: 'video', contentId: videoOn(day), clicksPerOrder: 22 }];
  if (liveOn(shop, day, frame)) shown.push({ kind: 'live', contentId: liveContentOn(day), clicksPerOrder: 12 });
  for (const { kind, contentId, clicksPerOrder } of shown) {
    const random = randomOf(frame.seed, creatorId, 'content', contentId, day);
    const bought = lifecycles.filter((lifecycle) => lifecycle.contentId === contentId && lifecycle.paidAt !== undefined);
    const clicks = whole(random, 20, 90) + Math.round(bought.length * clicksPerOrder * between(random, 0.8, 1.2));
    const data = {
      views: Math.round(clicks * between(random, 18, 40)),
      clicks,
      orders: bought.length,
      gmv: bought.reduce((sum, lifecycle) => sum + paidFor(lifecycle), 0),
      currency: profile.currency,
    };
    yield snapshot({
      source: demoSource,
      entity: 'content-day',
      creatorId,
      subject: `content/${kind}/${contentId}/${day}`,
      at,
      data,
    });
  }
}
