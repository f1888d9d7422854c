/** Does an address say the same view that it was made from, and survive every hand that edits it? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekStarts } from '../../shared/calendar.ts';
import { addDays, daysBetween } from '../../shared/time.ts';
import { presets, presetsFor } from '../../web/view/presets.ts';
import { comparisons, daysOfView, grainOfView, grains, readView, usual, type View, writeView } from '../../web/view/view.ts';

const day = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2020-01-01', n));
const custom = fc.tuple(day, fc.integer({ min: 0, max: 400 })).map(([from, n]) => ({ from, to: addDays(from, n) }));
const names = <Name extends string>(known: Record<Name, unknown>) => fc.constantFrom(...(Object.keys(known) as Name[]));
const word = fc.option(fc.string({ minLength: 1, maxLength: 30 }), { nil: undefined });

const view: fc.Arbitrary<View> = fc
  .record({
    range: fc.oneof(names(presets), custom),
    compare: names(comparisons),
    compareDays: custom,
    grain: fc.option(names(grains), { nil: undefined }),
    kpi: word,
    by: word,
    where: fc.option(
      fc.record({
        dimension: fc.constantFrom('product', 'channel'),
        values: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
      }),
      { nil: undefined },
    ),
    refundsBy: fc.constantFrom('refund_date' as const, 'order_date' as const),
  })
  .map((each) => (each.compare === 'custom' ? each : { ...each, compareDays: undefined }));

describe('a view in the address', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(view, (given) => {
        expect(readView(writeView(given))).toEqual({ view: given, problems: [] });
      }),
    );
  });

  it('is some view, whatever the address says', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        const { view: read } = readView(text);
        const { from, to } = daysOfView(read, '2026-11-25');
        expect(from <= to).toBe(true);
      }),
    );
  });

  it.each([
    ['from=2026-02-30&to=2026-03-01', '2026-02-30'],
    ['from=2026-03-02&to=2026-03-01', '2026-03-02'],
    ['from=2026-03-02', 'no day'],
    ['from=2001-01-01&to=2026-03-01', '2001-01-01'],
    ['range=forever', 'forever'],
    ['range=__proto__', '__proto__'],
    ['compare=never', 'never'],
    ['compare=custom&compareFrom=2026-01-01', 'not days to compare with'],
    ['grain=second', 'second'],
  ])('falls back to the usual and tells why: %s', (text, said) => {
    const { view: read, problems } = readView(text);
    expect(read).toEqual(usual);
    expect(problems.join()).toContain(said);
  });
});

describe('a range with a name', () => {
  it.each([
    ['today', '2026-03-31', '2026-03-31', '2026-03-31'],
    ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['last7', '2026-03-08', '2026-03-01', '2026-03-07'],
    ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
    ['month', '2026-03-31', '2026-03-01', '2026-03-31'],
    ['lastMonth', '2026-01-15', '2025-12-01', '2025-12-31'],
    ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['quarter', '2026-06-30', '2026-04-01', '2026-06-30'],
    ['year', '2026-01-01', '2026-01-01', '2026-01-01'],
    ['last365', '2026-01-01', '2025-01-01', '2025-12-31'],
  ] as const)('%s on %s is from %s to %s', (name, today, from, to) => {
    expect(presets[name].days(today)).toEqual({ from, to });
  });

  it.each([
    ['week', 'sunday', 1, '2026-03-07', '2026-03-01'],
    ['week', 'sunday', 1, '2026-03-08', '2026-03-08'],
    ['week', 'saturday', 1, '2026-03-06', '2026-02-28'],
    ['fiscalYear', 'monday', 4, '2026-03-31', '2025-04-01'],
    ['fiscalYear', 'monday', 4, '2026-04-01', '2026-04-01'],
    ['fiscalQuarter', 'monday', 2, '2026-01-31', '2025-11-01'],
    ['fiscalQuarter', 'monday', 12, '2026-01-31', '2025-12-01'],
    ['year', 'monday', 4, '2026-03-31', '2026-01-01'],
    ['quarter', 'monday', 2, '2026-01-31', '2026-01-01'],
  ] as const)(
    '%s of weeks from %s and years from month %s begins, on %s, on %s',
    (name, weekStart, fiscalYearStart, today, from) => {
      expect(presets[name].days(today, { weekStart, fiscalYearStart })).toEqual({ from, to: today });
    },
  );

  it('is of a financial year only where that is not the calendar’s', () => {
    const fiscal = (fiscalYearStart: number) =>
      presetsFor({ weekStart: 'monday', fiscalYearStart }).filter((name) => name.startsWith('fiscal'));
    expect([fiscal(1), fiscal(4)]).toEqual([[], ['fiscalQuarter', 'fiscalYear']]);
  });

  it('never reaches beyond today, and is never backwards', () => {
    const calendar = fc.record({ weekStart: fc.constantFrom(...weekStarts), fiscalYearStart: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(names(presets), day, calendar, (name, today, cutting) => {
        const { from, to } = presets[name].days(today, cutting);
        expect(from <= to && to <= today).toBe(true);
        expect(daysBetween(from, to)).toBeLessThan(366);
      }),
    );
  });
});

describe('the grain', () => {
  const grainOf = (from: string, to: string, chosen?: View['grain'], hasHours = true) =>
    grainOfView({ ...usual, grain: chosen }, { from, to }, hasHours);

  it.each([
    ['2026-03-01', '2026-03-01', 'hour'],
    ['2026-03-01', '2026-03-31', 'day'],
    ['2026-01-01', '2026-06-30', 'week'],
    ['2025-01-01', '2026-06-30', 'month'],
  ])('suits the length of %s to %s: %s', (from, to, grain) => expect(grainOf(from, to)).toBe(grain));

  it('is never the hour where a number has none, or where the days are too many', () => {
    expect(grainOf('2026-03-01', '2026-03-01', undefined, false)).toBe('day');
    expect(grainOf('2026-03-01', '2026-03-01', 'hour', false)).toBe('day');
    expect(grainOf('2026-01-01', '2026-06-30', 'hour')).toBe('day');
  });
});
