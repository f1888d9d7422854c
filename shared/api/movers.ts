/** Why did a number change? By how much each product, channel, region or other part of it moved, which adds up to the change. */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { refundDates } from '../kpis/refunds-by.ts';
import { latestWith, mostYears } from '../most-years.ts';
import { comparisons } from '../reports/compare.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, day, dimension, freshness, inUnit, kpiName, list, refundsBy, whole } from './kpis.ts';

const compared = comparisons.filter((name) => name !== 'custom');

const query = z
  .strictObject({
    name: kpiName,
    from: day,
    to: day,
    compare: z.enum(compared as [string, ...string[]]).default('previous'),
    by: list(dimension).optional().describe('dimensions; all that are kept of the number where absent'),
    top: whole(1, 100).default(5).describe('parts of a dimension, those that moved most first'),
    refundsBy,
  })
  .superRefine(({ name, from, to, by = [] }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (from > to) refuse('from', `is after to: give the earlier day first (from=${to}&to=${from})`);
    else if (to > latestWith(from))
      refuse('to', `is more than ${mostYears} years from the first day; ask for ${latestWith(from)} at most`);
    const kpi = dictionary.entries.get(name)?.kpi;
    if (kpi?.kind === 'ratio')
      refuse('name', `${name} is a rate, whose parts do not add up: ask for ${kpi.numerator} and for ${kpi.denominator}`);
    else if (kpi && kpi.kind !== 'measure' && kpi.kind !== 'sum')
      refuse('name', `${name} does not add up: ask for a count or an amount`);
    for (const each of by)
      if (!dictionary.dimensionsOf(name).includes(each))
        refuse('by', `${each} is not kept of ${name}; kept are ${dictionary.dimensionsOf(name).join(', ') || 'none'}`);
  });
export type MoversQuery = z.infer<typeof query>;

const numbers = {
  now: inUnit('own', z.number()).describe('in the part of the range that has gone by'),
  before: inUnit('own', z.number()).describe('in the same part of what it is compared with'),
  change: inUnit('own', z.number()).describe('now − before'),
};

export const moversAnswer = z.object({
  ...freshness,
  name: z.string(),
  unit: z.enum(['money', 'count', 'ratio', 'seconds']),
  refundsBy: z.enum(refundDates),
  from: aDay(),
  to: aDay(),
  until: z.string().optional().describe('HH:MM: the last day counts until this minute of its clock only'),
  against: z.object({ from: aDay(), to: aDay(), until: z.string().optional() }),
  ...numbers,
  dimensions: z.array(
    z.object({
      dimension: z.string(),
      rows: z.array(z.object({ value: z.string(), ...numbers })),
      rest: z.object({ values: z.int(), ...numbers }).describe('all other values together; rows and rest add up to the change'),
    }),
  ),
});
export type MoversAnswer = z.infer<typeof moversAnswer>;

export const getMovers = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/movers',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What moved a number: the change of each part against an earlier range, adding up to the whole change.',
  roles: readers,
  query,
  status: 200,
  answer: moversAnswer,
});
