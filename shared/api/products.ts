/** What can be asked of the products? Those of some ids, those that a text finds, or all of them. */
import * as z from 'zod';
import { id } from '../events/fields.ts';
import { endpoint, readers } from './endpoint.ts';
import { freshness, inUnit, list, whole } from './kpis.ts';

const mostIds = 100;
const mostRows = 200;

export const productsQuery = z
  .strictObject({
    ids: list(id(), mostIds).optional().describe('answers those that are known, in this order and on one page'),
    search: z.string().min(1).max(200).optional().describe('part of a title or an id, in whatever case'),
    limit: whole(1, mostRows).default(100),
    cursor: z.string().max(2000).optional(),
  })
  .superRefine(({ ids, search, cursor }, context) => {
    if (ids === undefined) return;
    for (const [name, given] of Object.entries({ search, cursor }))
      if (given !== undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'goes without ids: leave one of them out' });
  });

export type ProductsQuery = z.infer<typeof productsQuery>;

export const productRow = z.object({
  productId: z.string(),
  title: z.string().describe('as the shop sent it: may hold markup'),
  category: z.string().nullable(),
  status: z.string().nullable(),
  listPrice: inUnit('currency', z.int().nullable()).describe('minor units of `currency`, as the shop lists it'),
  currency: z.string().nullable().describe('null where there is no list price'),
});

export const productsAnswer = z.object({
  ...freshness,
  products: z.array(productRow),
  cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
});

export const getProducts = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/products',
  gate: { to: 'report', rate: 100, burst: 200 },
  summary: 'What the products are called: by id, by a part of title or id, or all by id, page by page.',
  roles: readers,
  query: productsQuery,
  status: 200,
  answer: productsAnswer,
});
