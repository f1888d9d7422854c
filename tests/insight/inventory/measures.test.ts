/** Do the measures of stock say what their definitions say, and nothing where they cannot? */
import { describe, expect, it } from 'vitest';
import { abcClasses, demandPattern, xyzClass } from '../../../shared/insight/inventory/classes.ts';
import {
  daysOfInventory,
  daysOfSupply,
  isDead,
  lostSales,
  moneyTiedUp,
  returnOnInventory,
  type StockDay,
  sellThrough,
  turnover,
} from '../../../shared/insight/inventory/measures.ts';

const days = (inStock: number, out: number, sold: number): StockDay[] => [
  ...Array.from({ length: inStock }, (): StockDay => ({ sold, isInStock: true })),
  ...Array.from({ length: out }, (): StockDay => ({ sold: 0, isInStock: false })),
];

describe('turnover', () => {
  it('is goods at cost over mean inventory at cost, a year; days are its inverse', () => {
    const inventory = Array(73).fill(5000);
    expect(turnover(10_000, inventory)).toBe(10);
    expect(daysOfInventory(10_000, inventory)).toBe(36.5);
    expect(returnOnInventory(2500, inventory)).toBe(0.5);
  });

  it('is nothing without inventory or days, and no days without goods sold', () => {
    expect(turnover(10, [0, 0])).toBeNull();
    expect(turnover(10, [])).toBeNull();
    expect(daysOfInventory(0, [5])).toBeNull();
    expect(returnOnInventory(1, [])).toBeNull();
  });
});

it('sell-through is units sold over sold and left', () => {
  expect(sellThrough(30, 10)).toBe(0.75);
  expect(sellThrough(0, 0)).toBeNull();
  // A negative count is oversold: nothing is left.
  expect(sellThrough(30, -4)).toBe(1);
});

describe('days of supply', () => {
  it('count only days in stock: a product that was out half the time sells twice as fast as it seems', () => {
    expect(daysOfSupply(60, days(14, 14, 4))).toEqual({ days: 15, inStockDays: 14 });
    expect(daysOfSupply(-5, days(14, 14, 4))).toEqual({ days: 0, inStockDays: 14 });
  });

  it('are refused in words where nothing says what sells on a day', () => {
    expect(daysOfSupply(60, days(3, 25, 4))).toEqual({ refused: 'It was in stock on 3 of 28 days; 7 say what sells on one.' });
    expect(daysOfSupply(60, days(28, 0, 0))).toHaveProperty('refused');
    expect(daysOfSupply(60, [])).toHaveProperty('refused');
  });
});

describe('lost sales', () => {
  it('are an estimate with limits around it', () => {
    const found = lostSales(days(20, 10, 4), 250);
    expect(found).toMatchObject({ units: 40, money: 10_000, outOfStockDays: 10, isEstimate: true });
    expect(found?.lower).toBeLessThan(10_000);
    expect(found?.upper).toBeGreaterThan(10_000);
    expect(found?.lower).toBeGreaterThanOrEqual(0);
  });

  it('are nothing where it was never out, never sold, or hardly in stock', () => {
    expect(lostSales(days(28, 0, 4), 250)).toBeNull();
    expect(lostSales(days(20, 8, 0), 250)).toBeNull();
    expect(lostSales(days(2, 20, 4), 250)).toBeNull();
  });
});

describe('dead stock', () => {
  const item = { onHand: 10, unitCost: 300, daysSinceSale: 120, daysInStock: 400 };
  it('lies on the shelf and was not sold for long; what is new or empty is not', () => {
    expect(isDead(item)).toBe(true);
    expect(isDead({ ...item, daysSinceSale: null })).toBe(true);
    expect(isDead({ ...item, daysSinceSale: null, daysInStock: 20 })).toBe(false);
    expect(isDead({ ...item, onHand: 0 })).toBe(false);
    expect(isDead({ ...item, daysSinceSale: 89 })).toBe(false);
  });

  it('is told in money, with how much of the stock has a cost', () => {
    const items = [
      item,
      { ...item, daysSinceSale: 3, onHand: 20 },
      { ...item, unitCost: null, onHand: 30 },
      { ...item, onHand: -5 },
    ];
    expect(moneyTiedUp(items)).toEqual({ money: 9000, dead: 3000, costCoverage: 0.5 });
    expect(moneyTiedUp([])).toEqual({ money: 0, dead: 0, costCoverage: null });
  });
});

describe('classes', () => {
  it('A to 80 % of revenue, B to 95 %, C the rest and what brought nothing', () => {
    const revenues = { a: 70, b: 15, c: 8, d: 5, e: 2, f: 0, g: -3 };
    const classes = abcClasses(Object.entries(revenues).map(([id, revenue]) => ({ id, revenue })));
    expect(Object.fromEntries(classes)).toEqual({ a: 'A', b: 'A', c: 'B', d: 'B', e: 'C', f: 'C', g: 'C' });
    // One product that brings nearly all is A, not C.
    expect(
      abcClasses([
        { id: 'x', revenue: 99 },
        { id: 'y', revenue: 1 },
      ]).get('x'),
    ).toBe('A');
    expect(abcClasses([{ id: 'x', revenue: 0 }]).get('x')).toBe('C');
    expect(abcClasses([]).size).toBe(0);
  });

  it('X, Y, Z by variation', () => {
    expect(xyzClass([10, 11, 9, 10])).toBe('X');
    expect(xyzClass([2, 10, 14, 5])).toBe('Y');
    expect(xyzClass([0, 0, 0, 12])).toBe('Z');
    expect(xyzClass([0, 0])).toBeNull();
    expect(xyzClass([4])).toBeNull();
  });

  it('smooth, intermittent, erratic, lumpy', () => {
    expect(demandPattern([10, 11, 9, 10])?.pattern).toBe('smooth');
    expect(demandPattern([10, 0, 0, 11, 0, 9])?.pattern).toBe('intermittent');
    expect(demandPattern([1, 30, 2, 1])?.pattern).toBe('erratic');
    expect(demandPattern([0, 1, 0, 30, 0, 2, 0])?.pattern).toBe('lumpy');
    expect(demandPattern([0, 0, 5])).toBeNull();
    const border = demandPattern([1, 1, 1, 1, 0]);
    expect(border).toMatchObject({ interval: 1.25, squaredVariation: 0, pattern: 'smooth' });
  });
});
