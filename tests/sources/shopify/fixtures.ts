/** What do Shopify's examples hold, and what is an order of them as an event? */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type CloudEvent, parseEvent } from '../../../shared/events/parse.ts';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { objectOf, type Raw } from '../../../shared/sources/record.ts';
import { shopifyOrder } from '../../../shared/sources/shopify/order.ts';

export const path = (name: string): string => fileURLToPath(new URL(`../../fixtures/shopify/${name}`, import.meta.url));
export const text = (name: string): string => readFileSync(path(name), 'utf8');
export const shop = { creatorId: 'c-1', domain: 'example.myshopify.com', buyerSecret: 'a secret' };
const now = Date.UTC(2026, 10, 30);

/** The events, once each of them has passed the service's own check. */
export function valid(events: CloudEvent[]): CloudEvent[] {
  for (const event of events) {
    const parsed = parseEvent(event, now);
    expect(parsed.ok ? 'taken' : `${event.subject}: ${parsed.message}`).toBe('taken');
  }
  return events;
}
/** The example order, changed. */
export const order = (changed: Raw = {}): Raw => ({ ...objectOf(JSON.parse(text('orders-create.json'))), ...changed });
/** What the service takes of it. */
export const dataOf = (changed: Raw = {}) => valid([shopifyOrder(order(changed), shop, newNotes())])[0]?.data;
