/** Does everything get onto the stream that can, in order, and is the rest named? */
import { KinesisClient, PutRecordsCommand, type PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, describe, expect, it } from 'vitest';
import { acceptBatch } from '../../shared/ingest/accept.ts';
import { openStream, putRecords } from '../../shared/stream/put.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { makeTable } from '../make/servers.ts';

const client = mockClient(KinesisClient);
afterAll(() => client.restore());
const stream = openStream('events', client as unknown as KinesisClient);
const record = (text: string, key = 'c-1') => ({ key, data: Buffer.from(text) });
const textsOf = ({ Records = [] }: PutRecordsCommandInput) => Records.map(({ Data }) => Buffer.from(Data ?? []).toString());

/** A stream that refuses what `refuses` says, call by call; answers what each call held and what was waited for. */
function play(refuses: (text: string, call: number) => boolean) {
  client.reset();
  const calls: string[][] = [];
  const waits: number[] = [];
  client.on(PutRecordsCommand).callsFake((input: PutRecordsCommandInput) => {
    const texts = textsOf(input);
    const call = calls.push(texts) - 1;
    return {
      Records: texts.map((text, i) =>
        refuses(text, call) ? { ErrorCode: 'ProvisionedThroughputExceededException' } : { SequenceNumber: `${call}${i}` },
      ),
    };
  });
  const wait = async (attempt: number) => {
    waits.push(attempt);
  };
  return { calls, waits, retryPolicy: { tries: 3, wait } };
}

/** The numbers under which records came to stand. */
const numbersOf = (places: Awaited<ReturnType<typeof putRecords>>) => places.map((place) => place?.sequenceNumber);

describe('records', () => {
  it('that the stream refuses for the moment are sent again, they alone and in their order', async () => {
    const { calls, waits, retryPolicy } = play((text, call) => call === 0 && text !== 'b');
    expect(
      numbersOf(
        await putRecords(
          stream,
          ['a', 'b', 'c'].map((text) => record(text)),
          retryPolicy,
        ),
      ),
    ).toEqual(['10', '01', '11']);
    expect(calls).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
    expect(waits).toEqual([1]);
  });

  it('that are refused to the end are answered as such, after a bounded number of tries', async () => {
    const { calls, retryPolicy } = play((text) => text === 'b');
    expect(
      numbersOf(
        await putRecords(
          stream,
          ['a', 'b'].map((text) => record(text)),
          retryPolicy,
        ),
      ),
    ).toEqual(['00', undefined]);
    expect(calls).toHaveLength(3);
  });

  it('of a call that did not get through are sent again', async () => {
    const { retryPolicy } = play(() => false);
    client
      .on(PutRecordsCommand)
      .rejectsOnce(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
      .resolves({ Records: [{ SequenceNumber: '7' }] });
    expect(numbersOf(await putRecords(stream, [record('a')], retryPolicy))).toEqual(['7']);
  });

  it('go in calls of at most 500 records and 5 MB', async () => {
    const { calls, retryPolicy } = play(() => false);
    await putRecords(
      stream,
      Array.from({ length: 501 }, (_, i) => record(String(i))),
      retryPolicy,
    );
    expect(calls.map(({ length }) => length)).toEqual([500, 1]);
    const large = play(() => false);
    await putRecords(
      stream,
      Array.from({ length: 6 }, () => record('x'.repeat(1_000_000))),
      large.retryPolicy,
    );
    expect(large.calls.map(({ length }) => length)).toEqual([5, 1]);
  });
});

describe('an event that the stream will not take', () => {
  it('is rejected as unavailable, and the others of its batch are accepted', async () => {
    const table = await makeTable();
    const { retryPolicy } = play((text) => text.includes('order/o-2'));
    const batch = [makeCreator(), makeOrder('o-1'), makeOrder('o-2'), makeOrder('o-3')];
    const { accepted, rejected } = await acceptBatch(
      batch,
      { table, stream, epoch: 1, retryPolicy },
      Date.parse('2026-03-02T00:00:00Z'),
    );
    await table.close();
    expect(accepted).toBe(3);
    expect(rejected).toMatchObject([{ index: 2, code: 'unavailable' }]);
  });
});
