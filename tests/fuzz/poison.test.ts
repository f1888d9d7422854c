/** Does any event that can be accepted, whatever it holds, stop anything else? */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { loadModules } from '../crash/mutants.ts';
import type { Edit } from '../crash/rules.ts';
import { makeMemoryTable } from '../make/memory-table.ts';
import { makeTable } from '../make/servers.ts';
import { shareBucket } from '../make/shared-bucket.ts';
import { roundsOf } from '../rounds.ts';
import { playFuzz, type Stores } from './law.ts';
import { type Code, isBeyondLimit } from './readers.ts';

const events = roundsOf('fuzz');
const seed = Number(process.env.FUZZ_SEED ?? 1);
const quiet = () => vi.spyOn(console, 'log').mockImplementation(() => {});

function inMemory(isRefused = isBeyondLimit): Stores {
  const table = makeMemoryTable(isRefused);
  return { table, itemOf: async (pk, sk) => table.itemOf(pk, sk) };
}

describe('every record is counted or quarantined, and every good one counted', () => {
  it(`of ${events}, in stores in memory that refuse what AWS refuses, and more`, async () => {
    const silent = quiet();
    const came = await playFuzz(inMemory(), events, seed);
    silent.mockRestore();
    console.info(JSON.stringify(came));
    expect(came.parsed).toBeGreaterThan(events * 0.7);
    expect(came.quarantined).toBeGreaterThan(0);
    // Not one is tried again: what is no good is found in the same run.
    expect(came.tries).toBe(came.batches * 2);
  });

  it(`of ${Math.ceil(events / 4)}, judged the same by both readers but for orders that are full`, async () => {
    const silent = quiet();
    const came = await playFuzz({ ...inMemory(() => false), isLimited: false }, Math.ceil(events / 4), seed + 2);
    silent.mockRestore();
    expect(came.quarantined).toBeGreaterThan(0);
    expect(came.onlyArchive).toBe(0);
    expect(came.onlyAggregate).toBeLessThan(events / 1000);
  });

  it(`of ${Math.ceil(events / 50)}, in the embedded servers`, async () => {
    const [table, bucket] = await Promise.all([makeTable(), shareBucket()]);
    const silent = quiet();
    try {
      const itemOf = async (pk: string, sk: string) =>
        (
          await table.send(
            new GetItemCommand({ TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
          )
        ).Item;
      const came = await playFuzz({ table, itemOf, lake: bucket.lake }, Math.ceil(events / 50), seed + 1);
      expect(came.parsed).toBeGreaterThan(0);
    } finally {
      silent.mockRestore();
      await Promise.all([table.close(), bucket.close()]);
    }
  });
});

describe('the law is found broken', () => {
  const outage: Edit = {
    file: 'shared/data-fault.ts',
    from: 'if (refusedContent.has(name)) return',
    to: 'if (refusedContent.has(name)) return false && ',
  };
  const planted: [string, Edit[]][] = [
    [
      'when the archive does not quarantine at writing',
      [{ file: 'shared/lake/archive.ts', from: 'if (!isDataFault(error)) throw error;', to: 'throw error;' }],
    ],
    ['when the aggregate throws where the store refuses', [outage]],
    [
      'when the fold throws for a record',
      [{ file: 'shared/fold/fold.ts', from: 'folded.refused.push({ seq', to: 'throw error;\n      folded.refused.push({ seq' }],
    ],
    [
      'when a time of the year 1 gets through, and an expiry that is no number',
      [{ file: 'shared/events/fields.ts', from: "text >= '1980' && text < '2200'", to: 'text.length > 0' }, { ...outage }],
    ],
    [
      'when what was counted of a refused record stays',
      [{ file: 'shared/store/apply.ts', from: 'judged.set(fault.seq, fault)', to: 'judged.clear()' }],
    ],
    [
      'when halves of pairs get through to the store',
      [{ file: 'shared/events/limits.ts', from: 'value.isWellFormed() ? undefined : halfOf', to: 'undefined' }, outage],
    ],
  ];
  it.each(planted)('%s', async (_, edits) => {
    const [stream, store, lake] = (await loadModules(
      ['functions/stream.ts', 'shared/store/apply.ts', 'shared/lake/archive.ts'],
      edits,
    )) as [Pick<Code, 'streamHandler'>, Pick<Code, 'applyBatch'>, Pick<Code, 'archiveBatch'>];
    const code: Code = { streamHandler: stream.streamHandler, applyBatch: store.applyBatch, archiveBatch: lake.archiveBatch };
    const silent = quiet();
    await expect(playFuzz(inMemory(), 3000, 1, code)).rejects.toThrow();
    silent.mockRestore();
  });
});
