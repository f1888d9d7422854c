/** What was observed: transactions, cohorts, repeat rate, value, RFM, by hand. */
import { describe, expect, it } from 'vitest';
import { acquisitionCost, paybackMonths } from '../../../shared/insight/customers/acquisition.ts';
import { observedValue, repeatRate, repeatRateWithin, retentionOf } from '../../../shared/insight/customers/cohorts.ts';
import { rfmOf } from '../../../shared/insight/customers/rfm.ts';
import { summarize } from '../../../shared/insight/customers/summary.ts';
import { mergePurchases, type Purchase, type Transactions } from '../../../shared/insight/customers/transactions.ts';

const bought = (customer: string, day: string, value?: number): Purchase => ({ customer, day, value });

describe('transactions', () => {
  it('are one a day, values summed, in any order of the log', () => {
    const found = mergePurchases([bought('a', '2026-03-05', 7), bought('a', '2026-03-01', 10), bought('a', '2026-03-05', 3)]);
    expect(found.transactions.get('a')).toEqual([
      { day: '2026-03-01', value: 10 },
      { day: '2026-03-05', value: 10 },
    ]);
    expect(found).toMatchObject({ purchases: 3, sameDay: 1, repeated: 0 });
  });

  it('say how many rows repeat another one', () =>
    expect(mergePurchases([bought('a', '2026-03-05', 7), bought('a', '2026-03-05', 7)])).toMatchObject({
      repeated: 1,
      sameDay: 1,
    }));

  it('lose money by refunds, newest first and never below zero, and are not undone', () => {
    const log = [
      bought('a', '2026-03-01', 10),
      bought('a', '2026-03-05', 6),
      bought('a', '2026-03-06', -8),
      bought('a', '2026-03-09', 5),
    ];
    const found = mergePurchases(log);
    expect(found.transactions.get('a')?.map(({ value }) => value)).toEqual([8, 0, 5]);
    expect(found).toMatchObject({ refunds: 1, refundedBeyond: 0 });
  });

  it('of refunds alone are none', () => {
    const found = mergePurchases([bought('a', '2026-03-01', -10), bought('b', '2026-03-01', -1)]);
    expect(found.transactions.size).toBe(0);
    expect(found).toMatchObject({ refunds: 2, refundedBeyond: 11 });
  });

  it('become frequency, recency, age and the mean of repeats, the first left out', () => {
    const { transactions } = mergePurchases([
      bought('a', '2026-03-02', 100),
      bought('a', '2026-03-09', 10),
      bought('a', '2026-03-16', 20),
      bought('a', '2026-05-01', 500),
      bought('b', '2026-04-20', 5),
    ]);
    expect(summarize(transactions, '2026-03-30', 'week')).toEqual([
      { customer: 'a', frequency: 2, recency: 2, age: 4, meanValue: 15 },
    ]);
  });
});

const shop: Transactions = mergePurchases([
  // January: three, of whom one is back in February and two in March.
  bought('a', '2026-01-03', 10),
  bought('a', '2026-02-10', 20),
  bought('a', '2026-03-10', 5),
  bought('b', '2026-01-20', 30),
  bought('b', '2026-03-05', 10),
  bought('c', '2026-01-31', 50),
  // March: one, back within the month.
  bought('d', '2026-03-02', 8),
  bought('d', '2026-03-12', 8),
]).transactions;

