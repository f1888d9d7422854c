/** When does it run out, and when must it be ordered? Held against counting all futures. */
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../shared/insight/customers/random.ts';
import { chanceOfAtLeast, demandUntil, forecastFromLimits } from '../../../shared/insight/inventory/demand-ahead.ts';
import { type OrderTerms, orderBy, stockOut, suggestedOrder } from '../../../shared/insight/inventory/stock-ahead.ts';

const flat = (days: number, mean: number, sd: number) => ({ mean: Array(days).fill(mean), sd: Array(days).fill(sd) });
const terms: OrderTerms = { lead: { days: 10, sd: 0 }, safetyDays: 2, serviceLevel: 0.95, coverDays: 30, minimumOrder: 1 };

describe('demand ahead', () => {
  it('sums means; variances add for errors of their own, deviations for errors in common', () => {
    const forecast = flat(4, 100, 20);
    expect(demandUntil(forecast)[4]).toEqual({ mean: 400, variance: 1600 });
    expect(demandUntil({ ...forecast, errorCorrelation: 1 })[4]?.variance).toBeCloseTo(6400, 9);
  });

  it('is never surer than units that come one by one', () =>
    expect(demandUntil(flat(3, 2, 0))[3]).toEqual({ mean: 6, variance: 6 }));

  it('of a day without a number is refused', () => {
    expect(() => demandUntil({ mean: [1, Number.NaN], sd: [1, 1] })).toThrow(/day 2/);
    expect(() => demandUntil({ mean: [1, 2], sd: [1] })).toThrow(/day 2/);
  });

  it('takes limits of any share for a deviation', () => {
    const { sd } = forecastFromLimits([10], [10 - 1.2815515655], [10 + 1.2815515655], 0.8);
    expect(sd[0]).toBeCloseTo(1, 6);
  });

  it('of few units is counted: Poisson and negative binomial', () => {
    expect(chanceOfAtLeast(1, { mean: 2, variance: 2 })).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(chanceOfAtLeast(3, { mean: 2, variance: 2 })).toBeCloseTo(1 - 5 * Math.exp(-2), 12);
    // Size 1: geometric with success 1/3.
    expect(chanceOfAtLeast(2, { mean: 2, variance: 6 })).toBeCloseTo((2 / 3) ** 2, 12);
    expect(chanceOfAtLeast(0, { mean: 0, variance: 0 })).toBe(1);
    expect(chanceOfAtLeast(5, { mean: 0, variance: 0 })).toBe(0);
  });

  it('counted and normal meet where one takes over', () => {
    for (const variance of [500, 2000]) {
      const [counted, normal] = [500, 501].map((units) => chanceOfAtLeast(units, { mean: 500, variance })) as [number, number];
      expect(Math.abs(counted - normal)).toBeLessThan(0.03);
      expect(counted).toBeGreaterThan(0.4);
    }
  });

  it('falls with units and rises with demand, whatever the forecast', () => {
    const random = randomOf(11);
    for (let round = 0; round < 200; round++) {
      const mean = 400 * random.uniform();
      const ahead = { mean, variance: mean * (1 + 5 * random.uniform()) };
      let before = 1;
      for (let units = 0; units < 1200; units += 37) {
        const chance = chanceOfAtLeast(units, ahead);
        expect(chance).toBeGreaterThanOrEqual(0);
        // Where normal takes over from counting it may rise by a little.
        expect(chance).toBeLessThanOrEqual(before + 0.03);
        before = chance;
      }
    }
  });
});

