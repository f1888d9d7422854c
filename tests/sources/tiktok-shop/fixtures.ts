/** What do the vendor's examples hold? Read as a body that came in is read. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type CloudEvent, parseEvent } from '../../../shared/events/parse.ts';
import { readJson } from '../../../shared/sources/read-json.ts';
import { objectOf, type Raw } from '../../../shared/sources/record.ts';
import type { Shop } from '../../../shared/sources/tiktok-shop/shop.ts';

/** Example bodies are of 2019 to 2026. */
export const readAt = Date.UTC(2026, 10, 30, 12);
export const shop: Shop = {
  creatorId: 'c-1',
  shopId: '7000714532876273420',
  timeZone: 'Asia/Jakarta',
  buyerSecret: 'a secret',
  connectedAt: 0,
};

export const fixtureText = (name: string): string =>
  readFileSync(new URL(`../../fixtures/tiktok-shop/${name}`, import.meta.url), 'utf8');
/** `data` of an answer. */
export const answerOf = (name: string): Raw => objectOf(objectOf(readJson(fixtureText(`${name}.response.json`))).data);

/** The events, once each of them has passed the service's own check. */
export function valid(events: CloudEvent[]): CloudEvent[] {
  for (const event of events) {
    const parsed = parseEvent(event, readAt);
    expect(parsed.ok ? 'taken' : `${event.subject}: ${parsed.message}`).toBe('taken');
  }
  return events;
}

/** Unix seconds of an instant. */
export const at = (iso: string): number => Date.parse(iso) / 1000;
/** A line item of an order, which is one unit. */
export const unit = (changed: Raw = {}): Raw => ({
  id: '577086512123755123',
  product_id: '1729582718312380123',
  sku_id: '2729382476852921560',
  original_price: '19.99',
  seller_discount: '2.00',
  platform_discount: '1.00',
  item_tax: [{ tax_amount: '1.40' }],
  ...changed,
});
/** An order as a list of orders has it. */
export const order = (changed: Raw = {}): Raw => ({
  id: '576461413038785752',
  status: 'AWAITING_SHIPMENT',
  create_time: at('2026-03-01T14:00:00Z'),
  update_time: at('2026-03-01T14:05:00Z'),
  paid_time: at('2026-03-01T14:03:00Z'),
  payment: { currency: 'USD', shipping_fee: '4.99' },
  line_items: [unit(), unit({ id: '2' })],
  ...changed,
});
