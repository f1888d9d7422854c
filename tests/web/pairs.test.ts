/** Is only that put side by side which covers the same stretch of time? */
import { describe, expect, it } from 'vitest';
import type { Grain } from '../../shared/kpis/grains.ts';
import { addDays } from '../../shared/time.ts';
import { pairsOf } from '../../web/kpi-dashboard/pairs.ts';

const pointOf = (at: string, isCut?: true) => ({ at, value: 1, state: 'complete' as const, ...(isCut ? { isCut } : {}) });
const days = (from: string, n: number) => Array.from({ length: n }, (_, i) => pointOf(addDays(from, i)));
const hours = (day: string, ...each: string[]) => each.map((hour) => pointOf(`${day}T${hour}`));
const placesOf = (points: ReturnType<typeof pointOf>[], before: ReturnType<typeof pointOf>[], grain: Grain) =>
  pairsOf(points, before, grain).map((pair) => pair?.at);

describe('points of two ranges', () => {
  it('by day stand in their order, as far as both reach', () => {
    expect(placesOf(days('2026-03-01', 31), days('2026-02-01', 28), 'day').slice(26)).toEqual([
      '2026-02-27',
      '2026-02-28',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('by hour stand by the clock, also on the day on which an hour comes twice', () => {
    const long = hours('2026-11-01', '00-04:00', '01-04:00', '01-05:00', '02-05:00');
    const usual = hours('2026-10-31', '00-04:00', '01-04:00', '02-04:00');
    expect(placesOf(long, usual, 'hour')).toEqual([
      '2026-10-31T00-04:00',
      '2026-10-31T01-04:00',
      undefined,
      '2026-10-31T02-04:00',
    ]);
    expect(placesOf(usual, long, 'hour')).toEqual(['2026-11-01T00-04:00', '2026-11-01T01-04:00', '2026-11-01T02-05:00']);
  });

  it('by month are not put side by side where their number differs', () => {
    const places = placesOf(
      ['2026-09-01', '2026-10-01'].map((at) => pointOf(at)),
      ['2026-06-01', '2026-07-01', '2026-08-01'].map((at) => pointOf(at)),
      'month',
    );
    expect(places).toEqual([undefined, undefined]);
  });

  it('are put side by side only where both are whole, or parts of as many days', () => {
    const part = (at: string, to: string) => ({ ...pointOf(at, true), to });
    const now = [part('2026-09-10', '2026-09-30'), pointOf('2026-10-01'), part('2026-11-01', '2026-11-10')];
    const before = [pointOf('2026-07-01'), pointOf('2026-08-01'), part('2026-09-01', '2026-09-10')];
    expect(placesOf(now, before, 'month')).toEqual([undefined, '2026-08-01', '2026-09-01']);
  });

  it('by month and week stand side by side where both begin whole', () => {
    expect(
      placesOf(
        ['2026-01-01', '2026-02-01'].map((at) => pointOf(at)),
        ['2025-01-01', '2025-02-01'].map((at) => pointOf(at)),
        'month',
      ),
    ).toEqual(['2025-01-01', '2025-02-01']);
    expect(placesOf([pointOf('2026-11-02')], [pointOf('2026-10-26')], 'week')).toEqual(['2026-10-26']);
  });

  it('without a range to compare with have nothing beside them', () =>
    expect(placesOf(days('2026-03-01', 2), [], 'day')).toEqual([undefined, undefined]));
});
