/** What does a demo shop spend beside its orders? Ads by the month and the promotion, samples, packaging, a fee, a subscription. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { addDays, lastDayOfMonth, monthOf } from '../../shared/time.ts';
import { type DemoFrame, firstDay, promotionOn } from './calendar.ts';
import { demoSource } from './lifecycle-events.ts';
import { between, randomOf } from './random.ts';
import type { DemoShop } from './shops.ts';

interface Spend {
  id: string;
  kind: string;
  amount: number;
  campaign?: string;
  from: string;
  to: string;
}

function spendOfMonth(shop: DemoShop, frame: DemoFrame, from: string, to: string): Spend[] {
  const month = monthOf(from);
  const random = randomOf(frame.seed, shop.creatorId, 'costs', month);
  const about = (share: number) => Math.round(shop.adsPerMonth * share * between(random, 0.85, 1.15));
  return [
    { id: `ads-${month}`, kind: 'ads', amount: about(0.7), campaign: 'always-on', from, to },
    { id: `samples-${month}`, kind: 'samples', amount: about(0.08), from, to },
    { id: `creator-fee-${month}`, kind: 'creator_fee', amount: about(0.15), from, to },
    { id: `packaging-${month}`, kind: 'packaging', amount: about(0.1), from, to },
    { id: `subscription-${month}`, kind: 'subscription', amount: Math.round(shop.adsPerMonth * 0.03), from, to },
  ];
}

function* spending(shop: DemoShop, frame: DemoFrame, last: string): Generator<Spend> {
  const first = firstDay(frame.today);
  for (let from = first; from <= last; from = addDays(lastDayOfMonth(monthOf(from)), 1))
    yield* spendOfMonth(shop, frame, from, lastDayOfMonth(monthOf(from)));
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const promotion = promotionOn(day);
    if (!promotion || promotionOn(addDays(day, -1)) === promotion) continue;
    let to = day;
    while (promotionOn(addDays(to, 1)) === promotion) to = addDays(to, 1);
    yield {
      id: `ads-${promotion.campaign}-${day}`,
      kind: 'ads',
      amount: Math.round(shop.adsPerMonth * 0.25 * promotion.lift),
      campaign: promotion.campaign,
      from: day,
      to,
    };
  }
}

/** Spend from the first day of history to a last one; that of the running month is known from its first day on. */
export function* costsOf(shop: DemoShop, frame: DemoFrame, last: string): Generator<CloudEvent> {
  const { creatorId, profile } = shop;
  for (const { id, ...spend } of spending(shop, frame, last)) {
    const at = instantOf(`${spend.from} 00:00:00`, profile.timeZone);
    const data = { ...spend, currency: profile.currency };
    yield snapshot({ source: demoSource, entity: 'cost', creatorId, subject: `cost/${id}`, at, data });
  }
}
