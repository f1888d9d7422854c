/** What does a file of KPIs have to say? Worked out from the answer that the page shows, apart from how the export does it. */
import type { KpisAnswer } from '../../shared/reports/kpis.ts';
import { unitIn } from '../make/told.ts';

/** Titles of the products that have one. */
export const titles: { [id: string]: string } = { 'p-1': 'Rose serum', 'p-2': '=Tea; green', 'p-4': 'Mug, large' };

/** What a row is to say, for people: of texts as they are, of numbers as they are on the page. */
interface Said {
  number: string;
  part: string;
  range: string;
  from: string;
  state: string;
  unit: string;
  value: number | null;
  earlier: number | null;
  change: number | null;
  difference: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
}

const words = { partial: 'so far', restated: 'updated later', complete: 'final' };
type Point = KpisAnswer['series'][number]['points'][number];

/** The rows of an answer, worked out apart from how the export does it. */
export function expectedOf(
  { series, currency, from }: KpisAnswer,
  titleOf: (name: string) => string,
): (Said & { name: string })[] {
  return series.flatMap((each) => {
    const { name, compare } = each;
    const part = each.isOther ? 'all others' : each.dimension ? (titles[each.value ?? ''] ?? each.value ?? '') : '';
    const blank = { earlier: null, change: null, difference: null };
    const same = { name, number: titleOf(name), part, unit: unitIn(currency, name) };
    const figures = ({ numerator, denominator, n }: { [part in 'numerator' | 'denominator' | 'n']?: number | undefined }) => ({
      numerator: numerator ?? null,
      denominator: denominator ?? null,
      n: n ?? null,
    });
    const pointOf =
      (range: string) =>
      (point: Point): Said & { name: string } => ({
        ...same,
        ...blank,
        ...figures(point),
        range,
        from: point.at,
        value: point.noData && point.value === 0 ? null : point.value,
        state: point.noData ? 'no data' : `${words[point.state]}${point.isCut ? ', only part of it' : ''}`,
      });
    const total = {
      ...same,
      ...figures(each),
      range: 'this range',
      from,
      state: each.noData ? 'no data' : words[each.state],
      value: each.noData ? null : each.total,
      earlier: compare?.noData ? null : (compare?.total ?? null),
      // A rate changes in points.
      change: each.unit === 'ratio' ? null : (compare?.change ?? null),
      difference: compare?.difference ?? null,
    };
    const earlier = compare && {
      ...same,
      ...blank,
      ...figures(compare),
      range: 'earlier range',
      from: compare.from,
      state: compare.noData ? 'no data' : words[compare.state],
      value: compare.noData ? null : compare.total,
    };
    return [
      ...each.points.map(pointOf('this range')),
      total,
      ...(compare?.points.map(pointOf('earlier range')) ?? []),
      ...(earlier ? [earlier] : []),
    ];
  });
}
