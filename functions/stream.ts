/** How does a function read a stream? Decodes, quarantines what is no good, reports what is to be sent again, and logs one line. */
import type { KinesisStreamEvent } from 'aws-lambda';
import { messageOf } from '../shared/errors.ts';
import type { Incoming } from '../shared/fold/fold.ts';
import { openQuarantine, quarantine } from '../shared/lake/quarantine.ts';
import type { Applied, SetAside } from '../shared/store/apply.ts';
import { together } from '../shared/store/together.ts';
import { readBatch, type Unreadable } from '../shared/stream/read.ts';
import { metric } from './metric.ts';

export interface BatchAnswer {
  batchItemFailures: { itemIdentifier: string }[];
}

const putsAtOnce = 8;
/** Shard of a record: the event's id is `shardId-000000000000:<sequence number>`. */
const shardOf = (eventID: string): string => eventID.split(':', 1)[0] as string;

/**
 * A Kinesis handler around a deed that applies records in order. The deed's `again` becomes a partial failure; bad data goes to
 * quarantine before anything that depends on it is written; a call that fails throws, so that the batch is sent again.
 */
export function streamHandler(
  apply: (records: Incoming[], setAside: SetAside, shardId: string) => Promise<Applied>,
  bucket = openQuarantine(process.env.QUARANTINE_BUCKET ?? ''),
): (event: KinesisStreamEvent) => Promise<BatchAnswer> {
  return async ({ Records }) => {
    const batch = readBatch(Records);
    const bySequence = new Map(Records.map((record) => [record.kinesis.sequenceNumber, record]));
    let quarantined = 0;
    const putAside = async (records: Unreadable[]) => {
      const failed = await together(records, putsAtOnce, (one) =>
        quarantine(bucket, { ...one, shardId: shardOf(bySequence.get(one.sequenceNumber)?.eventID ?? '') }),
      );
      if (failed[0]) throw failed[0].error;
      quarantined += records.length;
    };
    await putAside(batch.unreadable);
    const setAside: SetAside = (refused) =>
      putAside(
        refused.map(({ seq, reason }) => {
          const sequenceNumber = batch.numbers.get(seq) ?? '';
          return { sequenceNumber, reason, data: bySequence.get(sequenceNumber)?.kinesis.data ?? '' };
        }),
      );
    const applied = await apply(batch.incoming, setAside, shardOf(Records[0]?.eventID ?? ''));
    if (quarantined) console.log(metric('QuarantinedRecords', quarantined));
    const again = applied.again === undefined ? undefined : batch.numbers.get(applied.again);
    console.log(
      JSON.stringify({
        level: again ? 'warn' : 'info',
        records: Records.length,
        entities: applied.entities,
        quarantined,
        again,
        errors: applied.errors.slice(0, 3).map(messageOf),
      }),
    );
    return { batchItemFailures: again ? [{ itemIdentifier: again }] : [] };
  };
}
