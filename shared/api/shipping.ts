/** What do parcels cost by carrier and region, who keeps the promise, and what would another carrier have saved? */
import * as z from 'zod';
import { daysQuery } from './days.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

/** A carrier has met the promise from this share and so many parcels on: fewer say nothing of it. */
export const leastOnTime = 0.9;
export const leastParcels = 10;

const query = daysQuery({ top: whole(1, 300).default(50).describe('regions at most, by parcels; sums hold all of them') });
export type ShippingQuery = z.infer<typeof query>;

const amount = () => inUnit('currency', z.int());
const parcels = {
  parcels: z.int(),
  costed: z.int().describe('parcels of which the label’s cost is known'),
  cost: amount().describe('of their labels'),
  meanCost: amount().nullable().describe('cost ÷ costed, rounded; null where no cost is known'),
  due: z.int().describe('parcels that were promised for a day and are delivered, or whose day is over'),
  onTime: z.int().describe('of these: delivered by the end of that day'),
  onTimeShare: inUnit('share', z.number().nullable()).describe('onTime ÷ due; null where none is due'),
};
const carrier = z.object({ carrier: z.string().describe('empty: not told'), ...parcels });

const region = z.object({
  region: z.string().describe('empty: not told'),
  isOther: z.literal(true).optional().describe('regions with few parcels, together'),
  ...parcels,
  carriers: z.array(carrier).describe('by parcels'),
  cheapest: z
    .string()
    .nullable()
    .describe(
      'the carrier with the lowest mean cost of those with n ≥ 10 costed and n ≥ 10 due parcels, at least 90 % of them in time',
    ),
  saving: amount()
    .nullable()
    .describe(
      'Σ (own cost − mean cost of the cheapest) over the parcels of carriers that are dearer; null where there is no cheapest',
    ),
  savingParcels: z.int().describe('parcels that the saving is of'),
  reason: z
    .enum(['no_region', 'no_costs', 'no_promises', 'too_few_parcels', 'none_in_time'])
    .nullable()
    .describe('why no cheapest is named; null: one is'),
});

export const shippingAnswer = z.object({
  ...freshness,
  from: aDay(),
  to: aDay(),
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  method: z
    .literal('parcels of your own by the day of their label')
    .describe('parcels of a region are taken as alike: neither weight nor size is known'),
  version: z.int(),
  ...parcels,
  saving: amount().nullable().describe('Σ over the regions; null where no region has a cheapest carrier'),
  savingParcels: z.int(),
  carriers: z.array(carrier).describe('by parcels'),
  regions: z.array(region).describe('by parcels'),
  reasons: z
    .array(z.enum(['not_computed', 'no_parcels', 'no_costs', 'some_costs_missing', 'no_promises', 'no_regions']))
    .describe('what keeps the numbers from being the last word'),
});
export type ShippingAnswer = z.infer<typeof shippingAnswer>;

export const getShipping = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/shipping',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary:
    'Cost per parcel and share in time by carrier and region, the cheapest carrier that keeps the promise, and what it would have saved.',
  roles: readers,
  query,
  status: 200,
  answer: shippingAnswer,
});
