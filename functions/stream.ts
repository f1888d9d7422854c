/** How does a function read a stream? Decodes, quarantines what is no good, reports what is to be sent again, and logs one line. */
import type { KinesisStreamEvent } from 'aws-lambda';
import { messageOf } from '../shared/errors.ts';
import { type Incoming, UnknownDefinitions } from '../shared/fold/fold.ts';
import { dictionary } from '../shared/kpis/dictionary.ts';
import { openQuarantine, quarantine } from '../shared/lake/quarantine.ts';
import type { Lake } from '../shared/lake/store.ts';
import { eachLimit } from '../shared/map-limit.ts';
import { type Applied, NotMerged, type Quarantine } from '../shared/store/apply.ts';
import { type Place, placeOf, readBatch, type Unreadable } from '../shared/stream/read.ts';
import { metric } from './metric.ts';
import { required } from './required.ts';

export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

/** What a batch has come to: places of the records that are dealt with for good, and of those among them that nobody could read. */
export interface Settled {
  shardId: string;
  places: Place[];
  unreadable: Place[];
}

export type StreamHandler = (event: KinesisStreamEvent) => Promise<BatchAnswer>;
type Apply = (records: Incoming[], quarantineRefused: Quarantine, shardId: string) => Promise<Applied>;

const putsAtOnce = 8;
/** Shard of a record: the event's id is `shardId-000000000000:<sequence number>`. */
const shardOf = (eventID: string): string => eventID.split(':', 1)[0] as string;

/**
 * Records that an operator wants quarantined because no code that counts them will come: those stamped above the version that
 * QUARANTINE_DEFINITIONS_ABOVE names. What this code knows is never among them, whatever the variable says.
 */
function withdrawn(records: Incoming[], above: string | undefined): { seq: string; reason: string }[] {
  if (!above) return [];
  const newest = Math.max(Number(above), dictionary.latest);
  return records
    .filter(({ record }) => record.stamp.definitions > newest)
    .map(({ seq, record }) => ({
      seq,
      reason: `definitions version ${record.stamp.definitions} is above ${above}, the last that is to be counted`,
    }));
}

/**
 * A Kinesis handler around a job that applies records in order. The job's `retryFrom` becomes a partial failure; bad data goes to
 * quarantine before anything that depends on it is written; a call that fails throws, so that the batch is sent again. `settle` is called
 * last, with the places of all records that are dealt with: counted, archived or in quarantine.
 */
export function streamHandler(
  apply: Apply,
  bucket: Lake,
  settle: (settled: Settled) => Promise<void> = async () => {},
  definitionsAbove?: string,
): StreamHandler {
  return async ({ Records }) => {
    const batch = readBatch(Records);
    const bySequence = new Map(Records.map((record) => [record.kinesis.sequenceNumber, record]));
    const quarantined = new Set<string>();
    const quarantineAll = async (records: Unreadable[]) => {
      const failed = await eachLimit(records, putsAtOnce, (one) =>
        quarantine(bucket, { ...one, shardId: shardOf(bySequence.get(one.sequenceNumber)?.eventID ?? '') }),
      );
      if (failed[0]) throw failed[0].error;
      const fresh = records.filter(({ sequenceNumber }) => !quarantined.has(sequenceNumber));
      for (const { sequenceNumber } of fresh) quarantined.add(sequenceNumber);
      // Now, not at the end: what is applied after it may throw.
      if (fresh.length) console.log(metric('QuarantinedRecords', fresh.length));
    };
    await quarantineAll(batch.unreadable);
    const quarantineRefused: Quarantine = (refused) =>
      quarantineAll(
        refused.map(({ seq, reason }) => {
          const sequenceNumber = batch.numbers.get(seq) ?? '';
          return { sequenceNumber, reason, data: bySequence.get(sequenceNumber)?.kinesis.data ?? '' };
        }),
      );
    const withdrawnRecords = withdrawn(batch.incoming, definitionsAbove);
    await quarantineRefused(withdrawnRecords);
    const withdrawnSequences = new Set(withdrawnRecords.map(({ seq }) => seq));
    const incoming = batch.incoming.filter(({ seq }) => !withdrawnSequences.has(seq));
    const shardId = shardOf(Records[0]?.eventID ?? '');
    const applied = await apply(incoming, quarantineRefused, shardId);
    if (applied.disordered) console.log(metric('SequenceDisorder', applied.disordered));
    const waiting = applied.errors.filter((error) => error instanceof UnknownDefinitions);
    if (waiting.length) console.log(metric('UnknownDefinitions', waiting.length));
    const notMerged = applied.errors.filter((error) => error instanceof NotMerged);
    if (notMerged.length) console.log(metric('NotMerged', notMerged.length));
    const isSettled = ({ seq }: Place) => applied.retryFrom === undefined || seq < applied.retryFrom;
    const unreadable = batch.unreadable.flatMap(({ place }) => place ?? []).filter(isSettled);
    const read = batch.incoming
      .map(({ seq, record: { event, stamp } }) => placeOf(seq, event.creatorid, stamp))
      .filter(isSettled);
    await settle({ shardId, places: [...read, ...unreadable], unreadable });
    const retryFrom = applied.retryFrom === undefined ? undefined : batch.numbers.get(applied.retryFrom);
    console.log(
      JSON.stringify({
        level: retryFrom ? 'warn' : 'info',
        records: Records.length,
        entities: applied.entities,
        quarantined: quarantined.size,
        retryFrom,
        errors: applied.errors.slice(0, 3).map(messageOf),
      }),
    );
    return { batchItemFailures: retryFrom ? [{ itemIdentifier: retryFrom }] : [] };
  };
}

/**
 * The handler as it is deployed: `open` gets the environment's variables by name at the first batch, and answers the job and what is to
 * be told at its end. Throws where the deployment did not set one of them.
 */
export function serveStream(
  open: (variable: (name: string) => string) => { apply: Apply; settle: (settled: Settled) => Promise<void> },
): StreamHandler {
  let handler: StreamHandler | undefined;
  return (event) => {
    const variable = (name: string): string => required(process.env, name);
    if (!handler) {
      const { apply, settle } = open(variable);
      const bucket = openQuarantine(variable('QUARANTINE_BUCKET'));
      handler = streamHandler(apply, bucket, settle, process.env.QUARANTINE_DEFINITIONS_ABOVE);
    }
    return handler(event);
  };
}
