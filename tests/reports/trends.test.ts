/** Is a trend of the days that are over and have a number, and is what is too short told in words? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysOf } from '../../shared/time.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { aLine, anOrder } from '../make/snapshots.ts';

let shop: Shop;
const today = '2026-03-31';
/** A sale on each day from `first` to yesterday, of as many units as `of` says. */
const sales = (creator: string, first: string, of: (place: number) => number) =>
  daysOf(first, addDays(today, -1)).flatMap((day, i) => {
    const at = `${day}T17:00:00Z`;
    const quantity = of(i);
    if (quantity === 0) return [];
    return [anOrder({ placedAt: at, paidAt: at, lines: [aLine({ quantity })] }, { order: `o-${i}`, creator })];
  });
const get = async (creator: string, query: object) => {
  const days = { from: addDays(today, -90), to: today };
  return shop.get('trends', { ...days, ...query } as Record<string, string>, creator);
};

beforeAll(async () => {
  shop = await makeShop(`${today}T20:10:00Z`);
  await shop.load(
    'c-1',
    sales('c-1', addDays(today, -90), (i) => 20 + i + (i % 3)),
  );
  await shop.load(
    'c-short',
    sales('c-short', addDays(today, -10), () => 2),
  );
  await shop.load(
    'c-odd',
    sales('c-odd', addDays(today, -90), (i) => (i % 2 ? 3 : 0)),
  );
});
afterAll(() => shop.close());

describe('a trend', () => {
  it('is of the days that are over', async () => {
    const { status, json } = await get('c-1', { name: 'units' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ n: 90, to: addDays(today, -1), reasons: ['no_year_before'], changes: expect.any(Array) });
    expect(json.slope.value).toBeCloseTo(1, 1);
    expect(json.slope.lower).toBeLessThanOrEqual(json.slope.value);
    expect(json.weekdays).toHaveLength(7);
  });

  it('of a shop that is too young has its reason, and no number', async () => {
    const { json } = await get('c-short', { name: 'units' });
    expect(json).toMatchObject({ n: 10, level: null, slope: null, weekdays: null, changes: [] });
    expect(json.reasons).toEqual(['too_short', 'no_year_before']);
  });

  it('of a rate leaves out days without one, and then has no weekdays', async () => {
    const { json } = await get('c-odd', { name: 'averageOrderValue' });
    expect(json).toMatchObject({
      n: 45,
      weekdays: null,
      reasons: ['too_short_for_weekdays', 'days_without_number', 'no_year_before'],
    });
  });

  it('is refused where there is no number of a day, and over more than two years', async () => {
    expect((await get('c-1', { name: 'slaAtRisk' })).json.issues[0].message).toMatch(/has no number of a day/);
    expect((await get('c-1', { name: 'units', from: '2023-01-01' })).json.issues[0].message).toMatch(/is more than two years/);
  });
});
