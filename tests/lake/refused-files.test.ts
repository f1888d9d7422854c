/** Is a record that the lake's store refuses quarantined alone, and nothing for an outage? */
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { archiveBatch } from '../../shared/lake/archive.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { Refused } from '../../shared/store/apply-writes.ts';
import { contentRefused } from '../make/refusing.ts';
import { aLine, anOrder, aReview } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

const records = aStream([
  anOrder({}, { order: 'o-1' }),
  anOrder({ lines: [aLine({ productId: 'poison' }), aLine()] }, { order: 'o-2' }),
  aReview({ topic: 'poison' }, { order: 'o-3' }),
  anOrder({}, { order: 'o-4' }),
]);

/** A lake that takes no file with this in its bytes, in tables whose key holds `table`. */
function picky(table: string, failure: () => Error) {
  const files = new Map<string, Uint8Array>();
  const send = async ({ input }: { input: PutObjectCommandInput }) => {
    const body = input.Body as Uint8Array;
    if (input.Key?.includes(table) && Buffer.from(body).includes('poison')) throw failure();
    files.set(input.Key ?? '', body);
    return {};
  };
  return { lake: { bucket: 'lake', send: send as unknown as Lake['send'] }, files };
}

async function archived(files: Map<string, Uint8Array>): Promise<string[]> {
  const subjects: string[] = [];
  for (const [key, body] of files)
    if (/entity=[a-z-]+\//.test(key))
      for (const row of await parquetReadObjects({ file: body.slice().buffer as ArrayBuffer, columns: ['subject'] }))
        subjects.push(String((row as { subject: string }).subject));
  return subjects.sort();
}

async function archive(lake: Lake) {
  const aside = new Map<string, string>();
  const applied = await archiveBatch(lake, records, 'shardId-000000000000', async (refused: Refused[]) => {
    for (const { seq, reason } of refused) aside.set(seq, reason);
  });
  return { aside, applied };
}

describe('a record that the store of the lake refuses', () => {
  it.each([
    ['in its list: nothing of it is in the lake', 'entity=order.lines', [1], ['order/o-1', 'order/o-3/review/r-1', 'order/o-4']],
    ['in its own table', 'entity=review', [2], ['order/o-1', 'order/o-2', 'order/o-4']],
    ['wherever it is', 'entity=', [1, 2], ['order/o-1', 'order/o-4']],
  ])('%s', async (_, table, bad, good) => {
    const { lake, files } = picky(table, contentRefused);
    const { aside, applied } = await archive(lake);
    expect([...aside.keys()].sort()).toEqual(bad.map((i) => records[i]?.seq));
    expect(applied).toMatchObject({ retryFrom: undefined, entities: good.length });
    expect(await archived(files)).toEqual(good);
  });
});

describe('an outage', () => {
  it.each([
    ['throttling', { name: 'SlowDown', $metadata: { httpStatusCode: 503 } }],
    ['missing rights', { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }],
    ['no bucket', { name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } }],
    ['a timeout', { name: 'TimeoutError' }],
  ])('quarantines nothing and fails the batch: %s', async (_, kind) => {
    const { lake } = picky('entity=', () => Object.assign(new Error('no'), kind));
    const aside: Refused[] = [];
    await expect(archiveBatch(lake, records, 'shardId-000000000000', async (some) => void aside.push(...some))).rejects.toThrow(
      'no',
    );
    expect(aside).toEqual([]);
  });
});
