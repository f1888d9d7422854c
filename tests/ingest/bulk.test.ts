/** Does history loaded in bulk come to the same as history that came through the stream? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { fold } from '../../shared/fold/fold.ts';
import { emptyHistory, foldInto } from '../../shared/ingest/bulk.ts';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { readChangedRoots } from '../../shared/store/change-index.ts';
import { isHistoryLoaded } from '../../shared/store/histories.ts';
import { readPartition, readProgress } from '../../shared/store/partition.ts';
import { nextProfile, type Profile } from '../../shared/store/profiles.ts';
import { snapshot } from '../make/arbitrary.ts';
import { cellsOf, plain } from '../make/cells.ts';
import { itemsOf, storedCells, storedEntities } from '../make/contents.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCreator, anOperationMinute, anOrder, aRefund, aReview, aShipment } from '../make/snapshots.ts';
import { aStamp, aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const { receivedAt } = aStamp();
const events = (creator: string): CloudEvent[] => [
  anOrder({}, { creator }),
  anOrder({ paidAt: '2026-03-02T15:00:00Z' }, { creator, version: 2 }),
  anOrder({ shipBy: '2026-03-03T23:59:59Z' }, { creator, order: 'o-2' }),
  aRefund({}, { creator, order: 'o-2' }),
  aShipment({ handedOverAt: '2026-03-02T12:00:00Z', deliveredAt: '2026-03-04T12:00:00Z' }, { creator }),
  aReview({ rating: 2 }, { creator }),
  anOperationMinute({ lagSeconds: 0 }, { creator }),
];

describe('history in bulk', () => {
  it('folds any events to the cells of the stream, in whatever chunks', () => {
    const profile = nextProfile(undefined, aCreator()) as Profile;
    fc.assert(
      fc.property(fc.array(snapshot, { maxLength: 20 }), fc.integer({ min: 1, max: 7 }), (all, size) => {
        const history = emptyHistory();
        for (let i = 0; i < all.length; i += size) foldInto(history, all.slice(i, i + size), profile, receivedAt);
        const sums = new Map(
          [...history.sums].flatMap(([item, fields]) =>
            [...fields].flatMap(([field, sum]): [string, number][] => (sum === 0 ? [] : [[`${item} ${field}`, Number(sum)]])),
          ),
        );
        expect(plain(sums)).toEqual(plain(cellsOf(fold(aStream(all), new Map()).changes)));
      }),
      { numRuns: 100 },
    );
  });

  it('writes the numbers, entities and lists that the stream writes', async () => {
    await loadHistory(table, aCreator({}, { creator: 'c-bulk' }), events('c-bulk'), { receivedAt });
    await applyBatch(table, aStream([aCreator({}, { creator: 'c-stream' }), ...events('c-stream')]));
    expect(await storedCells(table, 'C#c-bulk#1')).toEqual(await storedCells(table, 'C#c-stream#1'));
    const without = (entities: Awaited<ReturnType<typeof storedEntities>>) =>
      [...entities]
        .filter(([root]) => !root?.startsWith('creator/'))
        .map(([root, { parts, contributions, due }]) => [root, parts, contributions, due]);
    expect(without(await storedEntities(table, 'C#c-bulk#1'))).toEqual(without(await storedEntities(table, 'C#c-stream#1')));
    const rootsOf = async (partition: string) =>
      (await readChangedRoots(await readPartition(table, partition), 'sales', '2026-03-01')).sort();
    expect(await rootsOf('C#c-bulk#1')).toEqual(await rootsOf('C#c-stream#1'));
  });

  it('is followed by the stream as if it had come through it', async () => {
    const [creator, all] = ['c-then', events('c-then')];
    await loadHistory(table, aCreator({}, { creator }), all.slice(0, 4), { receivedAt });
    await applyBatch(table, aStream(all));
    expect(await storedCells(table, `C#${creator}#1`)).toEqual(await storedCells(table, 'C#c-stream#1'));
  });

  it('names what cannot count, once, and counts the rest', async () => {
    const creator = 'c-named';
    const rateless = anOrder({ currency: 'EUR' }, { creator, order: 'o-bad' });
    const { refused } = await loadHistory(table, aCreator({}, { creator }), [rateless, ...events(creator)], { receivedAt });
    expect(refused).toMatchObject([{ subject: 'order/o-bad', reason: expect.stringContaining('missing_rate') }]);
    expect((await storedEntities(table, `C#${creator}#1`)).has('order/o-1')).toBe(true);
  });

  it('loaded twice counts once', async () => {
    const load = () => loadHistory(table, aCreator({}, { creator: 'c-again' }), events('c-again'), { receivedAt });
    await load();
    const once = await itemsOf(table, 'C#c-again#1');
    await load();
    expect(await itemsOf(table, 'C#c-again#1')).toEqual(once);
  });

  it('says when it is loaded to its end, how much it was and what it refused', async () => {
    const creator = aCreator({}, { creator: 'c-said' });
    const steps: number[] = [];
    const answer = await loadHistory(table, creator, [anOrder({}, { creator: 'c-said' }), { ...anOrder(), subject: 'nothing' }], {
      name: 'year',
      receivedAt,
      onProgress: ({ items }) => steps.push(items),
    });
    expect(answer).toMatchObject({
      events: 3,
      refused: [{ subject: 'nothing', reason: expect.stringContaining('bad_subject') }],
    });
    expect(steps.at(-1)).toBe(answer.items);
    expect(await isHistoryLoaded(table, 'c-said', 'year')).toBe(true);
    expect(await isHistoryLoaded(table, 'c-said', 'other')).toBe(false);
    expect(await readProgress(table, 'C#c-said#1', Date.now())).toMatchObject({ asOf: receivedAt, lagSeconds: 0, moving: [] });
  });
});
