/** Which creators may the caller look at? */
import * as z from 'zod';
import { endpoint, readers } from './endpoint.ts';
import { whole } from './kpis.ts';

const mostCreators = 200;

const creatorsQuery = z.strictObject({
  search: z.string().max(200).default('').describe('what name or id begins with; case does not matter'),
  limit: whole(1, mostCreators).default(100),
  sort: z
    .enum(['id', 'most-orders'])
    .default('id')
    .describe(
      'orders: who sold most first, all orders ever counted; of more than 2,000 creators only those that a search leaves',
    ),
  cursor: z.string().max(2000).optional(),
});
export type CreatorsQuery = z.infer<typeof creatorsQuery>;

export const creatorsAnswer = z.object({
  creators: z.array(
    z.object({
      creatorId: z.string(),
      name: z.string(),
      currency: z.string(),
      timeZone: z.string(),
      country: z.string().nullable(),
      category: z.string().nullable(),
      orders: z.int().optional().describe('paid orders, all in all; where they are sorted by them'),
    }),
  ),
  sort: z.enum(['id', 'most-orders']).describe('how they are sorted: by id also where there are too many for orders'),
  cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
});

export const getCreators = endpoint({
  method: 'GET',
  path: '/v1/creators',
  gate: { to: 'report', rate: 20, burst: 40 },
  summary:
    'The creators that the caller may look at, by id or by what they sell: a creator finds itself, analysts and admins find all.',
  roles: readers,
  query: creatorsQuery,
  status: 200,
  answer: creatorsAnswer,
});
