/** What does a shipment say? Which carrier took it where, when, and what the label cost. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { currency, exchangeRate, happened, money, text } from './fields.ts';
import { looksLikeAddress } from './region.ts';

export const shipment = entity({
  name: 'shipment',
  about: 'A parcel of an order: carrier, neutral status, times, label cost.',
  subject: 'order/{orderId}/shipment/{shipmentId}',
  schema: z.looseObject({
    status: text(40).describe(
      'label_created, in_transit, out_for_delivery, available_for_pickup, delivery_attempt_failed, delivered, returned, exception, cancelled or unknown',
    ),
    carrier: text(80).optional(),
    service: text(80).optional(),
    labelAt: happened().optional(),
    handedOverAt: happened().optional(),
    deliveredAt: happened().optional(),
    exceptionAt: happened().optional(),
    labelCost: money().optional(),
    currency: currency().optional().describe("the shop's where absent"),
    exchangeRate: exchangeRate().optional(),
    region: text(80)
      .refine(
        (region) => !looksLikeAddress(region),
        'looks like an address: write the region alone, such as BR-SP or DKI Jakarta',
      )
      .optional()
      .describe('destination region; never an address'),
    fulfilledBy: z
      .enum(['seller', 'platform'])
      .optional()
      .describe('platform: its own warehouse ships, so its lateness is not the seller’s'),
  }),
  dimensions: { carrier: 'carrier', region: 'region', channel: 'order.channel' },
  derived: { labelledAt: 'happened', isPlatformFulfilled: 'flag' },
  derive(facts) {
    facts.labelledAt = facts.labelAt ?? facts.handedOverAt;
    facts.isPlatformFulfilled = facts.fulfilledBy === 'platform';
  },
  example: {
    subject: 'order/o-1/shipment/s-1',
    time: '2026-03-04T18:20:00Z',
    data: {
      status: 'delivered',
      carrier: 'USPS',
      service: 'ground',
      labelAt: '2026-03-01T18:00:00Z',
      handedOverAt: '2026-03-02T16:30:00Z',
      deliveredAt: '2026-03-04T18:20:00Z',
      labelCost: 412,
      currency: 'USD',
      region: 'US-CA',
    },
  },
});
