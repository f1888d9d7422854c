/** What do units cost their seller, each cost from a day on; and how is one typed in or taken out? */
import * as z from 'zod';
import { day, money } from '../events/fields.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { freshness, inUnit } from './kpis.ts';

const sku = z.string().min(1).max(200).describe('as order lines name it; their product id where they have no SKU');
const validFrom = day().describe('first local day; it holds until the next one of the SKU');

/** Costs that a list shows. */
export const mostCosts = 5000;

const unitCostRow = z.object({
  sku: z.string(),
  validFrom: z.string(),
  amount: inUnit('currency', z.int()).describe('of one unit, minor units of `currency`'),
});

export const unitCostsAnswer = z.object({
  ...freshness,
  costs: z.array(unitCostRow),
  isWhole: z.boolean().describe(`false where there are more than ${mostCosts}: the others count too`),
});

const path = '/v1/creators/{creatorId}/unit-costs';

export const getUnitCosts = endpoint({
  method: 'GET',
  path,
  gate: { to: 'report', rate: 20, burst: 40 },
  summary: 'What units cost, by SKU and the day from which it holds.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: unitCostsAnswer,
});

export const postUnitCosts = endpoint({
  method: 'POST',
  path,
  gate: { to: 'collect-events', rate: 5, burst: 20 },
  summary: 'Puts costs in, each over the one of its SKU and day, or takes them out.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({
      costs: z
        .array(
          z.strictObject({
            sku,
            validFrom,
            amount: money().nullable().describe('of one unit, minor units of the shop’s currency; null takes the cost out'),
          }),
        )
        .min(1, 'is empty: name a cost')
        .max(500),
    }),
    example: { costs: [{ sku: 's-1', validFrom: '2026-03-01', amount: 640 }] },
  },
  status: 202,
  answer: z.object({ accepted: z.int() }),
});
