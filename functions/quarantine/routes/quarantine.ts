/** What is in quarantine, and what becomes of it? */
import {
  getHeldRecord,
  getQuarantine,
  type HeldRecord,
  postQuarantineDiscard,
  postQuarantineReplay,
} from '../../../shared/api/quarantine.ts';
import { ApiError } from '../../../shared/errors.ts';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { acceptBatch } from '../../../shared/ingest/accept.ts';
import { discard, type Held, heldById, heldRecords, keepAsReplayed, masked } from '../../../shared/lake/quarantined.ts';
import { route } from '../../http.ts';
import type { QuarantineContext } from '../context.ts';

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value.toWellFormed() : null);

const describe = ({ sequenceNumber, at, event, reason }: Held): HeldRecord => ({
  id: sequenceNumber,
  acceptedAt: at,
  creatorId: textOrNull(event?.creatorid),
  subject: textOrNull(event?.subject),
  reason: reason.toWellFormed(),
});

export const list = route(getQuarantine, async ({ query }, { bucket }: QuarantineContext) => {
  const { limit, ...wanted } = query;
  const records: HeldRecord[] = [];
  for await (const held of heldRecords(bucket, wanted)) {
    if (records.length === limit) return { json: { records, hasMore: true } };
    records.push(describe(held));
  }
  return { json: { records, hasMore: false } };
});

export const show = route(getHeldRecord, async ({ id }, { bucket }: QuarantineContext) => {
  const held = (await heldById(bucket, [id])).get(id);
  if (!held) throw new ApiError('not_found', `There is no record ${id} in quarantine.`);
  return { json: { ...describe(held), event: masked(held.event) ?? null } };
});

const notThere = 'it is not in quarantine (any more)';

/** Through the same door as any event: checked and stamped anew, under the definitions, zone and currency of now. */
export const replay = route(postQuarantineReplay, async ({ body, now }, { bucket, collector }: QuarantineContext) => {
  const found = await heldById(bucket, body.ids);
  const left = body.ids.flatMap((id) => {
    const held = found.get(id);
    if (!held) return [{ id, why: notThere }];
    return held.event ? [] : [{ id, why: 'no event can be read from it: discard it, or mend it at its source' }];
  });
  const waiting = [...found.values()].filter(({ event }) => event !== undefined);
  const { rejected } = await acceptBatch(
    waiting.map(({ event }) => event as CloudEvent),
    collector,
    now,
  );
  const refused = new Map(rejected.map(({ index, code, message }) => [index, `${code}: ${message}`]));
  let replayed = 0;
  for (const [i, held] of waiting.entries()) {
    const why = refused.get(i);
    if (why !== undefined) left.push({ id: held.sequenceNumber, why });
    else {
      await keepAsReplayed(bucket, held, now);
      replayed++;
    }
  }
  return { json: { replayed, left } };
});

export const discardRecords = route(postQuarantineDiscard, async ({ body }, { bucket }: QuarantineContext) => {
  const found = await heldById(bucket, body.ids);
  for (const held of found.values()) await discard(bucket, held);
  const left = body.ids.flatMap((id) => (found.has(id) ? [] : [{ id, why: notThere }]));
  return { json: { discarded: found.size, left } };
});
