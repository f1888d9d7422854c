/** On which terms does a creator order? Lead time, safety, cover and quantities of a SKU. */
import * as z from 'zod';
import { mostDays } from '../insight/stock/terms.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import {
  entryId,
  listSent,
  noControls,
  printable,
  readInstant,
  sentInstant,
  versionRead,
  versionSent,
} from './versioned-list.ts';

const mostTerms = 1000;

const terms = z.strictObject({
  id: entryId,
  sku: z.string().min(1).max(200).regex(printable, noControls),
  leadDays: z.int().min(0).max(mostDays).describe('from order to shelf'),
  leadDeviation: z.number().min(0).max(60).describe('by how many days that varies (standard deviation)'),
  safetyDays: z.int().min(0).max(60).describe('an order is to be there so many days earlier than needed'),
  coverDays: z.int().min(1).max(mostDays).describe('an order is to last so long once it is there'),
  minimumOrder: z.int().min(0).max(1_000_000).describe('units; 0: any number'),
  packSize: z.int().min(1).max(100_000).describe('units a box; whole boxes are ordered'),
});

/** Of a SKU there is one entry; its days end within the forecast. */
const sent = listSent(terms.extend(sentInstant), mostTerms, 'SKUs with terms of their own').superRefine((all, context) => {
  const seen = new Set<string>();
  for (const [i, { sku, leadDays, safetyDays, coverDays }] of all.entries()) {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [i, path], message });
    if (seen.has(sku)) refuse('sku', `${sku} is there twice: change the first entry`);
    seen.add(sku);
    if (leadDays + safetyDays + coverDays > mostDays)
      refuse('coverDays', `lead time, safety days and cover are at most ${mostDays} days together: demand is forecast so far`);
  }
});

const stockTermsAnswer = z.object({ version: versionRead, terms: z.array(terms.extend(readInstant)) });

const path = '/v1/creators/{creatorId}/stock-terms';

export const getStockTerms = endpoint({
  method: 'GET',
  path,
  gate: { to: 'settings', rate: 50, burst: 100 },
  summary: 'The terms on which SKUs are ordered; those without an entry have the defaults that the inventory report tells.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: stockTermsAnswer,
});

export const putStockTerms = endpoint({
  method: 'PUT',
  path,
  gate: { to: 'settings', rate: 10, burst: 20 },
  summary: 'Replaces the terms of all SKUs. 409 where they were changed since the version that is named.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({ version: versionSent, terms: sent }),
    example: {
      version: 0,
      terms: [
        {
          ...{ id: 's-1', sku: 's-1', leadDays: 21, leadDeviation: 4 },
          ...{ safetyDays: 2, coverDays: 28, minimumOrder: 50, packSize: 12 },
        },
      ],
    },
  },
  status: 200,
  answer: stockTermsAnswer,
});

export type StockTermsAnswer = z.infer<typeof stockTermsAnswer>;
export type StockTerms = StockTermsAnswer['terms'][number];
