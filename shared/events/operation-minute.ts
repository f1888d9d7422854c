/** What does an operation minute say? How a source system fared for one minute: requests, failures by kind, lag. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { count, text } from './fields.ts';

export const operationMinute = entity({
  name: 'operation-minute',
  about: 'A source’s requests, failures by kind, latency and lag in a minute (UTC).',
  subject: 'operation/{source}/{minute}',
  schema: z.looseObject({
    requests: count(),
    failures: z
      .array(z.looseObject({ kind: text(80), count: count() }))
      .max(50)
      .optional(),
    latencyBuckets: z.record(z.string(), count()).optional().describe('upper bound in ms to requests'),
    lagSeconds: z.number().min(0).max(31_536_000).optional().describe('age of the newest data the source had delivered'),
  }),
  dimensions: { source: 'source', failure: 'failures.kind' },
  subjectInstant: 'minute',
  derived: { source: 'text' },
  derive(facts, ids) {
    facts.source = ids.source;
  },
  example: {
    subject: 'operation/tiktok-shop/2026-03-01T14:03Z',
    time: '2026-03-01T14:04:00Z',
    data: {
      requests: 60,
      failures: [{ kind: 'timeout', count: 1 }],
      latencyBuckets: { '100': 41, '500': 18, '2000': 1 },
      lagSeconds: 12,
    },
  },
});
