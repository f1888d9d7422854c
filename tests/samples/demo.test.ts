/** Is the demo a believable year, the same for the same seed, and all of it valid? */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoHistory, frameOf, livesOn, localDay } from '../../samples/demo/history.ts';
import { eventsAt, momentsOf, newsOf } from '../../samples/demo/lifecycle-events.ts';
import { demoShops } from '../../samples/demo/shops.ts';
import { entities } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { addDays } from '../../shared/time.ts';
import { countByEntity, refusals } from './events-of.ts';

const now = Date.parse('2026-11-22T19:30:00Z');

function historyOf(seed: number, at = now): CloudEvent[] {
  return [...demoHistory({ seed, now: at })].flatMap(({ creator, events }) => [creator, ...events]);
}

const digest = (events: CloudEvent[]): string => createHash('sha256').update(JSON.stringify(events)).digest('hex');

describe('a demo’s history', () => {
  const events = historyOf(1);

  test('is valid, has each entity once, and knows nothing of the future', () => {
    expect(refusals(events, now)).toEqual([]);
    expect(new Set(events.map((event) => `${event.creatorid} ${event.subject}`)).size).toBe(events.length);
    expect(events.filter((event) => event.entityversion > now || Date.parse(event.time) > now)).toEqual([]);
  });

  // Rows of statements and exports of Seller Center, of which the demo has none; no number is made of them yet.
  const ofFilesAlone = ['adjustment', 'product-period'];

  test('holds every entity for every creator but those of files', () => {
    for (const { creatorId } of demoShops) {
      const counts = countByEntity(events.filter((event) => event.creatorid === creatorId));
      expect([...Object.keys(counts), ...ofFilesAlone].sort()).toEqual([...entities.keys()].sort());
      expect(counts.order).toBeGreaterThan(1500);
    }
  });

  test('is the same for the same seed and now, and another for another seed', () => {
    expect(digest(historyOf(1))).toBe(digest(events));
    expect(digest(historyOf(2))).not.toBe(digest(events));
  });

  test('grows, sells more in promotions, and ships most orders in time', () => {
    const orders = events.filter((event) => event.type.includes('.order.') && event.creatorid === 'c-1');
    const placedIn = (from: string, to: string) =>
      orders.filter(({ data }) => String(data.placedAt) >= from && String(data.placedAt) < to).length;
    expect(placedIn('2026-09-01', '2026-11-01')).toBeGreaterThan(1.2 * placedIn('2026-01-01', '2026-03-01'));
    const blackFriday = placedIn('2025-11-24', '2025-12-01') / 7;
    expect(blackFriday).toBeGreaterThan(placedIn('2026-01-10', '2026-01-31') / 21);
  });
});

test('whenever a demo is begun, every shop has overdue orders and orders still in time', () => {
  for (let hour = 0; hour < 7 * 24; hour += 5) {
    const at = now + hour * 3_600_000;
    for (const shop of demoShops) {
      const frame = frameOf(shop, { seed: 1, now: at });
      const days = Array.from({ length: 12 }, (_, i) => addDays(localDay(shop, at), i - 11));
      const open = days
        .flatMap((day) => livesOn(shop, day, frame))
        .filter((life) => life.paidAt !== undefined && life.paidAt <= at && life.parcel && life.parcel.handedOverAt > at);
      const place = `${shop.creatorId} at ${new Date(at).toISOString()}`;
      expect(open.filter((life) => life.shipBy < at).length, `overdue in ${place}`).toBeGreaterThan(0);
      expect(open.filter((life) => life.shipBy >= at).length, `in time in ${place}`).toBeGreaterThan(0);
    }
  }
});

test('a life told step by step ends in the snapshots that it has when told at once', () => {
  const [shop] = demoShops;
  if (!shop) throw new Error('no shop');
  for (const life of livesOn(shop, '2026-10-10', frameOf(shop, { seed: 1, now }))) {
    const moments = momentsOf(life);
    const newest = new Map<string, CloudEvent>();
    let from = 0;
    for (const at of moments) {
      for (const event of newsOf(life, from, at)) newest.set(event.subject, event);
      from = at;
    }
    expect([...newest.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual(
      eventsAt(life, moments.at(-1) ?? 0).sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    );
    expect(life.parcel === undefined || life.parcel.labelAt < life.parcel.handedOverAt).toBe(true);
  }
});
