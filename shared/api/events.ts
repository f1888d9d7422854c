/** What goes in? Batches of events, and a creator's own profile. */
import * as z from 'zod';
import { weekStarts } from '../calendar.ts';
import { refuseCountry } from '../countries.ts';
import { creator } from '../events/creator.ts';
import { endpoint, noQuery, owners } from './endpoint.ts';
import { list } from './kpis.ts';
import { profileAnswer } from './profile.ts';

/** Events of one batch, and bytes of its body. */
export const batchLimit = 500;
export const bodyLimit = 1_048_576;

export const postEvents = endpoint({
  method: 'POST',
  path: '/v1/events',
  gate: { to: 'collect-events', rate: 100, burst: 200 },
  summary: `Take in up to ${batchLimit} events (1 MB). What is wrong with one event never stops the others.`,
  roles: ['service'],
  query: noQuery,
  // Each event is checked on its own, so that one bad event does not refuse the batch.
  body: { types: ['application/cloudevents-batch+json', 'application/json'], schema: z.array(z.unknown()) },
  status: 202,
  answer: z.object({
    accepted: z.int(),
    rejected: z.array(z.object({ index: z.int(), id: z.string().nullable(), code: z.string(), message: z.string() })),
    positions: z
      .array(
        z.object({
          creatorId: z.string(),
          position: z.string().describe('where the newest accepted event of this creator stands'),
          quarantined: z.int().describe('its events in quarantine so far'),
        }),
      )
      .describe('GET /v1/events/progress tells when they are counted'),
  }),
});

/** Creators asked about at once. */
export const progressLimit = 100;

export const getProgress = endpoint({
  method: 'GET',
  path: '/v1/events/progress',
  gate: { to: 'collect-events', rate: 20, burst: 40 },
  summary: 'How far is what was sent counted? An event is once `position` has reached the one that it was accepted with.',
  roles: ['service'],
  query: z.strictObject({ creators: list(z.string().min(1).max(128), progressLimit) }),
  status: 200,
  answer: z.object({
    creators: z
      .array(
        z.object({
          creatorId: z.string(),
          position: z.string().describe('of the newest event that is counted, or in quarantine; positions sort as text'),
          lagSeconds: z.number().describe('age of the oldest accepted event that is not counted; 0: there is none'),
          quarantined: z.int().describe('events of this creator in quarantine, at least'),
        }),
      )
      .describe('those that are known, in the order asked for'),
  }),
});

/**
 * A profile as people put it. Stricter than the event: what a source sent and was taken stays good, what is typed now must have a
 * meaning.
 */
const profileBody = creator.schema.extend({
  country: z
    .string()
    .superRefine((code, context) => {
      const message = refuseCountry(code);
      if (message) context.addIssue({ code: 'custom', message });
    })
    .optional()
    .describe('ISO 3166 code'),
  preferences: z
    .looseObject({
      weekStart: z
        .enum(weekStarts, { error: `must be one of ${weekStarts.join(', ')}` })
        .optional()
        .describe('the day on which weeks begin; monday where it is left out'),
      fiscalYearStart: z
        .int({ error: 'must be a month, 1 to 12' })
        .min(1, 'must be a month, 1 to 12')
        .max(12, 'must be a month, 1 to 12')
        .optional()
        .describe('the month in which the financial year begins; 1 where it is left out'),
    })
    .optional(),
});

export const putCreator = endpoint({
  method: 'PUT',
  path: '/v1/creators/{creatorId}',
  gate: { to: 'collect-events', rate: 10, burst: 20 },
  summary: 'Replace the profile. A new zone counts from now on; the currency of a creator never changes.',
  roles: owners,
  query: noQuery,
  body: { types: ['application/json'], schema: profileBody },
  status: 200,
  answer: profileAnswer,
});
