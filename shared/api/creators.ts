/** Which creators may the caller look at? */
import * as z from 'zod';
import { endpoint, readers } from './endpoint.ts';
import { whole } from './kpis.ts';

const mostCreators = 200;

const creatorsQuery = z.strictObject({
  search: z.string().max(200).default('').describe('what name or id begins with; case does not matter'),
  limit: whole(1, mostCreators).default(100),
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
    }),
  ),
  cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
});

export const getCreators = endpoint({
  method: 'GET',
  path: '/v1/creators',
  summary: 'The creators that the caller may look at, by id: a creator finds itself, analysts and admins find all.',
  roles: readers,
  query: creatorsQuery,
  status: 200,
  answer: creatorsAnswer,
});
