/** What does a shop say of a product, and what only the seller knows of it: its unit cost and its supply? */
import * as z from 'zod';
import { entity } from './entity.ts';
import { currency, exchangeRate, money, text } from './fields.ts';

export const product = entity({
  name: 'product',
  about: 'A product as the shop lists it.',
  subject: 'product/{productId}',
  schema: z.looseObject({
    title: text(500),
    category: text().optional(),
    status: text(40).optional(),
    listPrice: money().optional(),
    currency: currency().optional(),
    exchangeRate: exchangeRate().optional(),
  }),
  dimensions: {},
  example: {
    subject: 'product/p-1',
    time: '2026-02-01T10:00:00Z',
    data: { title: 'Rose serum 30 ml', category: 'beauty', status: 'active', listPrice: 1999, currency: 'USD' },
  },
});

export const unitCost = entity({
  name: 'unit-cost',
  about:
    'What a unit of a SKU costs its seller from a local day on, until the day of its next cost; a product’s snapshot never erases it.',
  subject: 'unit-cost/{sku}/{validFrom}',
  schema: z.looseObject({
    amount: money().describe('of one unit'),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
  }),
  dimensions: {},
  example: {
    subject: 'unit-cost/s-1/2026-01-01',
    time: '2026-02-01T10:00:00Z',
    data: { amount: 640, currency: 'USD' },
  },
});

export const supply = entity({
  name: 'supply',
  about: 'A supplier’s lead time for a SKU: mean and standard deviation in days.',
  subject: 'supply/{sku}',
  schema: z.looseObject({
    leadTimeDays: z.number().min(0).max(1000),
    leadTimeDeviation: z.number().min(0).max(1000).optional(),
    supplier: text().optional(),
  }),
  dimensions: {},
  example: { subject: 'supply/s-1', time: '2026-02-01T10:00:00Z', data: { leadTimeDays: 21, leadTimeDeviation: 4 } },
});
