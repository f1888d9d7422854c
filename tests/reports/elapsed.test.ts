/** Is a range that still runs compared with exactly as much of the earlier one? Held against orders counted one by one, in three zones. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../shared/calendar.ts';
import { comparisons } from '../../shared/reports/compare.ts';
import { presets } from '../../web/view/presets.ts';
import { makeOrder } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
});
afterAll(() => shop.close());

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Independent of the product's own calendar: day and time of the clock, as the platform tells them. */
const clockOf = (instant: string, timeZone: string): { day: string; time: string } => {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, clock);
  const [day = '', time = ''] = clock.format(new Date(instant)).split(' ');
  return { day, time };
};

interface Stretch {
  from: string;
  to: string;
  until?: string;
}
const counts = (stretch: Stretch, instant: string, zone: string): boolean => {
  const { day, time } = clockOf(instant, zone);
  if (day < stretch.from || day > stretch.to) return false;
  return stretch.until === undefined || day < stretch.to || time < stretch.until;
};

// Around both clock changes of each zone, and around month's ends.
const scenes: { zone: string; calendar: Calendar; nows: string[] }[] = [
  {
    zone: 'America/New_York',
    calendar: { weekStart: 'sunday', fiscalYearStart: 2 },
    nows: ['2026-03-08T16:30:00Z', '2026-03-09T04:30:00Z', '2026-11-01T05:45:00Z', '2026-11-02T05:30:00Z'],
  },
  {
    zone: 'Asia/Jakarta',
    calendar: { weekStart: 'saturday', fiscalYearStart: 4 },
    nows: ['2026-03-31T03:17:00Z', '2026-02-28T17:30:00Z'],
  },
  {
    zone: 'Europe/London',
    calendar: { weekStart: 'monday', fiscalYearStart: 1 },
    nows: ['2026-03-29T00:59:00Z', '2026-03-30T11:00:00Z', '2026-10-25T01:30:00Z', '2028-02-29T09:00:00Z'],
  },
];

describe.each(scenes)('in $zone, weeks from $calendar.weekStart', ({ zone, calendar, nows }) => {
  it.each(nows)('at %s every preset and comparison covers as much on either side', async (now) => {
    const at = Date.parse(now);
    const minutes = fc.sample(fc.integer({ min: 1, max: 60 * 24 * 70 }), { numRuns: 60, seed: at % 1000 });
    const paid = [...minutes.map((minute) => at - minute * 60_000), at - 395 * 86_400_000, at - 364 * 86_400_000 - 60_000];
    const instants = [...new Set(paid)].map((ms) => new Date(ms).toISOString());
    const creator = `c-${zone.replace('/', '-')}-${at}`;
    shop.setNow(now);
    await shop.load(
      creator,
      instants.map((paidAt, i) => makeOrder(`o-${i}`, { creator, paidAt, unitPrice: i + 1, channel: i % 2 ? 'live' : 'video' })),
      { timeZone: zone, preferences: calendar },
    );
    const sum = (stretch: Stretch) =>
      instants.reduce((total, instant, i) => (counts(stretch, instant, zone) ? total + i + 1 : total), 0);
    const today = clockOf(now, zone);
    for (const { days } of Object.values(presets))
      for (const compare of comparisons) {
        if (compare === 'custom') continue;
        const range = days(today.day, calendar);
        const { json } = await shop.get('kpis', { names: 'grossSales', ...range, compare, grain: 'day' }, creator);
        const [{ total, compare: then }] = json.series;
        expect(total).toBe(sum(range));
        expect({ ...then, total: then.total }).toMatchObject({ total: sum(then) });
        // As long as what has gone by: as many minutes of the last day's clock, or none of it where the earlier month is shorter.
        if (range.to >= today.day && then.until !== undefined) expect(then.until).toBe(today.time);
        expect(then.of?.until).toBe(then.until);
        if (range.to < today.day) expect(then.of).toBeUndefined();
      }
  });
});

describe('a split of today', () => {
  it('is compared by the minute, value by value', async () => {
    shop.setNow('2026-03-20T16:30:00Z');
    await shop.load('c-split', [
      makeOrder('o-0', { creator: 'c-split', paidAt: '2026-01-01T12:00:00Z', unitPrice: 1 }),
      makeOrder('o-1', { creator: 'c-split', paidAt: '2026-03-19T16:29:00Z', unitPrice: 200, channel: 'live' }),
      makeOrder('o-2', { creator: 'c-split', paidAt: '2026-03-19T16:31:00Z', unitPrice: 500, channel: 'live' }),
      makeOrder('o-3', { creator: 'c-split', paidAt: '2026-03-20T16:00:00Z', unitPrice: 300, channel: 'live' }),
    ]);
    const query = {
      names: 'grossSales',
      from: '2026-03-20',
      to: '2026-03-20',
      compare: 'previous',
      by: 'channel',
      grain: 'total',
    };
    const { series } = (await shop.get('kpis', query, 'c-split')).json;
    expect(series).toMatchObject([{ value: 'live', total: 300, compare: { until: '12:30', total: 200, change: 0.5 } }]);
  });
});
