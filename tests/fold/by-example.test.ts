/** Does every KPI count what it says? Each by example, through the real fold. */
import { describe, expect, it } from 'vitest';
import { bucketOf } from '../../shared/fold/distribution.ts';
import { fold } from '../../shared/fold/fold.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { type Cells, cellsOf, valuesOf } from '../make/cells.ts';
import { aStream } from '../make/stream.ts';
import type { Case } from './cases/case.ts';
import { content } from './cases/content.ts';
import { finance } from './cases/finance.ts';
import { operations } from './cases/operations.ts';
import { refunds } from './cases/refunds.ts';
import { sales } from './cases/sales.ts';
import { satisfaction } from './cases/satisfaction.ts';
import { shipping } from './cases/shipping.ts';

const cases = [...sales, ...refunds, ...shipping, ...satisfaction, ...operations, ...finance, ...content];

/** What a reader computes of the stored parts: sums added up, ratios as numerator and denominator by day. */
function read(cells: Cells, kpi: string, slice: string): Record<string, number | number[]> {
  const declared = dictionary.entries.get(kpi)?.kpi;
  if (declared?.kind === 'sum') {
    const total: Record<string, number> = {};
    for (const [sign, names] of [
      [1, declared.plus],
      [-1, declared.minus],
    ] as const)
      for (const name of names)
        for (const [at, value] of Object.entries(read(cells, name, slice))) total[at] = (total[at] ?? 0) + sign * Number(value);
    return total;
  }
  if (declared?.kind !== 'ratio') return valuesOf(cells, kpi, slice);
  const [over, under] = [declared.numerator, declared.denominator].map((name) => read(cells, name, slice));
  return Object.fromEntries(
    Object.keys({ ...over, ...under }).map((at) => [at, [Number(over?.[at] ?? 0), Number(under?.[at] ?? 0)]]),
  );
}

/** Represented values by day as counters by day and bucket. */
const countersOf = (gives: Case['gives']): Record<string, number> => {
  const counters: Record<string, number> = {};
  for (const [day, values] of Object.entries(gives))
    for (const value of values as number[])
      counters[`${day}:${bucketOf(value)}`] = (counters[`${day}:${bucketOf(value)}`] ?? 0) + 1;
  return counters;
};

describe.each(cases)('$kpi', ({ kpi, says, events, gives, by = 'total', stamp }) => {
  it(`counts ${says}`, () => {
    const cells = cellsOf(fold(aStream(events, stamp), new Map()).changes);
    const isDistribution = dictionary.entries.get(kpi)?.kpi.kind === 'distribution';
    expect(read(cells, kpi, by)).toEqual(isDistribution ? countersOf(gives) : gives);
  });
});

describe('the cases', () => {
  it('leave out no KPI that is counted', () => {
    const named = new Set(cases.map(({ kpi }) => kpi));
    const missing = [...dictionary.entries.values()].filter(
      ({ name, kpi }) => kpi.kind !== 'open' && kpi.kind !== 'report' && !named.has(name),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('move a month by what its days moved', () => {
    for (const { events, stamp } of cases) {
      const cells = cellsOf(fold(aStream(events, stamp), new Map()).changes);
      for (const [cell, sum] of cells) {
        const match = /^D#(\w+)#(\w+)#(\d{4}-\d{2})-\d{2}(.*)$/.exec(cell);
        if (!match || cell.endsWith('~')) continue;
        const [, subject, slice, month, rest] = match;
        const days = [...cells].filter(
          ([other]) =>
            other.startsWith(`D#${subject}#${slice}#${month}-`) &&
            other.slice(`D#${subject}#${slice}#${month}-00`.length) === rest,
        );
        expect(cells.get(`M#${subject}#${slice}#${month}${rest}`) ?? 0, cell).toBe(
          days.reduce((total, [, each]) => total + each, 0),
        );
        expect(sum).not.toBe(0);
      }
    }
  });
});
