/** Why did a number change? The change of each of its parts, which adds up to that of the whole. */
import type { MoversAnswer, MoversQuery } from '../api/movers.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Comparison } from './compare.ts';
import { readMovement, type Series } from './kpis.ts';
import { freshnessOf, type Scope } from './scope.ts';

interface Moved {
  now: number;
  before: number;
  change: number;
}

/** What a series came to in the days that both ranges have, and its change. */
function movedBy({ total, compare }: Series): Moved {
  const now = (compare?.of ? compare.of.total : total) ?? 0;
  const before = compare?.total ?? 0;
  return { now, before, change: now - before };
}

const sum = (all: Moved[]): Moved =>
  all.reduce((so, { now, before, change }) => ({ now: so.now + now, before: so.before + before, change: so.change + change }), {
    now: 0,
    before: 0,
    change: 0,
  });

/** Answers GET …/movers; the largest movements first, up or down. */
export async function reportMovers(
  { name, by, top, from, to, compare, refundsBy }: MoversQuery,
  scope: Scope,
): Promise<MoversAnswer> {
  const dimensions = by ?? dictionary.dimensionsOf(name);
  const question = { name, from, to, compare: compare as Comparison, refundsBy };
  // Without a dimension there is the whole change to tell.
  const movements = await Promise.all(
    (dimensions.length ? dimensions : ['total']).map((each) => readMovement({ ...question, by: each }, scope)),
  );
  const whole = movements[0]?.whole as Series;
  const against = whole.compare;
  return {
    ...freshnessOf(scope),
    name,
    unit: whole.unit,
    refundsBy,
    from: against?.of?.from ?? from,
    to: against?.of?.to ?? to,
    ...(against?.of?.until === undefined ? {} : { until: against.of.until }),
    against: {
      from: against?.from ?? from,
      to: against?.to ?? to,
      ...(against?.until === undefined ? {} : { until: against.until }),
    },
    ...movedBy(whole),
    dimensions: dimensions.map((dimension, i) => {
      const moved = (movements[i]?.parts ?? [])
        .map(({ value, now, before }) => ({ value, now, before, change: now - before }))
        .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.value < b.value ? -1 : 1));
      const [rows, rest] = [moved.slice(0, top), moved.slice(top)];
      return { dimension, rows, rest: { values: rest.length, ...sum(rest) } };
    }),
  };
}