describe('cohorts', () => {
  it('are retained by the month; months that are not over are blank', () => {
    expect(retentionOf(shop, '2026-03-15')).toEqual([
      { cohort: '2026-01', customers: 3, retention: [1, 1 / 3, null] },
      { cohort: '2026-03', customers: 1, retention: [null] },
    ]);
    expect(retentionOf(shop, '2026-03-31')[0]?.retention).toEqual([1, 1 / 3, 2 / 3]);
    expect(retentionOf(new Map(), '2026-03-31')).toEqual([]);
  });

  it('repeat: of all, and of those who had the time', () => {
    expect(repeatRate(shop, '2026-03-31')).toEqual({ share: 3 / 4, count: 3, of: 4 });
    // d is known for 29 days only; a was back after 38 days, b after 44.
    expect(repeatRateWithin(shop, '2026-03-31', 40)).toEqual({ share: 1 / 3, count: 1, of: 3 });
    expect(repeatRate(new Map(), '2026-03-31').share).toBeNull();
  });

  it('bring what was observed once all of them are old enough, and nothing before', () => {
    const values = observedValue(shop, '2026-03-31', 30);
    // 30 days from the end of January are over; those of March are not.
    expect(values).toEqual([
      { group: '2026-01', customers: 3, tooYoung: 0, value: 30, interval: null },
      { group: '2026-03', customers: 0, tooYoung: 1, value: null, interval: null },
    ]);
  });

  it('do not change by customers who come later', () => {
    const before = observedValue(shop, '2026-03-31', 30)[0];
    const more = new Map([...shop, ['z', [{ day: '2026-03-30', value: 999 }]]]);
    expect(observedValue(more, '2026-03-31', 30)[0]).toEqual(before);
  });

  it('are told by what was bought first as well', () => {
    const byProduct = observedValue(shop, '2026-03-31', 60, (customer) => (customer < 'c' ? 'serum' : 'cap'));
    expect(byProduct.map(({ group, customers, value }) => [group, customers, value])).toEqual([
      ['cap', 1, 50],
      // a: 10 + 20; b: 30 + 10 on its 45th day.
      ['serum', 2, 35],
    ]);
  });

  it('have limits around a mean of many, none around one that does not vary', () => {
    const many = (value: (i: number) => number): Transactions =>
      new Map(Array.from({ length: 40 }, (_, i) => [`k-${i}`, [{ day: '2026-01-05', value: value(i) }]]));
    const [varying] = observedValue(
      many((i) => i),
      '2026-03-31',
      30,
    );
    expect(varying?.interval?.lower).toBeLessThan(19.5);
    expect(varying?.interval?.upper).toBeGreaterThan(19.5);
    expect(
      observedValue(
        many(() => 5),
        '2026-03-31',
        30,
      )[0]?.interval,
    ).toBeNull();
  });
});

it('a customer costs spend over new customers, and is earned back in a month that was observed', () => {
  expect(acquisitionCost(500, 20)).toBe(25);
  expect(acquisitionCost(500, 0)).toBeNull();
  expect(paybackMonths(25, [10, 24, 31])).toBe(3);
  expect(paybackMonths(25, [10, null, 31])).toBeNull();
  expect(paybackMonths(25, [10, 12])).toBeNull();
});

describe('RFM', () => {
  it('scores by fifths, equal values alike, and groups', () => {
    const customers: Transactions = new Map(
      Array.from({ length: 10 }, (_, i) => [
        `k-${i}`,
        Array.from({ length: i < 6 ? 1 : i }, (_, n) => ({ day: `2026-0${i < 5 ? 1 : 3}-${10 + n + (i % 5)}`, value: 10 })),
      ]),
    );
    const found = rfmOf(customers, '2026-03-31');
    expect(found.slice(0, 6).every(({ frequency, monetary }) => frequency === 1 && monetary === 1)).toBe(true);
    expect(found[9]).toMatchObject({ recency: 5, frequency: 5, monetary: 5, group: 'champions', orders: 9, money: 90 });
    expect(found[0]).toMatchObject({ recency: 1, group: 'dormant' });
    expect(rfmOf(customers, '2025-12-31')).toEqual([]);
  });

  it('of one customer is the lowest score, since nobody is worse', () =>
    expect(rfmOf(new Map([['a', [{ day: '2026-03-01', value: 3 }]]]), '2026-03-31')).toMatchObject([
      { recency: 1, frequency: 1, monetary: 1 },
    ]));
});
