/** Is what waits of creators who send little merged in time, and never more than is durable? */
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyBatch } from '../../shared/store/apply.ts';
import { listCreator } from '../../shared/store/creators.ts';
import { mergeWaiting } from '../../shared/store/merge-waiting.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { storedCells } from '../make/contents.ts';
import { withChange } from '../make/faults.ts';
import { refusing } from '../make/refusing.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCreator, aLine, anOrder, aRefund } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const arrival = '2026-06-01T00:00:00.000Z';
const later = (minutes: number) => Date.parse(arrival) + minutes * 60_000;

async function make(creator: string): Promise<string> {
  await listCreator(table, await acceptProfile(table, aCreator({}, { creator })));
  return `C#${creator}#1`;
}
const pendingOf = async (partition: string) => (await readPartition(table, partition)).pending.changes.length;

it('merges what has waited for an hour, and leaves what is younger', async () => {
  const partition = await make('c-old');
  await applyBatch(table, aStream([anOrder({}, { creator: 'c-old' })], { receivedAt: arrival }));
  const before = await storedCells(table, partition);
  expect(await mergeWaiting(table, later(59))).toMatchObject({ merged: 0, failed: 0 });
  expect(await pendingOf(partition)).toBe(1);
  expect(await mergeWaiting(table, later(60))).toEqual({ creators: 1, merged: 1, failed: 0 });
  expect(await pendingOf(partition)).toBe(0);
  expect(await storedCells(table, partition)).toEqual(before);
  expect(await mergeWaiting(table, later(61))).toMatchObject({ merged: 0 });
});

it('merges nothing of a batch whose entities are not durable', async () => {
  const partition = await make('c-cut');
  const records = aStream(
    ['o-1', 'o-2'].map((order) => anOrder({}, { creator: 'c-cut', order })),
    { receivedAt: arrival },
  );
  await applyBatch(table, records.slice(0, 1));
  const failing = withChange(table, 'PutItemCommand', (input) => {
    if (JSON.stringify(input.Item).includes('E#order/o-2')) throw new Error('no');
    return input;
  });
  await applyBatch(failing, records.slice(1));
  await mergeWaiting(table, later(60));
  expect(await pendingOf(partition)).toBe(1);
  await applyBatch(table, records.slice(1));
  await mergeWaiting(table, later(60));
  expect(await pendingOf(partition)).toBe(0);
});

it('goes on with the others where one fails', async () => {
  for (const creator of ['c-a', 'c-b']) {
    await make(creator);
    await applyBatch(table, aStream([anOrder({}, { creator })], { receivedAt: arrival }));
  }
  const failing = withChange(table, 'PutItemCommand', (input) => {
    if (JSON.stringify(input.Item).includes('C#c-a#1')) throw new Error('no');
    return input;
  });
  expect(await mergeWaiting(failing, later(60))).toMatchObject({ merged: 1, failed: 1 });
  expect(await mergeWaiting(table, later(60))).toMatchObject({ merged: 1, failed: 0 });
});

it('waits where a record that the store refused is still to be folded again, and loses nothing behind it', async () => {
  const partition = await make('c-void');
  const records = aStream(
    [
      anOrder({}, { creator: 'c-void' }),
      anOrder({ lines: [aLine({ productId: 'poison' })] }, { creator: 'c-void', version: 2 }),
      aRefund({}, { creator: 'c-void' }),
    ],
    { receivedAt: arrival },
  );
  const noPoison = refusing(table, (command, input) => {
    const { state } = (input.Item ?? {}) as { state?: { B: Uint8Array } };
    return command === 'PutItemCommand' && !!state && inflateRawSync(state.B).includes('poison');
  });
  let isDead = false;
  const killed = {
    name: table.name,
    send: (async (command: { input: { UpdateExpression?: string } }) => {
      if (isDead) throw new Error('gone');
      const answer = await noPoison.send(command as never);
      isDead = command.input.UpdateExpression?.includes('refused') ?? false;
      return answer;
    }) as never,
  };
  await applyBatch(killed, records);
  await applyBatch(noPoison, records.slice(0, 2));
  await mergeWaiting(table, later(60));
  await applyBatch(noPoison, records.slice(2));
  await mergeWaiting(table, later(60));
  const without = await make('c-without');
  await applyBatch(
    table,
    aStream([anOrder({}, { creator: 'c-without' }), aRefund({}, { creator: 'c-without' })], { receivedAt: arrival }),
  );
  expect(await storedCells(table, partition)).toEqual(await storedCells(table, without));
});
