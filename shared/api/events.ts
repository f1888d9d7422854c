/** What goes in? Batches of events, and a creator's own profile. */
import * as z from 'zod';
import { creator } from '../events/creator.ts';
import { endpoint, noQuery } from './endpoint.ts';
import { profileAnswer } from './profile.ts';

/** Events of one batch, and bytes of its body. */
export const batchLimit = 500;
export const bodyLimit = 1_048_576;

export const postEvents = endpoint({
  method: 'POST',
  path: '/v1/events',
  summary: `Take in up to ${batchLimit} events (1 MB). What is wrong with one event never stops the others.`,
  roles: ['service'],
  query: noQuery,
  // Each event is checked on its own, so that one bad event does not refuse the batch.
  body: { types: ['application/cloudevents-batch+json', 'application/json'], schema: z.array(z.unknown()) },
  status: 202,
  answer: z.object({
    accepted: z.int(),
    rejected: z.array(z.object({ index: z.int(), id: z.string().nullable(), code: z.string(), message: z.string() })),
  }),
});

export const putCreator = endpoint({
  method: 'PUT',
  path: '/v1/creators/{creatorId}',
  summary: 'Replace the profile. A new zone counts from now on; the currency of a creator never changes.',
  roles: ['creator', 'admin'],
  query: noQuery,
  body: { types: ['application/json'], schema: creator.schema },
  status: 200,
  answer: profileAnswer,
});
