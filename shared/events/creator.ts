/** What does a creator's profile say? Name, zone and currency; a creator exists once this event was accepted. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { currency, text, timeZone } from './fields.ts';

export const creator = entity({
  name: 'creator',
  about: 'A creator’s profile. A change of zone counts from the event’s time on, never for what was before.',
  subject: 'creator/{creatorId}',
  schema: z.looseObject({
    name: text(),
    email: z.email().max(320).optional(),
    timeZone: timeZone(),
    currency: currency(),
    tier: text(40).optional().describe('subscription'),
    category: text().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code of two letters')
      .optional(),
    benchmarkConsent: z.boolean().optional(),
    preferences: z.record(z.string(), z.unknown()).optional(),
  }),
  dimensions: {},
  personal: ['name', 'email', 'preferences'],
  example: {
    subject: 'creator/c-1',
    time: '2026-01-01T00:00:00Z',
    data: {
      name: 'Rosa’s Beauty',
      email: 'rosa@example.com',
      timeZone: 'America/New_York',
      currency: 'USD',
      tier: 'pro',
      category: 'beauty',
      country: 'US',
      benchmarkConsent: true,
    },
  },
});
