/** Does an answer say where its number has lost digits? Totals are exact in the table and the lake; a JSON number holds 2^53 − 1. */
import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../shared/reports/buckets.ts';
import { resolve } from '../../shared/reports/formula.ts';
import { figureOf, type PeriodTotals, topicKey } from '../../shared/reports/period-totals.ts';
import { seriesOf } from '../../shared/reports/series.ts';

const largest = Number.MAX_SAFE_INTEGER;
const days = ['2026-10-05', '2026-10-06'];

/** Totals of two days as the table gives them: a stored total may be larger than a number is exact. */
function cellsOf(measures: { [measure: string]: [string, string] }): PeriodTotals {
  const { formula } = resolve(Object.keys(measures)[0] ?? '');
  const topic = formula.kind === 'sum' ? String(formula.terms[0]?.topic) : '';
  const numbersOn = (i: number) => Object.fromEntries(Object.entries(measures).map(([name, texts]) => [name, Number(texts[i])]));
  return new Map([[topicKey(topic, 'total'), new Map([['', new Map(days.map((day, i) => [day, numbersOn(i)]))]])]]);
}

const buckets = days.map((at): Bucket => ({ at, periods: [at], isSettled: true }) as unknown as Bucket);

describe('a number larger than JSON numbers are exact', () => {
  it.each([
    ['exact', String(largest - 1), '1', undefined],
    ['of a stored total that is beyond', '9007199254740993', '0', true],
    ['of days that are exact and a sum that is not', String(largest), '2', true],
    ['that comes back below by what another day takes away', '9007199254740993', '-9007199254740993', true],
  ])('is %s', (_, first, second, isRounded) => {
    const cells = cellsOf({ grossSales: [first, second] });
    const { formula } = resolve('grossSales');
    expect(figureOf(cells, formula, days).isRounded).toBe(isRounded);
    expect(seriesOf(cells, formula, buckets, {}).isRounded).toBe(isRounded);
  });

  it('marks a quotient of such sums', () => {
    const cells = cellsOf({ grossSales: ['9007199254740993', '0'] });
    const { formula } = resolve('averageOrderValue');
    expect(seriesOf(cells, formula, buckets, {}).isRounded).toBe(true);
  });
});
