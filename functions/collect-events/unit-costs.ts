/** Which costs does a person type in? Each is an event like any other, newer than what is known of its SKU and day. */
import { postUnitCosts } from '../../shared/api/unit-costs.ts';
import { ApiError } from '../../shared/errors.ts';
import { encodeId } from '../../shared/events/subject.ts';
import { withdrawn } from '../../shared/events/withdrawn.ts';
import { acceptBatch, type Collector } from '../../shared/ingest/accept.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { readEntities } from '../../shared/store/entities.ts';
import { readGenerationOf, readProfiles } from '../../shared/store/profiles.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { route } from '../http.ts';

export const typedCosts = route(postUnitCosts, async ({ creatorId, body, now }, collector: Collector) => {
  const { table } = collector;
  const profile = (await readProfiles(table, [creatorId])).get(creatorId);
  if (!profile) throw new ApiError('not_found', 'This shop is not known yet: bring in its profile first.');
  const subjects = body.costs.map(({ sku, validFrom }) => `unit-cost/${encodeId(sku)}/${validFrom}`);
  const twice = subjects.findIndex((subject, i) => subjects.indexOf(subject) < i);
  if (twice >= 0)
    throw new ApiError('bad_request', 'A cost is given twice: see issues.', [
      { path: `costs.${twice}`, message: 'is of the same SKU and day as one before it: give one of them' },
    ]);
  const stored = await readEntities(table, partitionOf(creatorId, readGenerationOf(profile)), subjects);
  const events = body.costs.map(({ amount }, i) => {
    const subject = subjects[i] ?? '';
    const known = stored.get(subject)?.parts['unit-cost']?.version ?? 0;
    // A clock that ran ahead, or a file that did, must not keep what a person types from counting.
    const version = Math.max(now, known + 1);
    const data = amount === null ? { ...withdrawn } : { amount, currency: profile.currency };
    return snapshot({ source: '/v1/unit-costs', entity: 'unit-cost', creatorId, subject, at: now, version, data });
  });
  const { accepted, rejected } = await acceptBatch(events, collector, now);
  const [refusal] = rejected;
  if (refusal?.code === 'unavailable') throw new ApiError('unavailable', 'The costs were not all taken: save them again.');
  if (refusal)
    throw new ApiError(
      'bad_request',
      'A cost is not valid: see issues.',
      rejected.map(({ index, message }) => ({ path: `costs.${index}`, message })),
    );
  return { json: { accepted } };
});
