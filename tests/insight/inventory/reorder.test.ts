/** Do the formulas give the worked examples, and does a shop that follows them run out as seldom as promised? */
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../../shared/insight/customers/random.ts';
import { chanceBelow, expectedShortage, quantile, safetyFactorOf } from '../../../shared/insight/inventory/normal.ts';
import {
  type Demand,
  demandDeviation,
  economicOrderQuantity,
  type LeadTime,
  newsvendor,
  reorderPoint,
  safetyFactorForFillRate,
  safetyStock,
  undershoot,
} from '../../../shared/insight/inventory/reorder.ts';

const demand: Demand = { mean: 100, sd: 20 };

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-3.5, 0.00023262907903552504],
    [6, 0.9999999990134124],
  ])('below %f lies %f', (z, share) => expect(chanceBelow(z)).toBeCloseTo(share, 13));

  it('has the quantile back, and refuses certainty', () => {
    for (const z of [-4, -1.2, 0, 0.3, 2, 5]) expect(quantile(chanceBelow(z))).toBeCloseTo(z, 6);
    expect(() => quantile(1)).toThrow(/between 0 and 1/);
  });

  it('has the shortages of the printed tables, and the factor back', () => {
    // Silver, Pyke and Peterson, table of G(k).
    for (const [k, shortage] of [
      [0, 0.3989],
      [1, 0.0833],
      [2, 0.008491],
    ] as const) {
      expect(expectedShortage(k)).toBeCloseTo(shortage, 4);
      expect(safetyFactorOf(expectedShortage(k))).toBeCloseTo(k, 6);
    }
  });
});

describe('safety stock and reorder point', () => {
  it.each([
    [0, 65.8, 465.8],
    [1, 177.2, 577.2],
  ])('with a lead time that varies by %d days', (sd, stock, point) => {
    const lead: LeadTime = { days: 4, sd };
    expect(safetyStock(1.645, demand, lead)).toBeCloseTo(stock, 1);
    const found = reorderPoint(chanceBelow(1.645), demand, lead);
    expect(found.safetyStock).toBeCloseTo(stock, 1);
    expect(found.reorderPoint).toBeCloseTo(point, 1);
    expect(found.leadTimeDemand).toBe(400);
  });

  it('of a season that comes once', () => {
    const { ratio, z, quantity } = newsvendor(demand, 5, 2);
    expect(ratio).toBeCloseTo(0.7143, 4);
    expect(z).toBeCloseTo(0.566, 3);
    expect(quantity).toBeCloseTo(111.3, 1);
    expect(() => newsvendor(demand, 0, 2)).toThrow(/cost/);
  });

  it('of the quantity that costs least, or none where a cost is missing', () => {
    // 1,200 units a year, 100 an order, 6 to keep one: √40,000.
    expect(economicOrderQuantity(1200, 100, 6)).toBe(200);
    expect(economicOrderQuantity(1200, 0, 6)).toBeNull();
  });

  it('for a fill rate: the factor whose shortage is what the rate allows', () => {
    const k = safetyFactorForFillRate(0.98, 500, 40) ?? 0;
    expect(40 * expectedShortage(k)).toBeCloseTo(500 * 0.02, 6);
    // A large order serves so much by itself that no safety stock is needed.
    expect(safetyFactorForFillRate(0.9, 5000, 40)).toBeLessThan(0);
    expect(safetyFactorForFillRate(0.98, 500, 0)).toBeNull();
  });

  it('is half a day lower when somebody looks once a day', () => {
    expect(undershoot({ mean: 100, sd: 0 }, 1).mean).toBe(50);
    expect(undershoot({ mean: 0, sd: 0 }, 1)).toEqual({ mean: 0, variance: 0 });
  });
});

interface Policy {
  point: number;
  quantity: number;
  demand: Demand;
  lead: LeadTime;
  days: number;
  seed: number;
}

/** A shop that looks every evening: whole cycles, and those that ran out before the order came. Lead times are gamma. */
function simulate({ point, quantity, demand: { mean, sd }, lead, days, seed }: Policy): number {
  const random = randomOf(seed);
  const arrival = (): number => {
    if (lead.sd === 0) return lead.days;
    const shape = (lead.days / lead.sd) ** 2;
    return Math.max(1, Math.round((random.gamma(shape) * lead.days) / shape));
  };
  let [stock, due, cycles, short] = [point + quantity / 2, -1, 0, 0];
  for (let day = 0; day < days; day++) {
    stock -= Math.max(0, mean + sd * random.normal());
    if (due === day) {
      cycles++;
      // What is missing on the evening before the order is unpacked was asked for and not there.
      if (stock < 0) short++;
      stock += quantity;
      due = -1;
    }
    if (due < 0 && stock <= point) due = day + arrival();
  }
  return 1 - short / cycles;
}

describe('a shop that orders at the reorder point', () => {
  it.each([
    [0.9, { days: 4, sd: 0 }],
    [0.95, { days: 4, sd: 0 }],
    [0.95, { days: 9, sd: 2 }],
    [0.98, { days: 20, sd: 0 }],
  ])('ends %f of its cycles without running out, within 2 points, with a lead time of %o', (level, lead) => {
    const { reorderPoint: point } = reorderPoint(level, demand, lead, 1);
    const served = simulate({ point, quantity: 3000, demand, lead, days: 300_000, seed: 7 });
    expect(Math.abs(served - level)).toBeLessThan(0.02);
  });

  it('that forgets that it looks once a day misses it by far: the simulation can tell', () => {
    const lead = { days: 4, sd: 0 };
    const { reorderPoint: point } = reorderPoint(0.95, demand, lead, 0);
    expect(simulate({ point, quantity: 3000, demand, lead, days: 300_000, seed: 7 })).toBeLessThan(0.8);
  });

  it('sold unit by unit and seen at once needs the textbook only', () => {
    // Demand of a lead time of 4 days at 25 a day is Poisson 100: the order is placed when the stock is at the point itself.
    const random = randomOf(3);
    const lead = { days: 4, sd: 0 };
    const units: Demand = { mean: 25, sd: 5 };
    const { reorderPoint: point } = reorderPoint(0.95, units, lead);
    let short = 0;
    const cycles = 20_000;
    for (let cycle = 0; cycle < cycles; cycle++) {
      let [time, sold] = [0, 0];
      for (;;) {
        time -= Math.log(random.uniform()) / units.mean;
        if (time > lead.days) break;
        sold++;
      }
      if (sold > Math.round(point)) short++;
    }
    expect(Math.abs(1 - short / cycles - 0.95)).toBeLessThan(0.02);
    expect(demandDeviation(units, lead)).toBe(10);
  });
});
