/** Do the screens name KPIs and dimensions that there are? */
import { describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { firstSign, kpiDashboards, movers } from '../../shared/kpis/kpi-dashboards.ts';

describe.each(Object.entries(kpiDashboards))('the board of %s', (_, { names, dimensions }) => {
  it('names KPIs that can be asked for at once, each once', () => {
    expect(names.filter((name) => !dictionary.entries.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(20);
  });

  it('names no dimension by which none of them can be split', () => {
    const known = new Set(names.flatMap((name) => dictionary.dimensionsOf(name)));
    expect(dimensions.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the first screen', () => {
  it('takes apart a number by dimensions that it has', () => {
    expect(dictionary.dimensionsOf(movers.name)).toEqual(expect.arrayContaining([...movers.dimensions]));
    expect(dictionary.entries.has(firstSign)).toBe(true);
  });
});
