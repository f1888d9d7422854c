/** What can be asked of the KPIs? The dictionary, and a report over days. */
import * as z from 'zod';
import { isInYears, outsideYears } from '../events/fields.ts';
import { isHourly } from '../kpis/cut.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { grains, mostHourlyDays } from '../kpis/grains.ts';
import type { Kpi } from '../kpis/language.ts';
import { refundDates } from '../kpis/refunds-by.ts';
import { latestWith, mostYears } from '../most-years.ts';
import { comparisons, reasonsForNoChange } from '../reports/compare.ts';
import { addDays } from '../time.ts';
import { endpoint, noQuery, readers } from './endpoint.ts';
import { refuseDimensions, where } from './where.ts';

/** Names asked for at once, and series of a split: with points, and of totals alone. */
const mostNames = 20;
const mostSeries = 100;
const mostTotals = 1000;

const names = [...dictionary.entries.keys()] as [string, ...string[]];
const dimensions = [...new Set(names.flatMap((name) => dictionary.dimensionsOf(name)))] as [string, ...string[]];

export const kpiName = z.enum(names, { error: ({ input }) => `unknown KPI ${input}; GET /v1/kpis lists the names` });
export const dimension = z.enum(dimensions, {
  error: ({ input }) => `unknown dimension ${input}; known are ${dimensions.join(', ')}`,
});
// Aborts: what compares days is not asked about something that is none.
export const day = z.iso
  .date({ error: 'must be a day such as 2026-03-01', abort: true })
  // A range is walked through day by day: it has to end somewhere.
  .refine(isInYears, { error: outsideYears, abort: true });
/** A whole number in a parameter. */
export const whole = (least: number, most: number) =>
  z.preprocess(
    (given) => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given),
    z
      .int({ error: `must be a whole number from ${least} to ${most}` })
      .min(least)
      .max(most),
  );

/** A parameter with commas between its values. */
export const list = <Each extends z.ZodType>(each: Each, most = mostNames) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',').map((one) => one.trim()) : given),
    z.array(each, { error: 'is missing: give one or more, with commas between them' }).max(most, `at most ${most} at once`),
  );

export const refundsBy = z.enum(refundDates).default('refund_date');
export const kpisFields = {
  names: list(kpiName),
  from: day.describe('first day, in the creator’s zone'),
  to: day.describe('last day, included'),
  grain: z.enum(grains).default('day'),
  by: dimension.optional(),
  where: where.optional(),
  top: whole(1, mostTotals)
    .default(10)
    .describe(`series of a split, largest first: up to ${mostTotals} of one KPI with grain=total, else up to ${mostSeries}`),
  compare: z.enum(comparisons).optional(),
  compareFrom: day.optional().describe('with compare=custom: the first day compared with'),
  compareTo: day.optional().describe('with compare=custom: the last'),
  refundsBy,
};

type Refuse = (path: string, message: string) => void;

/** Days of a custom comparison come with it, in order, and only with it. */
function refuseCustom(
  {
    compare,
    compareFrom,
    compareTo,
  }: { compare?: string | undefined; compareFrom?: string | undefined; compareTo?: string | undefined },
  refuse: Refuse,
): void {
  if (compare !== 'custom') {
    if (compareFrom ?? compareTo) refuse('compare', 'compareFrom and compareTo go with compare=custom');
    return;
  }
  if (!compareFrom || !compareTo) refuse('compare', 'a custom comparison needs compareFrom and compareTo');
  else if (compareFrom > compareTo) refuse('compareFrom', 'is after compareTo: give the earlier day first');
  else if (compareTo > latestWith(compareFrom)) refuse('compareTo', `is more than ${mostYears} years from compareFrom`);
}

export const kpisQuery = z.strictObject(kpisFields).superRefine((query, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { from, to, grain, by, top } = query;
  if (from > to) return refuse('from', `is after to: give the earlier day first (from=${to}&to=${from})`);
  const latest = latestWith(from);
  if (to > latest) return refuse('to', `is more than ${mostYears} years from the first day; ask for ${latest} at most`);
  if (grain === 'hour' && to > addDays(from, mostHourlyDays - 1))
    refuse('grain', `hours are answered for ${mostHourlyDays} days at most; take fewer days or grain=day`);
  if (grain === 'hour' && by) refuse('grain', 'a split is kept by day; take grain=day or leave by out');
  if (grain === 'hour' && query.where) refuse('grain', 'what is narrowed is kept by day; take grain=day or leave where out');
  if (top > mostSeries && (grain !== 'total' || query.names.length > 1))
    refuse('top', `more than ${mostSeries} goes with grain=total and one KPI; take up to ${mostSeries} here`);
  refuseCustom(query, refuse);
  for (const name of query.names)
    if (grain === 'hour' && !isHourly(name)) refuse('grain', `${name} is kept by day; take grain=day`);
  refuseDimensions(query, query.names, refuse);
});

export type KpisQuery = z.infer<typeof kpisQuery>;

/**
 * Says of a number in which unit it is: `own`, as its KPI; `numerator` and `denominator`, as the KPIs that one divides; `share`;
 * `difference`: of ratios a share, else as its KPI; `currency`: minor units of the currency beside it. Files of reports read it.
 */
