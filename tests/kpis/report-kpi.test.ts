/** What is a KPI that a job computes? Part of the dictionary by name, but nothing that could be summed or divided. */
import { describe, expect, it } from 'vitest';
import { makeDictionary } from '../../shared/kpis/dictionary.ts';
import { type About, ratio, report, topic } from '../../shared/kpis/language.ts';
import { topics } from '../../shared/kpis/topics.ts';

const about: About = {
  title: 'New customers',
  unit: 'count',
  better: 'up',
  basis: 'paid',
  formula: 'buyers whose first order it is',
};
const growth = (kpis: Parameters<typeof topic>[0]['kpis']) => topic({ name: 'growth', title: 'Growth', kpis });

describe('a KPI that a job computes', () => {
  it('stands in the dictionary under its report’s name, and no entity counts it', () => {
    const dictionary = makeDictionary([...topics, growth({ newCustomers: report('new-customers', about) })]);
    expect(dictionary.entries.get('newCustomers')?.kpi).toMatchObject({ kind: 'report', report: 'new-customers' });
    expect(dictionary.counting('order', 1).map(({ name }) => name)).not.toContain('newCustomers');
  });

  it('is no part of a ratio: a quotient of what is not additive would be wrong over any other range', () => {
    const kpis = { newCustomers: report('new-customers', about), newShare: ratio('newCustomers', 'orders', about) };
    expect(() => makeDictionary([...topics, growth(kpis)])).toThrow(/newCustomers is not additive/);
  });
});
