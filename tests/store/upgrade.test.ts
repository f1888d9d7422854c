/** Does a table of before come to the same numbers as pages, and go on from there? */
import { deflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fold, type Incoming } from '../../shared/fold/fold.ts';
import { progressKey } from '../../shared/fold/keys.ts';
import { addTo, type Sums } from '../../shared/fold/sums.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { readChangedRoots } from '../../shared/store/change-index.ts';
import { changedRootsOf } from '../../shared/store/changes.ts';
import { packEntity } from '../../shared/store/entities.ts';
import { readPartition } from '../../shared/store/partition.ts';
import type { Item } from '../../shared/store/table.ts';
import { upgradePartition, upgradeTable } from '../../shared/store/upgrade.ts';
import { storedCells } from '../make/contents.ts';
import { mergeAll } from '../make/pages.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder, aRefund, aShipment } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const story = (creator: string): Incoming[] =>
  aStream([
    anOrder({}, { creator }),
    anOrder({}, { creator, order: 'o-2' }),
    aShipment({ handedOverAt: '2026-03-02T12:00:00Z' }, { creator }),
    aRefund({}, { creator }),
    anOrder({ channel: 'video' }, { creator, version: 2 }),
  ]);

/** Records as code of before left them: an item for each total with its watermark, a list for each topic and day. */
function* itemsOfBefore(partition: string, records: Incoming[], applied: string): Generator<Item> {
  const { changes, changed } = fold(records, new Map());
  const sums: Sums = new Map();
  for (const { deltas } of changes) for (const { item, field, by } of deltas) addTo(sums, item, field, by);
  const pk = { S: partition };
  for (const [sk, fields] of sums)
    yield {
      ...{ pk, sk: { S: sk }, w: { S: records.at(-1)?.seq ?? '' } },
      ...Object.fromEntries([...fields].map(([field, sum]) => [field, { N: String(sum) }])),
    };
  for (const [key, roots] of changedRootsOf(changes)) {
    const sk = { S: `L#${key.replace('|', '#')}#${applied}.abc` };
    yield { pk, sk, roots: { B: deflateRawSync(JSON.stringify([...roots])) } };
  }
  for (const [root, { entity }] of changed) yield packEntity(partition, root, entity);
  yield {
    pk,
    sk: { S: progressKey },
    accepted: { S: applied },
    applied: { S: applied },
    asOf: { S: '2026-06-01T00:00:00.000Z' },
  };
}

async function putBefore(creator: string, records: Incoming[], applied = records.at(-1)?.seq ?? ''): Promise<void> {
  for (const Item of itemsOfBefore(`C#${creator}#1`, records, applied))
    await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

it('comes to the same numbers and lists, however often it is upgraded, and takes what comes then once', async () => {
  const [old, fresh] = [story('c-old'), story('c-new')];
  await putBefore('c-old', old.slice(0, 3));
  expect(await storedCells(table, 'C#c-old#1')).toEqual(new Map());
  expect([await upgradeTable(table), await upgradeTable(table)]).toEqual([1, 1]);
  await applyBatch(table, fresh.slice(0, 3));
  expect(await storedCells(table, 'C#c-old#1')).toEqual(await storedCells(table, 'C#c-new#1'));
  await applyBatch(table, old);
  await applyBatch(table, fresh);
  await expect(upgradeTable(table)).rejects.toThrow('C#c-old#1 is upgraded, and more was counted since');
  await mergeAll(table, 'C#c-old#1');
  await expect(upgradeTable(table)).rejects.toThrow('more was counted since');
  expect(await storedCells(table, 'C#c-old#1')).toEqual(await storedCells(table, 'C#c-new#1'));
  const rootsOf = async (partition: string) =>
    (await readChangedRoots(await readPartition(table, partition), 'sales', '2026-03-01')).sort();
  expect(await rootsOf('C#c-old#1')).toEqual(await rootsOf('C#c-new#1'));
});

it('of a batch that was cut off is refused with the remedy', async () => {
  const records = story('c-cut');
  await putBefore('c-cut', records, records[2]?.seq);
  await expect(upgradePartition(table, 'C#c-cut#1')).rejects.toThrow(/C#c-cut#1 has a batch that was cut off: let the version/);
});