describe('a stock-out', () => {
  it('has the chance of the share of simulated futures', () => {
    const forecast = flat(20, 6, 4);
    const { chances } = stockOut({ available: 90, incoming: [] }, forecast);
    const random = randomOf(5);
    const [futures, out] = [20_000, Array<number>(20).fill(0)];
    for (let future = 0; future < futures; future++) {
      let left = 90;
      for (let day = 0; day < 20; day++) {
        // A day of mean 6 and deviation 4, in whole units: Poisson of a gamma.
        const rate = (random.gamma(3.6) * 6) / 3.6;
        let time = -Math.log(random.uniform());
        while (time < rate) {
          left--;
          time -= Math.log(random.uniform());
        }
        if (left <= 0) out[day] = (out[day] ?? 0) + 1;
      }
    }
    for (let day = 9; day < 20; day++) expect(Math.abs((chances[day] ?? 0) - (out[day] ?? 0) / futures)).toBeLessThan(0.015);
  });

  it('names the likely and the possible day, and says so where it is out already or lasts', () => {
    expect(stockOut({ available: 100, incoming: [] }, flat(30, 10, 3))).toMatchObject({ likelyInDays: 10, possibleInDays: 9 });
    expect(stockOut({ available: -3, incoming: [] }, flat(30, 10, 3))).toMatchObject({ likelyInDays: 0, possibleInDays: 0 });
    expect(stockOut({ available: 1000, incoming: [] }, flat(30, 10, 3))).toMatchObject({
      likelyInDays: null,
      possibleInDays: null,
    });
    expect(stockOut({ available: 5, incoming: [] }, flat(30, 0, 0)).likelyInDays).toBeNull();
  });

  it('is put off by what comes in before it', () => {
    const late = stockOut({ available: 100, incoming: [{ inDays: 8, units: 50 }] }, flat(30, 10, 3));
    expect(late.likelyInDays).toBe(15);
    const tooLate = stockOut({ available: 100, incoming: [{ inDays: 12, units: 50 }] }, flat(30, 10, 3));
    expect(tooLate.likelyInDays).toBe(10);
  });
});

describe('an order', () => {
  it('is due on the last day whose order still arrives in time', () => {
    const found = orderBy({ available: 300, incoming: [] }, flat(60, 10, 3), terms);
    // 300 units last 30 days; 12 of them until an order arrives, less than three of safety stock.
    expect(found).toMatchObject({ kind: 'order', inDays: 15 });
    expect(orderBy({ available: 50, incoming: [] }, flat(60, 10, 3), terms)).toMatchObject({ kind: 'late', inDays: 0 });
    expect(orderBy({ available: 9000, incoming: [] }, flat(60, 10, 3), terms)).toMatchObject({ kind: 'later', afterDays: 48 });
  });

  it('is due earlier where the supplier varies', () => {
    const steady = orderBy({ available: 300, incoming: [] }, flat(60, 10, 3), terms);
    const varying = orderBy({ available: 300, incoming: [] }, flat(60, 10, 3), { ...terms, lead: { days: 10, sd: 4 } });
    expect(varying).toMatchObject({ kind: 'order' });
    expect('inDays' in varying && 'inDays' in steady && varying.inDays < steady.inDays).toBe(true);
  });

  it('is refused in words where the forecast ends before it could arrive', () => {
    expect(orderBy({ available: 5, incoming: [] }, flat(7, 1, 1), terms)).toEqual({
      refused: 'The forecast is of 7 days; an order takes 12 to arrive.',
    });
    expect(suggestedOrder({ available: 5, incoming: [] }, flat(20, 1, 1), terms)).toHaveProperty('refused');
  });

  it('covers demand until the next one, less what is there and coming, in whole boxes and at least the minimum', () => {
    const bare = suggestedOrder({ available: 100, incoming: [{ inDays: 5, units: 50 }] }, flat(60, 10, 0), terms);
    // 42 days × 10, Poisson: 420 + 1.645 × √420 − 150.
    expect(bare).toEqual({ units: 304, needed: 304, isRaised: false });
    const boxed = suggestedOrder({ available: 100, incoming: [{ inDays: 5, units: 50 }] }, flat(60, 10, 0), {
      ...terms,
      minimumOrder: 320,
      packSize: 24,
    });
    expect(boxed).toEqual({ units: 336, needed: 304, isRaised: true });
    expect(suggestedOrder({ available: 5000, incoming: [] }, flat(60, 10, 0), terms)).toMatchObject({ units: 0 });
  });
});
