/** Can a version that is in use change its meaning unseen? */
import { describe, expect, it } from 'vitest';
import { definitionsOf, extendDefinitions, fingerprint } from '../../commands/generate/definitions.ts';
import { dictionary, makeDictionary } from '../../shared/kpis/dictionary.ts';
import { type Kpi, measure, revised } from '../../shared/kpis/language.ts';

const orders = measure({
  of: 'order',
  at: 'paidAt',
  add: 1,
  title: 'Orders',
  unit: 'count',
  better: 'up',
  formula: 'orders',
  basis: 'paid',
});
const units = measure({ ...orders, add: 'lines.quantity' });
const of = (kpis: { [name: string]: Kpi }) => makeDictionary([{ name: 'sales', title: 'Sales', kpis }]);
const listed = definitionsOf(of({ orders }));

describe('a listed version', () => {
  it.each([
    ['may be worded better', { orders: { ...orders, title: 'Sales', formula: 'paid orders' } }],
    ['stays as it is when a KPI is added from the next version', { orders, units: { ...units, since: 2 } }],
    [
      'stays as it is when a KPI changes from the next version',
      { orders: revised(orders, { ...orders, at: 'placedAt', since: 2 }) },
    ],
  ])('%s', (_, kpis) => {
    expect(extendDefinitions(listed, of(kpis), false)['1']).toEqual(listed['1']);
  });

  it.each([
    ['gets no further KPI', { orders, units }, /KPI units is new, but counts from version 1.*`since: 2`/],
    [
      'is not counted otherwise',
      { orders: { ...orders, at: 'placedAt' } },
      /KPI orders counts otherwise than version 1 lists.*`since: 2`, as revised/,
    ],
    ['loses no KPI', { units: { ...units, since: 2 } }, /KPI orders counts under version 1 and is gone/],
  ])('%s', (_, kpis, message) => {
    expect(() => extendDefinitions(listed, of(kpis), false)).toThrow(message);
    expect(() => extendDefinitions(listed, of(kpis), false)).toThrow('npm run generate -- --unreleased');
  });

  it('may change while it was never deployed, but the ones before it may not', () => {
    const two = definitionsOf(of({ orders, units: { ...units, since: 2 } }));
    expect(extendDefinitions(two, of({ orders, units: { ...units, by: ['product'], since: 2 } }), true)['1']).toEqual(two['1']);
    expect(() =>
      extendDefinitions(two, of({ orders: { ...orders, at: 'placedAt' }, units: { ...units, since: 2 } }), true),
    ).toThrow(/KPI orders/);
  });

  it('does not vanish', () => {
    const two = definitionsOf(of({ orders, units: { ...units, since: 2 } }));
    expect(() => extendDefinitions(two, of({ orders }), false)).toThrow(
      'Version 2 is listed, but no KPI has `since: 2` any more.',
    );
  });
});

describe('a fingerprint', () => {
  it('does not hang on the order of fields', () => {
    expect(fingerprint(Object.fromEntries(Object.entries(orders).reverse()) as unknown as Kpi)).toBe(fingerprint(orders));
  });

  it('changes with whatever decides the number', () => {
    const changes = [{ of: 'refund' }, { at: 'placedAt' }, { add: 2 }, { when: { has: 'cod' } }, { by: ['channel'] }].map(
      (change) => fingerprint({ ...orders, ...change }),
    );
    expect(new Set([fingerprint(orders), ...changes]).size).toBe(6);
  });

  it('tells all KPIs of the project apart', () => {
    const all = Object.values(definitionsOf(dictionary)[String(dictionary.latest)] ?? {});
    expect(new Set(all).size).toBe(all.length);
  });
});
