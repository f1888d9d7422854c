/** What can be asked of the KPIs? The dictionary, and a report over days. */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import type { Kpi } from '../kpis/language.ts';
import { addDays } from '../time.ts';
import { endpoint, noQuery, readers } from './endpoint.ts';

/** Names asked for at once, days of hourly points, and series of a split. */
const mostNames = 20;
const mostHourlyDays = 62;
const mostSeries = 100;
export const mostYears = 5;

const names = [...dictionary.entries.keys()] as [string, ...string[]];
const dimensions = [...new Set(names.flatMap((name) => dictionary.dimensionsOf(name)))] as [string, ...string[]];

export const kpiName = z.enum(names, { error: ({ input }) => `unknown KPI ${input}; GET /v1/kpis lists the names` });
export const dimension = z.enum(dimensions, {
  error: ({ input }) => `unknown dimension ${input}; known are ${dimensions.join(', ')}`,
});
// Aborts: what compares days is not asked about something that is none.
export const day = z.iso.date({ error: 'must be a day such as 2026-03-01', abort: true });
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

export const refundsBy = z.enum(['refund_date', 'order_date']).default('refund_date');
export const grains = ['hour', 'day', 'week', 'month', 'total'] as const;
type Grain = (typeof grains)[number];
export const comparisons = ['previous', 'previous_year', 'previous_weekday_aligned'] as const;

/** A KPI kept by hour: a measure at an instant. Distributions, what is due by a day and what is spread over days are kept by day. */
function isHourly(name: string): boolean {
  const kpi = dictionary.entries.get(name)?.kpi;
  if (kpi?.kind === 'measure') return typeof kpi.at === 'string' ? kpi.at !== 'day' : 'first' in kpi.at || 'last' in kpi.at;
  if (kpi?.kind === 'sum') return [...kpi.plus, ...kpi.minus].every(isHourly);
  if (kpi?.kind === 'ratio') return isHourly(kpi.numerator) && isHourly(kpi.denominator);
  return kpi?.kind === 'open';
}

/** The grains that a KPI can be told apart by. What is open, or was computed by a job, is one number whatever grain is asked for. */
export function grainsOf(name: string): Grain[] {
  const { kind } = dictionary.entries.get(name)?.kpi ?? {};
  if (kind === 'open' || kind === 'report') return ['total'];
  return grains.filter((grain) => grain !== 'hour' || isHourly(name));
}

export const kpisFields = {
  names: list(kpiName),
  from: day.describe('first day, in the creator’s zone'),
  to: day.describe('last day, included'),
  grain: z.enum(grains).default('day'),
  by: dimension.optional(),
  top: whole(1, mostSeries).default(10),
  compare: z.enum(comparisons).optional(),
  refundsBy,
};

export const kpisQuery = z.strictObject(kpisFields).superRefine((query, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { from, to, grain, by } = query;
  if (from > to) return refuse('from', `is after to: give the earlier day first (from=${to}&to=${from})`);
  const latest = addDays(`${Number(from.slice(0, 4)) + mostYears}${from.slice(4)}`, -1);
  if (to > latest) return refuse('to', `is more than ${mostYears} years from the first day; ask for ${latest} at most`);
  if (grain === 'hour' && to > addDays(from, mostHourlyDays - 1))
    refuse('grain', `hours are answered for ${mostHourlyDays} days at most; take fewer days or grain=day`);
  if (grain === 'hour' && by) refuse('grain', 'a split is kept by day; take grain=day or leave by out');
  for (const name of query.names) {
    if (grain === 'hour' && !isHourly(name)) refuse('grain', `${name} is kept by day; take grain=day`);
    const known = dictionary.dimensionsOf(name);
    if (by && !known.includes(by))
      refuse('by', `${name} cannot be split by ${by}; ${known.length ? `it can by ${known.join(', ')}` : 'it cannot be split'}`);
  }
});

export type KpisQuery = z.infer<typeof kpisQuery>;

const figures = {
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  p50: z.number().nullable().optional(),
  p90: z.number().nullable().optional(),
  n: z.int().optional(),
};
const point = z.object({
  at: z.string().describe('first day of the bucket in the range; of an hour its start with its offset'),
  value: z.number().nullable(),
  state: z.enum(['partial', 'restated', 'complete']),
  ...figures,
});
/** How an open KPI's number is made up: those with hours left from (null: any) to below `to`. */
export const share = z.object({ from: z.number().nullable(), to: z.number(), value: z.int() });

export const series = z.object({
  name: z.string(),
  unit: z.enum(['money', 'count', 'ratio', 'seconds']),
  dimension: z.string().optional(),
  value: z.string().optional(),
  isOther: z.literal(true).optional().describe('the values beyond the top, together'),
  restates: z.literal(true).optional().describe('later events move closed days by design'),
  total: z.number().nullable(),
  ...figures,
  points: z.array(point),
  breakdown: z.array(share).optional(),
  compare: z
    .object({
      from: z.string(),
      to: z.string(),
      total: z.number().nullable(),
      change: z.number().nullable(),
      points: z.array(point),
    })
    .optional(),
});

/** What every analytical answer carries. */
export const standing = {
  creatorId: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  asOf: z.string().nullable().describe('arrival instant through which events are applied; null before the first'),
  lagSeconds: z.number(),
  definitionVersion: z.string(),
};

export const kpisAnswer = z.object({
  ...standing,
  from: z.string(),
  to: z.string(),
  grain: z.enum(grains),
  refundsBy: z.enum(['refund_date', 'order_date']),
  series: z.array(series),
});

export const getKpis = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/kpis',
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
      subject: z.string(),
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
  summary: 'What each number means: the dictionary of KPIs.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: dictionaryAnswer,
});
