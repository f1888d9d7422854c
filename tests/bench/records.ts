/** Which records do the measurements send? Events as collect would stamp them. */
import { entities, typeOf } from '../../shared/events/entities.ts';
import { type CloudEvent, parseEvent } from '../../shared/events/parse.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { sequenceOf } from '../../shared/fold/sequence.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { beginning } from '../../shared/time.ts';

let count = 0;

/** Of the shop's own page: a campaign and a video would be two dimensions more, which older measurements did not have. */
const { campaign: _, contentId: __, ...example } = entities.get('order')?.example.data ?? {};

/** Events as records of a stream, in the order given. Throws on an event that collect would refuse. */
export function incomingOf(events: CloudEvent[], zone = 'America/New_York', currency = 'USD'): Incoming[] {
  return events.map((event) => {
    const parsed = parseEvent(event, Date.now());
    if (!parsed.ok) throw new Error(`${event.subject}: ${parsed.message}`);
    const stamp = {
      definitions: dictionary.latest,
      profile: 1,
      zones: [{ from: beginning, zone }],
      currency,
      generation: 1,
      epoch: 1,
      receivedAt: new Date().toISOString(),
    };
    return {
      seq: sequenceOf(1, String(++count).padStart(56, '0')),
      record: { event: parsed.event, stamp },
      entity: parsed.entity,
      subject: parsed.subject,
    };
  });
}

/** A one-line order with ids as long as TikTok Shop's (18 and 19 digits), `spacing` ms after the one before: 500 an hour. */
export function oneLineOrder(n: number, version: number, data: Record<string, unknown> = {}, spacing = 7_200): CloudEvent {
  const placed = Date.parse('2026-03-01T00:00:00Z') + n * spacing;
  const at = (minutes: number) => new Date(placed + minutes * 60_000).toISOString();
  const product = String(1729000000000000000n + BigInt(n % 10) * 7919n);
  return {
    specversion: '1.0',
    id: `${n}-${version}`,
    source: '/tiktok-shop/7495',
    type: typeOf('order'),
    subject: `order/${576461000000000000n + BigInt(n)}`,
    time: at(3),
    creatorid: 'c-1',
    entityversion: placed + 180_000 + version,
    data: {
      ...example,
      status: 'paid',
      placedAt: at(0),
      paidAt: at(3),
      channel: ['live', 'video', 'product_card'][n % 3],
      lines: [
        {
          productId: product,
          sku: `${product}-1`,
          category: 'beauty',
          quantity: 1 + (n % 3),
          unitPrice: 1999,
          sellerDiscount: 100,
          platformDiscount: 200,
          tax: 310,
        },
      ],
      shipBy: at(2 * 1440),
      deliverBy: at(7 * 1440),
      ...data,
    },
  };
}
