/** What does a creator want to reach? A target for a number and a month. */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { firstSign } from '../kpis/kpi-dashboards.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { kpiName } from './kpis.ts';
import { entryId, listSent, readInstant, sentInstant, versionRead, versionSent } from './versioned-list.ts';

const mostGoals = 400;
/** Beyond it a number holds no whole minor units. */
const largest = Number.MAX_SAFE_INTEGER;

/** Numbers that have a total of a month: counts, amounts and rates. */
const hasTotal = (name: string): boolean => ['measure', 'sum', 'ratio'].includes(dictionary.entries.get(name)?.kpi.kind ?? '');

const goal = z.strictObject({
  id: entryId,
  name: kpiName.refine(hasTotal, { error: 'has no total of a month: choose a count, an amount or a rate' }),
  month: z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-03'),
  target: z
    .number()
    .positive('must be more than zero')
    .max(largest)
    .describe('in the unit of the number: minor units of the shop’s currency, a count, or a share'),
});

/** Counts and amounts are whole; of a number and a month there is one goal. */
const sent = listSent(
  goal.extend(sentInstant).superRefine(({ name, target }, context) => {
    const unit = dictionary.entries.get(name)?.kpi.unit;
    if ((unit === 'money' || unit === 'count') && !Number.isInteger(target))
      context.addIssue({ code: 'custom', path: ['target'], message: 'must be whole: minor units of the currency, or a count' });
  }),
  mostGoals,
  'goals',
).superRefine((goals, context) => {
  const seen = new Set<string>();
  for (const [i, { name, month }] of goals.entries()) {
    if (seen.has(`${name} ${month}`))
      context.addIssue({
        code: 'custom',
        path: [i],
        message: `is the second goal for ${name} in ${month}: change the first one`,
      });
    seen.add(`${name} ${month}`);
  }
});

const goalsAnswer = z.object({ version: versionRead, goals: z.array(goal.extend(readInstant)) });

const path = '/v1/creators/{creatorId}/goals';

export const getGoals = endpoint({
  method: 'GET',
  path,
  gate: { to: 'settings', rate: 50, burst: 100 },
  summary: 'The goals: a target for a number and a month.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: goalsAnswer,
});

export const putGoals = endpoint({
  method: 'PUT',
  path,
  gate: { to: 'settings', rate: 10, burst: 20 },
  summary: 'Replaces the goals. 409 where they were changed since the version that is named.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({ version: versionSent, goals: sent }),
    example: { version: 0, goals: [{ id: 'march', name: firstSign, month: '2026-03', target: 400 }] },
  },
  status: 200,
  answer: goalsAnswer,
});

export type GoalsAnswer = z.infer<typeof goalsAnswer>;
export type Goal = GoalsAnswer['goals'][number];
