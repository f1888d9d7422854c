/** Does a reader know how fresh the numbers are, and never believe them fresher? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyBatch } from '../../shared/store/apply.ts';
import { readProgress } from '../../shared/store/partition.ts';
import { markAccepted, markApplied } from '../../shared/store/progress.ts';
import { storedCells } from '../make/contents.ts';
import { withFault } from '../make/faults.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
const seq = (n: number) => `0001:056:${n}`;

type Step = ['accepted' | 'applied', record: number, second: number];
/** Marks in order, and what a reader at 12:01:00 is told. */
async function read(...steps: Step[]) {
  const partition = `C#c-${++made}#1`;
  for (const [what, n, second] of steps)
    await (what === 'accepted' ? markAccepted : markApplied)(table, partition, seq(n), at(second));
  const { asOf, lagSeconds } = await readProgress(table, partition, Date.parse(at(60)));
  return { asOf, lagSeconds };
}

describe('progress', () => {
  it('of a creator without records is nothing, and no lag', async () => {
    expect(await read()).toEqual({ asOf: '', lagSeconds: 0 });
  });

  it('lags by the age of the first record that is not applied', async () => {
    expect(await read(['accepted', 1, 10], ['accepted', 2, 20])).toEqual({ asOf: '', lagSeconds: 50 });
  });

  it('has no lag when everything accepted is applied', async () => {
    expect(await read(['accepted', 1, 10], ['accepted', 2, 20], ['applied', 2, 20])).toEqual({ asOf: at(20), lagSeconds: 0 });
  });

  it('lags since the first record that waits, however long ago what is applied came in', async () => {
    expect(await read(['accepted', 1, 10], ['accepted', 3, 30], ['applied', 1, 10])).toEqual({ asOf: at(10), lagSeconds: 30 });
  });

  it('lags since a record whose mark came late, in whichever order the marks come', async () => {
    const steps: Step[] = [
      ['accepted', 1, 10],
      ['accepted', 3, 30],
      ['accepted', 2, 20],
      ['applied', 1, 10],
    ];
    expect(await read(...steps)).toEqual({ asOf: at(10), lagSeconds: 40 });
  });

  it('begins to lag anew with the first record after an empty queue', async () => {
    expect(await read(['accepted', 1, 10], ['applied', 1, 10], ['accepted', 2, 50])).toEqual({ asOf: at(10), lagSeconds: 10 });
  });

  it('does not lag when the record was applied before it was marked as accepted', async () => {
    expect(await read(['applied', 1, 10], ['accepted', 1, 10])).toEqual({ asOf: at(10), lagSeconds: 0 });
  });

  it('does not go back with marks that come late', async () => {
    expect(await read(['accepted', 2, 20], ['accepted', 1, 10], ['applied', 2, 20], ['applied', 1, 10])).toEqual({
      asOf: at(20),
      lagSeconds: 0,
    });
  });

  it('lags by a second at least while anything is outstanding', async () => {
    expect((await read(['accepted', 1, 60])).lagSeconds).toBe(1);
  });

  it('has no lag only once every number holds the batch, whichever of its calls fails', async () => {
    const batch = (creator: string) => aStream([anOrder({}, { creator })], { receivedAt: at(10) });
    const calls = withFault(table, 0, 'before');
    await applyBatch(calls.table, batch(`c-${++made}`));
    for (let nth = 1; nth <= calls.sent.length; nth++) {
      const creator = `c-${++made}`;
      const records = batch(creator);
      await markAccepted(table, `C#${creator}#1`, records[0]?.seq ?? '', at(10));
      const { retryFrom } = await applyBatch(withFault(table, nth, 'before').table, records);
      expect(retryFrom, `call ${nth}`).toBe(records[0]?.seq);
      const isCounted = (await storedCells(table, `C#${creator}#1`)).size > 0;
      const { lagSeconds } = await readProgress(table, `C#${creator}#1`, Date.parse(at(60)));
      expect(lagSeconds, `call ${nth}`).toBe(isCounted ? 0 : 50);
      await applyBatch(table, records);
      expect((await readProgress(table, `C#${creator}#1`, Date.parse(at(60)))).lagSeconds).toBe(0);
    }
  });
});
