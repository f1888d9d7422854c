/** Does the dictionary refuse declarations that contradict each other? */
import { describe, expect, it } from 'vitest';
import { makeDictionary } from '../../shared/kpis/dictionary.ts';
import { distribution, type Kpi, measure, open, ratio, sum } from '../../shared/kpis/language.ts';

const about = { title: 'A', unit: 'count', better: 'up', formula: 'a', basis: 'paid' } as const;
const orders = measure({ of: 'order', at: 'paidAt', add: 1, by: ['channel'], ...about });
const gross = measure({ of: 'order', at: 'paidAt', add: 'lines.grossAmount', by: ['product', 'channel'], ...about });
const duration = distribution({ of: 'order', at: 'paidAt', value: { from: 'placedAt', to: 'paidAt' }, ...about });
const waiting = open({ of: 'order', due: 'shipBy', while: { has: 'paidAt' }, hours: [0], ...about });
const of = (kpis: { [name: string]: Kpi }, more: { [name: string]: Kpi } = {}) =>
  makeDictionary([
    { name: 'one', title: 'One', kpis },
    { name: 'two', title: 'Two', kpis: more },
  ]);

describe('the dictionary refuses', () => {
  it.each([
    ['a ratio of something unknown', { orders, rate: ratio('orders', 'visits', about) }, 'KPI rate: no KPI visits'],
    ['a sum of something unknown', { all: sum({ plus: ['orders'], ...about }) }, 'KPI all: no KPI orders'],
    [
      'a ratio of percentiles',
      { orders, duration, rate: ratio('duration', 'orders', about) },
      'KPI rate: duration is not additive',
    ],
    [
      'a ratio of ratios',
      { orders, rate: ratio('orders', 'orders', about), worse: ratio('rate', 'orders', about) },
      'KPI worse: rate is not additive',
    ],
    [
      'a dimension its entity does not have',
      { orders: { ...orders, by: ['carrier'] } },
      'KPI orders: order has no dimension carrier; known are product, category, channel',
    ],
    [
      'a line’s dimension on what is not counted by line',
      { orders: { ...orders, by: ['product'] } },
      'KPI orders: dimension product belongs to lines',
    ],
    ['an entity that is not there', { orders: { ...orders, of: 'parcel' } }, 'KPI orders: no entity parcel'],
    ['percentiles of an entity that is not there', { duration: { ...duration, of: 'parcel' } }, 'KPI duration: no entity parcel'],
    ['a name that would not fit into an address', { 'Orders!': orders }, 'KPI Orders!: names are camelCase'],
    ['a name that an item needs for itself', { expires: orders }, 'KPI expires: the name is taken by the items'],
    [
      'an order date that is not declared',
      { orders: { ...orders, orderDated: 'ordersByOrder' } },
      'KPI orders: no measure ordersByOrder',
    ],
    [
      'sums that go round in a circle',
      { all: sum({ plus: ['more'], ...about }), more: sum({ plus: ['all'], ...about }) },
      'KPI all stands on itself',
    ],
    ['two open KPIs', { waiting, waitingToo: waiting }, 'only one open KPI'],
  ])('%s', (_, kpis, message) => {
    expect(() => of(kpis)).toThrow(message);
  });

  it('a name that is declared twice, in whatever topics', () => {
    expect(() => of({ orders }, { orders })).toThrow('KPI orders is declared twice');
  });

  it('two topics of one name, or one that would not fit into a key', () => {
    expect(() =>
      makeDictionary([
        { name: 'one', title: '', kpis: {} },
        { name: 'one', title: '', kpis: {} },
      ]),
    ).toThrow('topic one is declared twice');
    expect(() => makeDictionary([{ name: 'a#b', title: '', kpis: {} }])).toThrow('topic a#b: names are camelCase');
  });

  it('a contradiction in what counted before', () => {
    const before = { ...orders, by: ['carrier'] };
    expect(() => of({ orders: { ...orders, since: 2, before } })).toThrow('KPI orders: order has no dimension carrier');
  });
});

describe('the dictionary', () => {
  it('splits a sum or ratio by the dimensions that all its parts have', () => {
    const dictionary = of({
      orders,
      gross,
      value: ratio('gross', 'orders', about),
      all: sum({ plus: ['gross'], minus: ['orders'], ...about }),
    });
    expect(dictionary.dimensionsOf('value')).toEqual(['channel']);
    expect(dictionary.dimensionsOf('all')).toEqual(['channel']);
    expect(dictionary.dimensionsOf('gross')).toEqual(['product', 'channel']);
  });

  it('knows its newest version, and what was in force under each', () => {
    const later = measure({ ...orders, since: 3 });
    const dictionary = of({ orders, later });
    expect(dictionary.latest).toBe(3);
    expect(dictionary.at(2).map(({ name }) => name)).toEqual(['orders']);
    expect(dictionary.at(3).map(({ name }) => name)).toEqual(['orders', 'later']);
    expect(() => dictionary.at(4)).toThrow('unknown definitions version 4; known are 1 to 3');
  });
});
