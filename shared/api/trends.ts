/** Where does a number stand, where does it go, and when did it change? */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { refundDates } from '../kpis/refunds-by.ts';
import { addDays } from '../time.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, day, freshness, inUnit, kpiName, refundsBy } from './kpis.ts';

/** Pairs of days are compared: two years of them are a quarter of a million. */
const mostDays = 731;

const query = z.strictObject({ name: kpiName, from: day, to: day, refundsBy }).superRefine(({ name, from, to }, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (from > to) refuse('from', `is after to: give the earlier day first (from=${to}&to=${from})`);
  else if (to > addDays(from, mostDays - 1))
    refuse('to', `is more than two years from the first day; ask for ${addDays(from, mostDays - 1)} at most`);
  const kind = dictionary.entries.get(name)?.kpi.kind;
  if (kind === 'open' || kind === 'report' || kind === 'distribution')
    refuse('name', `${name} has no number of a day: ask for a count, an amount or a rate`);
});
export type TrendsQuery = z.infer<typeof query>;

const own = () => inUnit('own', z.number());
const interval = z.object({ value: own(), lower: own(), upper: own() }).describe('95 %');

export const trendsAnswer = z.object({
  ...freshness,
  name: z.string(),
  unit: z.enum(['money', 'count', 'ratio', 'seconds']),
  refundsBy: z.enum(refundDates),
  from: aDay(),
  to: aDay().describe('last day that is over'),
  n: z.int().describe('days with a number'),
  method: z.literal('medians and ranks'),
  version: z.int(),
  level: interval.nullable().describe('a usual day of the last four weeks, the weekday’s part taken out'),
  slope: interval.nullable().describe('a day, over the range'),
  weekdays: z.array(own()).nullable().describe('beyond a usual day, Monday first; null below eight weeks'),
  changes: z
    .array(z.object({ day: aDay(), before: own(), after: own() }))
    .describe('days from which on a usual day is another one'),
  yearBefore: z
    .object({ from: aDay(), to: aDay(), value: own(), before: own(), change: inUnit('share', z.number().nullable()) })
    .nullable()
    .describe('the range against the same weekdays 52 weeks earlier'),
  reasons: z.array(z.enum(['too_short', 'too_short_for_weekdays', 'days_without_number', 'no_year_before'])),
});
export type TrendsAnswer = z.infer<typeof trendsAnswer>;

export const getTrends = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/trends',
  gate: { to: 'report', rate: 20, burst: 40 },
  summary: 'Level, slope, weekdays and changes of a daily number, each with its interval, and the year before.',
  roles: readers,
  query,
  status: 200,
  answer: trendsAnswer,
});
