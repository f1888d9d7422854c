/** Do the entries of a calendar fall on the points of a chart that they are of? */
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../web/kpi-dashboard/marks.ts';

const entry = (id: string, from: string, to = from) => ({ id, from, to, kind: 'note' as const, title: id, savedAt: '' });
const days = ['2026-03-01', '2026-03-02', '2026-03-03'].map((at) => ({ at }));
const places = (marks: ReturnType<typeof marksOf>) =>
  marks.map(({ number, entry: { id }, first, last }) => [number, id, first, last]);

describe('marks', () => {
  it('are numbered in the order of their days', () =>
    expect(places(marksOf([entry('late', '2026-03-03'), entry('early', '2026-03-01')], days))).toEqual([
      [1, 'early', 0, 0],
      [2, 'late', 2, 2],
    ]));

  it('of several days are cut where the chart is, and none are of days outside of it', () =>
    expect(
      places(
        marksOf([entry('long', '2026-02-20', '2026-03-02'), entry('before', '2026-02-28'), entry('after', '2026-03-04')], days),
      ),
    ).toEqual([[1, 'long', 0, 1]]));

  it('fall on the week or month that their day is in, and on all hours of it', () => {
    const weeks = [
      { at: '2026-03-02', to: '2026-03-08' },
      { at: '2026-03-09', to: '2026-03-15' },
    ];
    expect(places(marksOf([entry('x', '2026-03-05')], weeks))).toEqual([[1, 'x', 0, 0]]);
    const hours = ['2026-03-01T22:00:00-05:00', '2026-03-02T00:00:00-05:00', '2026-03-02T01:00:00-05:00'].map((at) => ({ at }));
    expect(places(marksOf([entry('x', '2026-03-02')], hours))).toEqual([[1, 'x', 1, 2]]);
  });

  it('of no points are none', () => expect(marksOf([entry('x', '2026-03-02')], [])).toEqual([]));
});
