/** What can be sent? A batch of events, and a creator's own profile. */
import { randomUUID } from 'node:crypto';
import { batchLimit, getProgress, postEvents, putCreator } from '../../shared/api/events.ts';
import { ApiError, type ErrorCode } from '../../shared/errors.ts';
import { typeOf } from '../../shared/events/entities.ts';
import type { EventCode } from '../../shared/events/parse.ts';
import { acceptBatch, type Collector } from '../../shared/ingest/accept.ts';
import { describeProfile } from '../../shared/reports/profile.ts';
import { noteSent } from '../../shared/store/last-sent.ts';
import { readProgress } from '../../shared/store/partition.ts';
import { readPositions } from '../../shared/store/positions.ts';
import { readGenerationOf, readProfiles } from '../../shared/store/profiles.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { route } from '../http.ts';
import { typedCosts } from './unit-costs.ts';

const events = route(postEvents, async ({ body, now }, collector: Collector) => {
  if (body.length > batchLimit)
    throw new ApiError('payload_too_large', `The batch has ${body.length} events; at most ${batchLimit} are taken at once.`);
  const { accepted, rejected, positions } = await acceptBatch(body, collector, now);
  await noteSent(collector.table, new Set(positions.map(({ creatorId }) => creatorId)), now);
  return { json: { accepted, rejected, positions } };
});

const progress = route(getProgress, async ({ query, now }, { table }: Collector) => ({
  json: { creators: await readPositions(table, query.creators, now) },
}));

const answers: { [code in EventCode]?: ErrorCode } = {
  currency_change: 'conflict',
  too_large: 'payload_too_large',
  unavailable: 'unavailable',
};

const profile = route(putCreator, async ({ creatorId, body, identity, now }, collector: Collector) => {
  const { table } = collector;
  const known = (await readProfiles(table, [creatorId])).get(creatorId);
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/v1/creators',
    type: typeOf('creator'),
    subject: `creator/${creatorId}`,
    time: new Date(now).toISOString(),
    creatorid: creatorId,
    // Two changes within a millisecond, or one after a profile dated ahead: the later call is the newer snapshot.
    entityversion: Math.max(now, (known?.version ?? 0) + 1),
    // What they subscribe to is not for creators to say.
    data: identity.roles.includes('admin') ? body : { ...body, tier: known?.data.tier },
  };
  const { rejected, profiles } = await acceptBatch([event], collector, now);
  const [refusal] = rejected;
  const current = profiles.get(creatorId);
  if (refusal || !current)
    throw new ApiError((refusal && answers[refusal.code]) ?? 'bad_request', refusal?.message ?? 'The profile was not taken.');
  const progress = await readProgress(table, partitionOf(creatorId, readGenerationOf(current)), now);
  return { json: describeProfile(current, progress, now) };
});

export const routes = [events, progress, profile, typedCosts];
