/** What does a stock day say? The closing level of one SKU at one location: a number of a day like any other. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { count, due } from './fields.ts';

export const stockDay = entity({
  name: 'stock-day',
  about: 'Closing stock of a SKU at a location on a local day.',
  subject: 'stock/{sku}@{location}/{day}',
  schema: z.looseObject({
    productId: z.string().min(1).max(200).optional(),
    onHand: z.int(),
    committed: count().optional(),
    incoming: z
      .array(z.looseObject({ quantity: count(), expectedAt: due().optional() }))
      .max(100)
      .optional(),
  }),
  dimensions: { product: 'productId', location: 'location' },
  derived: { day: 'text', location: 'text', isOut: 'count' },
  derive(facts, ids) {
    facts.day = ids.day;
    facts.location = ids.location;
    facts.isOut = Number(facts.onHand) <= 0 ? 1 : 0;
  },
  example: {
    subject: 'stock/s-1@warehouse-1/2026-03-01',
    time: '2026-03-02T00:05:00Z',
    data: { productId: 'p-1', onHand: 42, committed: 3, incoming: [{ quantity: 100, expectedAt: '2026-03-09T12:00:00Z' }] },
  },
});
