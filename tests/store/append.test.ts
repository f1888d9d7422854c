/** Is what is appended read once and in full, in however many items it stands, and whoever puts something into which? */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../shared/fold/fold.ts';
import { type Appending, appendBatch } from '../../shared/store/append.ts';
import { mergePending } from '../../shared/store/merge.ts';
import { readPartition, readWaiting } from '../../shared/store/partition.ts';
import { readNewest, readPending, readTail } from '../../shared/store/pending.ts';
import { pendingWords } from '../../shared/store/pending-words.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { readAllSums } from '../../shared/store/totals.ts';
import { sizeOf } from '../make/contents.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { roundsOf } from '../rounds.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const newPartition = () => `C#c-${++made}#1`;
const seqOf = (n: number) => `0001:002:${String(n).padStart(2, '0')}`;
const item = 'D#sales#total#2026-03-01';

/** Records `from` to `to`, each of which adds its number to one total; `words` makes them larger. */
function batch(
  from: number,
  to: number,
  words = 0,
): Pick<Appending, 'seq' | 'asOf' | 'days' | 'quarantined' | 'changes' | 'voided'> {
  const changes = Array.from({ length: to - from + 1 }, (_, i): Change => {
    const padding = Array.from({ length: words }, (_, w) => ({ item, field: `x${(from + i) * 7919 + w * 104729}`, by: 1 }));
    return { seq: seqOf(from + i), root: `order/o-${from + i}`, deltas: [{ item, field: 'orders', by: from + i }, ...padding] };
  });
  return { seq: seqOf(to), asOf: '2026-03-01T10:00:00.000Z', days: [], quarantined: 0, changes, voided: [] };
}

async function append(partition: string, one: ReturnType<typeof batch>, through: Table = table): Promise<void> {
  const { before, tail } = await readWaiting(through, partition);
  await appendBatch(through, partition, { ...one, before, tail });
}

/** The total as a reader that has read nothing before has it. */
async function ordersIn(partition: string, through: Table = table): Promise<number> {
  const sums = await readAllSums(await readPartition({ ...through }, partition));
  return Number(sums.get(item)?.get('orders') ?? 0);
}

describe('what is appended', () => {
  it('shares items up to a kilobyte and counts once, merged anywhere on the way', async () => {
    const step = fc.record({
      records: fc.integer({ min: 1, max: 3 }),
      words: fc.integer({ min: 0, max: 60 }),
      merges: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const partition = newPartition();
        let last = 0;
        for (const { records, words, merges } of steps) {
          await append(partition, batch(last + 1, last + records, words));
          last += records;
          if (merges) await mergePending(table, partition, seqOf(last));
          expect(await ordersIn(partition)).toBe((last * (last + 1)) / 2);
        }
      }),
      { numRuns: roundsOf('appended') },
    );
  });

  it('takes fewer items than batches, each within what one unit writes', async () => {
    const partition = newPartition();
    for (let n = 1; n <= 40; n++) await append(partition, batch(n, n));
    const { items, changes } = await readPending(table, partition, 'Q#', '');
    expect(changes).toHaveLength(40);
    expect(items.length).toBeLessThan(10);
    for (const { open } of items) if (open) expect(sizeOf(open)).toBeLessThanOrEqual(1024);
  });

  it('that is appended again changes nothing', async () => {
    const partition = newPartition();
    for (let n = 1; n <= 3; n++) await append(partition, batch(n, n));
    const before = await readTail(table, partition);
    await append(partition, batch(3, 3));
    expect(await readTail(table, partition)).toEqual(before);
  });

  it('that comes late stands behind what is newer, and neither is lost nor merged away', async () => {
    const partition = newPartition();
    await append(partition, batch(1, 3));
    await append(partition, batch(5, 6));
    // Sent again, cut differently.
    await append(partition, batch(4, 4));
    expect((await readNewest(table, partition))?.seq).toBe(seqOf(6));
    expect((await readPartition({ ...table }, partition)).backlog.applied).toBe(seqOf(6));
    await mergePending(table, partition, seqOf(4));
    await append(partition, batch(7, 7, 300));
    expect(await ordersIn(partition)).toBe(28);
  });
});

it('is deflated with words that stay as they are', () => {
  // What is stored can be read with these alone.
  expect(createHash('sha256').update(pendingWords).digest('base64url').slice(0, 12)).toBe('kPsWCkDodY42');
});

/** An attempt reads the newest item and is held up; another one appends what does not fit in, and all of it is merged. Then the first goes on. */
async function heldUp(through: Table): Promise<number> {
  const partition = newPartition();
  await append(partition, batch(1, 1), through);
  const { before, tail } = await readWaiting(through, partition);
  await append(partition, batch(2, 3, 300), through);
  await mergePending(through, partition, seqOf(3));
  await appendBatch(through, partition, { ...batch(4, 4), before, tail });
  return ordersIn(partition, through);
}

/** A table through which no item is closed. */
const neverClosing = (): Table => ({
  name: table.name,
  send: (async (command: { input: { UpdateExpression?: string } }) => {
    if (command instanceof UpdateItemCommand && command.input.UpdateExpression === 'SET closed = :closed') return {};
    return table.send(command as never);
  }) as Table['send'],
});

describe('an attempt that was held up', () => {
  it('puts nothing into an item that nobody reads any more', async () => {
    expect(await heldUp(table)).toBe(1 + 2 + 3 + 4);
  });

  it('would lose what it appends if items were not closed before they are merged', async () => {
    expect(await heldUp(neverClosing())).toBe(1 + 2 + 3);
  });
});

describe('an item of before', () => {
  it('is read, and nothing is put into it', async () => {
    const partition = newPartition();
    const old: Item = {
      pk: { S: partition },
      sk: { S: `Q#${seqOf(1)}.abcdefgh` },
      asOf: { S: '2026-03-01T10:00:00.000Z' },
      days: { S: '' },
      waiting: { N: '1' },
      quarantined: { N: '0' },
      changes: { B: deflateRawSync(JSON.stringify([[[seqOf(1), 'order/o-1', [[item, 'orders', 1]]]], []])) },
    };
    await table.send(new PutItemCommand({ TableName: table.name, Item: old }));
    await append(partition, batch(2, 2));
    expect(await ordersIn(partition)).toBe(3);
    expect((await readPending(table, partition, 'Q#', '')).items).toHaveLength(2);
  });
});