export const inUnit = <Number extends z.ZodType>(
  unit: 'own' | 'numerator' | 'denominator' | 'share' | 'difference' | 'currency',
  number: Number,
) => number.meta({ 'x-unit': unit });
/** A day or an instant: by the creator's clock, or in UTC. Files of reports type and title it so. */
export const aDay = (clock: 'local' | 'utc' = 'local') => z.string().meta({ 'x-day': clock });
const number = () => inUnit('own', z.number().nullable());

/** Where a number is larger than JSON numbers are exact. */
export const isRounded = z
  .literal(true)
  .optional()
  .describe('a sum in it is beyond 2^53 − 1 minor units or counts: its last digits are rounded; the lake has all of them');

const figures = {
  numerator: inUnit('numerator', z.number()).optional(),
  denominator: inUnit('denominator', z.number()).optional(),
  p50: number().optional(),
  p90: number().optional(),
  n: z.int().optional(),
  isRounded,
};
/** How far a number is settled. */
export const state = z
  .enum(['partial', 'restated', 'complete'])
  .describe(
    'partial: its days have not all ended, or something that is accepted and not counted yet may move them; restated: moved by a version later than a day after its end; else complete',
  );
const noData = z
  .literal(true)
  .optional()
  .describe('all before the first datum of what it counts: a zero here says that nothing is known');
/** Why there is no change. */
export const noChange = z
  .enum(reasonsForNoChange)
  .optional()
  .describe('why there is no change; with zero and negative a difference is told');
const point = z.object({
  at: aDay().describe('first day of the bucket in the range; of an hour its start with its offset'),
  to: aDay().optional().describe('last day of a week or month in the range'),
  isCut: z.literal(true).optional().describe('a part of its hour, day, week or month: cut by the range, or still running'),
  noData: z.literal(true).optional().describe('before the first datum of what it counts: a zero here says that nothing is known'),
  value: number(),
  state,
  ...figures,
});
/** How an open KPI's number is made up: those with hours left from (null: any) to below `to`. */
export const share = z.object({ from: z.number().nullable(), to: z.number(), value: inUnit('own', z.int()) });

export const series = z.object({
  name: z.string(),
  unit: z.enum(['money', 'count', 'ratio', 'seconds']),
  dimension: z.string().optional(),
  value: z.string().optional(),
  isOther: z.literal(true).optional().describe('the values beyond the top, together'),
  restates: z.literal(true).optional().describe('later events move closed days by design'),
  total: number(),
  state: state.describe('of the total: what its least settled point is'),
  noData,
  ...figures,
  points: z.array(point),
  breakdown: z.array(share).optional(),
  compare: z
    .object({
      from: aDay(),
      to: aDay(),
      until: z.string().optional().describe('HH:MM: the last day counts until this minute of its clock only'),
      total: number(),
      state,
      noData,
      ...figures,
      change: inUnit('share', z.number().nullable()).describe('as a share; null where the earlier number is zero or less'),
      difference: inUnit('difference', z.number().nullable()).describe('in the unit of the number; of a ratio, points'),
      noChange,
      dataFrom: aDay().optional().describe('there is nothing before this day, so there is no change'),
      of: z
        .object({ from: aDay(), to: aDay(), until: z.string().optional(), total: number(), ...figures })
        .optional()
        .describe('the part of this range that has gone by, where it still runs: what the change is computed from'),
      points: z.array(point),
    })
    .optional(),
});

/** What every analytical answer carries. */
export const freshness = {
  creatorId: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  asOf: z.string().nullable().describe('arrival instant through which events are applied; null before the first'),
  lagSeconds: z.number(),
  definitionVersion: z.string(),
};

export const kpisAnswer = z.object({
  ...freshness,
  from: z.string(),
  to: z.string(),
  grain: z.enum(grains),
  refundsBy: z.enum(refundDates),
  where: z.string().optional().describe('to what the numbers are narrowed, as it was asked'),
  series: z.array(series),
});

export const getKpis = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/kpis',
  gate: { to: 'report', rate: 200, burst: 400 },
  summary: 'KPIs over days: by hour, day, week, month or in total, split by a dimension, against an earlier range.',
  roles: readers,
  query: kpisQuery,
  status: 200,
  answer: kpisAnswer,
});

const kinds = ['measure', 'sum', 'ratio', 'distribution', 'open', 'report'] as const satisfies Kpi['kind'][];

export const dictionaryAnswer = z.object({
  definitionVersion: z.string(),
  kpis: z.array(
    z.object({
      name: z.string(),
      topic: z.string().describe('the group it belongs to'),
      subject: z.string().describe('the same, under its older name'),
      title: z.string(),
      unit: z.string(),
      better: z.string(),
      formula: z.string(),
      timeBasis: z.string(),
      definedBy: z.string().nullable(),
      dimensions: z.array(z.string()),
      kind: z.enum(kinds),
      numerator: z.string().optional().describe('of a ratio: the KPI that is divided'),
      denominator: z.string().optional().describe('of a ratio: the KPI that it is divided by'),
      grains: z.array(z.enum(grains)).describe('what it can be cut into; total alone: one number whatever grain is asked for'),
      isAdditive: z.boolean(),
      restates: z.boolean(),
      version: z.string(),
    }),
  ),
});

export const getDictionary = endpoint({
  method: 'GET',
  path: '/v1/kpis',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What each number means: the dictionary of KPIs.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: dictionaryAnswer,
});
