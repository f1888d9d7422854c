/** What does a reader of the stream do with what waits, what was withdrawn and what nobody could read? */
import type { KinesisStreamEvent } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { streamHandler } from '../../functions/stream.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import type { Quarantined } from '../../shared/lake/quarantine.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { makeMemoryTable } from '../make/memory-table.ts';
import { anOrder } from '../make/snapshots.ts';
import { aStamp } from '../make/stream.ts';

const newer = dictionary.latest + 1;
const deep = '['.repeat(100_000) + ']'.repeat(100_000);

/** Records of an order each, of these definitions versions, all of one creator; or text as it is. */
function recordsOf(...records: (number | string)[]): KinesisStreamEvent {
  const Records = records.map((one, i) => {
    const event = anOrder({}, { creator: 'c-1', order: `o-${i}` });
    const text = typeof one === 'string' ? one : JSON.stringify({ event, stamp: aStamp({ definitions: one }) });
    return {
      eventID: `shardId-000000000000:${i + 1}`,
      kinesis: { sequenceNumber: String(i + 1), partitionKey: 'c-1', data: Buffer.from(text).toString('base64') },
    };
  });
  return { Records } as KinesisStreamEvent;
}

async function handle(event: KinesisStreamEvent, above?: string) {
  const table = makeMemoryTable();
  const aside = new Map<string, string>();
  const lines: string[] = [];
  const silent = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  const send = async ({ input }: { input: { Body: string } }) => {
    const { sequenceNumber, reason } = JSON.parse(input.Body) as Quarantined;
    aside.set(sequenceNumber, reason);
  };
  const bucket = { bucket: 'quarantine', send: send as never };
  const handler = streamHandler(
    (records, quarantineRefused) => applyBatch(table, records, dictionary, quarantineRefused),
    bucket,
    undefined,
    above,
  );
  const answer = await handler(event).finally(() => silent.mockRestore());
  const metrics = Object.assign({}, ...lines.map((line) => JSON.parse(line)).filter((line) => line._aws));
  const entities = [...(table.partitions.get('C#c-1#1')?.keys() ?? [])].filter((key) => key.startsWith('E#'));
  return { again: answer.batchItemFailures[0]?.itemIdentifier, aside, metrics, entities };
}

it('a record of unknown definitions is sent again from there, counted in a metric, and quarantines nothing', async () => {
  const { again, aside, metrics, entities } = await handle(recordsOf(1, newer, 1));
  expect({ again, aside: aside.size, entities }).toEqual({ again: '2', aside: 0, entities: ['E#order/o-0'] });
  expect(metrics).toMatchObject({ UnknownDefinitions: 1 });
});

it('with definitions that were withdrawn it is quarantined, and its neighbours count', async () => {
  const { again, aside, metrics, entities } = await handle(recordsOf(1, newer, 1), String(dictionary.latest));
  expect({ again, aside: [...aside.keys()], entities }).toEqual({
    retryFrom: undefined,
    aside: ['2'],
    entities: ['E#order/o-0', 'E#order/o-2'],
  });
  expect(aside.get('2')).toContain(`definitions version ${newer}`);
  expect(metrics).toMatchObject({ QuarantinedRecords: 1 });
  expect(metrics).not.toHaveProperty('UnknownDefinitions');
});

it('what this code knows is never quarantined, whatever the variable says', async () => {
  expect((await handle(recordsOf(1, 1), '0')).aside.size).toBe(0);
});

it('what nobody can read is quarantined alone', async () => {
  const record = JSON.stringify({ event: { ...anOrder({}, { creator: 'c-1' }), more: 'here' }, stamp: aStamp() });
  const { again, aside, entities } = await handle(
    recordsOf(
      1,
      '{"event":',
      'null',
      '7',
      deep,
      record.replace('"here"', deep),
      record.replace('"epoch":1', '"epoch":1e300'),
      record.replace('America/New_York', 'Mars/Olympus'),
      1,
    ),
  );
  expect({ again, aside: [...aside.keys()] }).toEqual({ retryFrom: undefined, aside: ['2', '3', '4', '5', '6', '7', '8'] });
  expect(entities).toEqual(['E#order/o-0', 'E#order/o-8']);
});
