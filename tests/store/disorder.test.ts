/** Is it seen where a creator's records come in another order than the stream promises, and never where they only come again? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Incoming } from '../../shared/fold/fold.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

/** Three orders of a creator nobody knows yet. */
const story = (): Incoming[] => {
  const creator = `c-${++made}`;
  return aStream(['o-1', 'o-2', 'o-3'].map((order) => anOrder({}, { creator, order })));
};
const disorderOf = async (records: Incoming[]) => (await applyBatch(table, records)).disordered;

it('records in order are none', async () => expect(await disorderOf(story())).toBe(0));

it('a batch that comes again is none, whole or from its middle', async () => {
  const records = story();
  for (const retryFrom of [records, records, records.slice(1), records.slice(0, 1)]) expect(await disorderOf(retryFrom)).toBe(0);
});

it('a record behind a later one of its batch is one', async () => {
  const [first, second, third] = story() as [Incoming, Incoming, Incoming];
  expect(await disorderOf([first, third, second])).toBe(1);
});

it('a batch behind a later one is one, as many as its records changed something', async () => {
  const records = story();
  expect(await disorderOf(records.slice(2))).toBe(0);
  expect(await disorderOf(records.slice(0, 2))).toBe(2);
});

it('records of other creators between them are none', async () => {
  const [mine, other] = [story(), story()];
  expect(await disorderOf([...other, ...mine])).toBe(0);
});
