/** What could not be counted, and what an operator does about it: look, replay, discard. */
import * as z from 'zod';
import { endpoint, noQuery, type Role } from './endpoint.ts';
import { whole } from './kpis.ts';

/** It holds events of every creator. */
const operators: readonly Role[] = ['admin'];
/** So many are replayed or discarded at once. */
export const mostAtOnce = 100;

const heldRecord = z.object({
  id: z.string().describe('its sequence number in the stream'),
  acceptedAt: z.string().describe('or put aside, where its stamp says nothing'),
  creatorId: z.string().nullable().describe('null: it cannot be read'),
  subject: z.string().nullable(),
  reason: z.string(),
});
export type HeldRecord = z.infer<typeof heldRecord>;

export const quarantineAnswer = z.object({
  records: z.array(heldRecord),
  hasMore: z.boolean().describe('there are more than were asked for: narrow the question'),
});
export type QuarantineAnswer = z.infer<typeof quarantineAnswer>;

const text = z.string().min(1).max(200).optional();
const day = z.string().max(30).optional();

export const getQuarantine = endpoint({
  method: 'GET',
  path: '/v1/quarantine',
  gate: { to: 'quarantine', rate: 5, burst: 10 },
  summary: 'Records that could not be counted, each with its reason.',
  roles: operators,
  query: z.strictObject({
    creator: text,
    reason: text.describe('a part of the reason'),
    since: day.describe('day or instant (UTC), included'),
    until: day.describe('day or instant (UTC), included'),
    limit: whole(1, 500).default(100),
  }),
  status: 200,
  answer: quarantineAnswer,
});

export const heldRecordAnswer = heldRecord.extend({
  event: z.unknown().describe('personal fields are masked; null: no event can be read'),
});
export type HeldRecordAnswer = z.infer<typeof heldRecordAnswer>;

export const getHeldRecord = endpoint({
  method: 'GET',
  path: '/v1/quarantine/{id}',
  gate: { to: 'quarantine', rate: 5, burst: 10 },
  summary: 'One record with its event; personal fields are masked.',
  roles: operators,
  query: noQuery,
  status: 200,
  answer: heldRecordAnswer,
});

const ids = z.strictObject({
  ids: z
    .array(z.string().regex(/^\d{1,128}$/, 'is no sequence number'))
    .min(1)
    .max(mostAtOnce),
});
const body = { types: ['application/json'], schema: ids } as const;

const left = z.array(z.object({ id: z.string(), why: z.string() }));

export const replayAnswer = z.object({
  replayed: z.int().describe('accepted again, and gone from quarantine'),
  left: left.describe('what stays, and why'),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;

export const postQuarantineReplay = endpoint({
  method: 'POST',
  path: '/v1/quarantine/replay',
  gate: { to: 'quarantine', rate: 1, burst: 3 },
  summary: 'Takes the events of these records in again, as POST /v1/events does; what is refused again stays.',
  roles: operators,
  query: noQuery,
  body,
  status: 200,
  answer: replayAnswer,
});

export const postQuarantineDiscard = endpoint({
  method: 'POST',
  path: '/v1/quarantine/discard',
  gate: { to: 'quarantine', rate: 1, burst: 3 },
  summary: 'Deletes these records for good.',
  roles: operators,
  query: noQuery,
  body,
  status: 200,
  answer: z.object({ discarded: z.int(), left }),
});
