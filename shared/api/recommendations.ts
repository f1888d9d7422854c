/** What should be done today, what is at stake, and what came of what was done? */
import * as z from 'zod';
import { ruleNames } from '../insight/advice/rule.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { freshness, inUnit } from './kpis.ts';

const money = () => inUnit('currency', z.int());
export const adviceId = z.string().regex(/^[a-z_]{3,30}-[0-9a-f]{12}$/, 'must be the id of a recommendation');

const recommendation = z.object({
  id: z.string().describe('the same as long as it is about the same'),
  rule: z.enum(ruleNames),
  about: z
    .object({ kind: z.enum(['product', 'affiliate']), value: z.string(), sku: z.string().optional() })
    .nullable()
    .describe('null: the whole shop'),
  money: z.object({
    expected: money(),
    lower: money().nullable().describe('four of five times it is between these two; null: the amount is known'),
    upper: money().nullable(),
  }),
  confidence: z.enum(['high', 'medium']),
  evidence: z.array(z.object({ name: z.string(), value: z.number(), unit: z.enum(['count', 'money', 'ratio']) })),
  link: z.object({ screen: z.string(), query: z.record(z.string(), z.string()) }).describe('where the rows stand'),
  judgedAfterDays: z.int().describe('so many days after it was done its first number is held against what it was'),
});

export const recommendationsAnswer = z.object({
  ...freshness,
  recommendations: z
    .array(recommendation)
    .describe('by expected money, at most five; of the same product or affiliate one for each rule'),
  more: z.int().describe('those beyond the five'),
  outcomes: z
    .array(
      z.object({
        id: z.string(),
        doneAt: z.string(),
        before: z
          .object({ money: money(), number: z.number() })
          .describe('at stake when it was done, and the first number of its evidence'),
        now: z.object({ money: money(), number: z.number() }).describe('0: it is found no more'),
      }),
    )
    .describe('of what was done in the last 60 days and has had its time'),
});
export type RecommendationsAnswer = z.infer<typeof recommendationsAnswer>;
export type Recommendation = RecommendationsAnswer['recommendations'][number];

const path = '/v1/creators/{creatorId}/recommendations';

export const getRecommendations = endpoint({
  method: 'GET',
  path,
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What should be done today, by the money at stake, at most five; and what came of what was done.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: recommendationsAnswer,
});

const mark = z.strictObject({
  money: z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('what was expected at stake when it was marked'),
  number: z.number().describe('the first number of its evidence then'),
  judgedAfterDays: z.int().min(1).max(60),
});
const marked = z.object({ id: z.string(), state: z.enum(['done', 'dismissed']), at: z.string() });
const common = {
  method: 'POST' as const,
  gate: { to: 'settings' as const, rate: 10, burst: 20 },
  roles: owners,
  query: noQuery,
  body: { types: ['application/json'], schema: mark, example: { money: 21_400, number: 3, judgedAfterDays: 14 } },
  status: 200 as const,
  answer: marked,
};

export const postDone = endpoint({
  ...common,
  path: `${path}/{id}/done`,
  summary: 'Marks a recommendation as done: it is left out until its outcome can be seen.',
});

export const postDismissed = endpoint({
  ...common,
  path: `${path}/{id}/dismiss`,
  summary: 'Puts a recommendation off: it is left out for 14 days.',
});
