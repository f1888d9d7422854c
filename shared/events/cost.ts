/** What does a cost say? Spend that no order carries, over a span of local days. */
import * as z from 'zod';
import { daysBetween } from '../time.ts';
import { entity } from './entity.ts';
import { currency, day, exchangeRate, money, text } from './fields.ts';

// Each day is a bucket of its own, and what an entity told has to fit into its item.
const mostDays = 1096;

export const cost = entity({
  name: 'cost',
  about: 'Ads, samples, a fixed creator fee, packaging or a subscription, from a day to a day.',
  subject: 'cost/{costId}',
  schema: z
    .looseObject({
      kind: text(40).describe('ads, samples, creator_fee, packaging or subscription'),
      amount: money(),
      currency: currency(),
      exchangeRate: exchangeRate().optional(),
      campaign: text().optional(),
      from: day(),
      to: day(),
    })
    .refine((data) => data.from <= data.to, { path: ['to'], message: 'is before from' })
    .refine((data) => daysBetween(data.from, data.to) <= mostDays, {
      path: ['to'],
      message: `is more than ${mostDays} days after from: send one cost a year`,
    }),
  dimensions: { campaign: 'campaign', costKind: 'kind' },
  example: {
    subject: 'cost/ads-2026-03',
    time: '2026-03-31T22:00:00Z',
    data: { kind: 'ads', amount: 25000, currency: 'USD', campaign: 'spring', from: '2026-03-01', to: '2026-03-31' },
  },
});
