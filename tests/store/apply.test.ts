/** Does a batch count exactly once, whatever fails on the way? On a real DynamoDB server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Incoming, UnknownDefinitions } from '../../shared/fold/fold.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { readProgress } from '../../shared/store/partition.ts';
import { packTexts, textsOf } from '../../shared/store/pending-item.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { storedCells, storedEntities } from '../make/contents.ts';
import { withChange, withFault } from '../make/faults.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOperationMinute, anOrder, aRefund, aShipment } from '../make/snapshots.ts';
import { aRecord, aStream } from '../make/stream.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const newCreator = () => `c-${++made}`;
const partition = (creator: string) => `C#${creator}#1`;

/** Two orders, one of them corrected and refunded, and a parcel. */
const story = (creator: string): Incoming[] =>
  aStream([
    anOrder({}, { creator }),
    anOrder({}, { creator, order: 'o-2' }),
    anOrder({ paidAt: '2026-03-02T15:00:00Z', channel: 'video' }, { creator, version: 2 }),
    aShipment({ handedOverAt: '2026-03-02T12:00:00Z' }, { creator }),
    aRefund({}, { creator }),
  ]);

/** A minute that is corrected, and another one: few items, so that every call can fail in turn. */
const shortStory = (creator: string): Incoming[] =>
  aStream([
    anOperationMinute({ requests: 5 }, { creator }),
    anOperationMinute({ requests: 7 }, { creator, version: 2 }),
    anOperationMinute({}, { creator, minute: '2026-03-01T14:04Z' }),
  ]);

/** What the table holds of a creator: numbers and entities. */
const contents = async (creator: string) => [
  await storedCells(table, partition(creator)),
  await storedEntities(table, partition(creator)),
];

/** What a stream comes to that nothing disturbs. */
async function undisturbed(of: (creator: string) => Incoming[]) {
  const creator = newCreator();
  expect(await applyBatch(table, of(creator))).toMatchObject({ retryFrom: undefined, errors: [], refused: [] });
  return contents(creator);
}

/** Sends again from the first record that is not durable, as Lambda does, until all is. */
async function untilDone(through: Table, records: Incoming[]): Promise<number> {
  let rest = records;
  for (let attempt = 1; attempt < 20; attempt++) {
    const { retryFrom } = await applyBatch(through, rest);
    if (retryFrom === undefined) return attempt;
    rest = rest.filter(({ seq }) => seq >= retryFrom);
  }
  throw new Error('never done');
}

describe('a batch', () => {
  it('that is sent twice counts once', async () => {
    const creator = newCreator();
    await applyBatch(table, story(creator));
    const once = await contents(creator);
    expect(await applyBatch(table, story(creator))).toMatchObject({ retryFrom: undefined, errors: [] });
    expect(await contents(creator)).toEqual(once);
  });

  it('cut differently the second time counts once', async () => {
    const creator = newCreator();
    const records = story(creator);
    for (const [from, to] of [
      [0, 2],
      [1, 4],
      [0, 3],
      [2, 5],
      [0, 5],
    ])
      await applyBatch(table, records.slice(from, to));
    expect(await contents(creator)).toEqual(await undisturbed(story));
  });

  it.each(['before', 'after'] as const)('counts once whichever of its calls fails %s it took effect', async (when) => {
    const whole = await undisturbed(shortStory);
    const calls = withFault(table, 0, when);
    await applyBatch(calls.table, shortStory(newCreator()));
    for (let nth = 1; nth <= calls.sent.length; nth++) {
      const creator = newCreator();
      const faulty = withFault(table, nth, when);
      expect(await untilDone(faulty.table, shortStory(creator)), `call ${nth} fails`).toBe(2);
      expect(await contents(creator), `call ${nth} fails ${when} it took effect`).toEqual(whole);
    }
  });

  it('writes no entity before everything that it changes is appended', async () => {
    const written: string[] = [];
    const watch = (through: Table, name: string) =>
      withChange(through, name, (input) => {
        const { sk } = (input.Key ?? input.Item) as { sk: { S: string } };
        written.push(sk.S.slice(0, 1));
        return input;
      });
    await applyBatch(watch(watch(table, 'UpdateItemCommand'), 'PutItemCommand'), story(newCreator()));
    expect(written.join('')).toBe('QEE');
  });

  it('of several creators is sent again from the first record that is not durable', async () => {
    const [good, bad] = [newCreator(), newCreator()];
    const records = [
      aRecord(anOrder({}, { creator: good }), 1),
      aRecord(anOrder({}, { creator: bad }), 2),
      aRecord(anOrder({}, { creator: good, order: 'o-2' }), 3),
    ];
    const failing = withChange(table, 'PutItemCommand', (input) => {
      if (JSON.stringify(input.Item).includes(partition(bad))) throw new Error('no');
      return input;
    });
    expect(await applyBatch(failing, records)).toMatchObject({ retryFrom: records[1]?.seq, entities: 2 });
    expect((await storedEntities(table, partition(good))).size).toBe(2);
    expect((await storedEntities(table, partition(bad))).size).toBe(0);
  });

  it('counted by unknown definitions waits from there on, and holds up neither what came before nor other creators', async () => {
    const [creator, other] = [newCreator(), newCreator()];
    const records = [
      aRecord(anOrder({}, { creator }), 1),
      aRecord(anOrder({}, { creator, order: 'o-2' }), 2, { definitions: 99 }),
      aRecord(anOrder({}, { creator, order: 'o-3' }), 3),
      aRecord(anOrder({}, { creator: other }), 4),
    ];
    expect(await applyBatch(table, records)).toMatchObject({
      retryFrom: records[1]?.seq,
      errors: [expect.any(UnknownDefinitions)],
      refused: [],
    });
    expect([...(await storedEntities(table, partition(creator))).keys()]).toEqual(['order/o-1']);
    expect([...(await storedEntities(table, partition(other))).keys()]).toEqual(['order/o-1']);
  });

  it('names what cannot count, and counts the rest', async () => {
    const creator = newCreator();
    const records = aStream([anOrder({ currency: 'EUR' }, { creator }), anOrder({}, { creator, order: 'o-2' })]);
    expect(await applyBatch(table, records)).toMatchObject({
      retryFrom: undefined,
      refused: [{ seq: records[0]?.seq, reason: expect.stringContaining('missing_rate') }],
    });
    expect((await storedEntities(table, partition(creator))).size).toBe(1);
  });

  it('names what cannot count even when its last call fails', async () => {
    const creator = newCreator();
    const records = aStream([anOrder({ currency: 'EUR' }, { creator }), anOrder({}, { creator })]);
    const failing = withChange(table, 'PutItemCommand', (input) => {
      if (JSON.stringify(input.Item).includes('"E#')) throw new Error('no');
      return input;
    });
    expect(await applyBatch(failing, records)).toMatchObject({ retryFrom: records[1]?.seq, refused: [{ seq: records[0]?.seq }] });
  });

  it('says how far it is applied', async () => {
    const creator = newCreator();
    const records = aStream([anOperationMinute({}, { creator })], { receivedAt: '2026-03-01T14:05:00.000Z' });
    await applyBatch(table, records);
    expect(await readProgress(table, partition(creator), Date.now())).toEqual({
      applied: records[0]?.seq,
      asOf: '2026-03-01T14:05:00.000Z',
      lagSeconds: 0,
      moving: [],
    });
  });
});

describe('a broken store is found out', () => {
  const failAtFirstEntity = (through: Table): Table => {
    let isFirst = true;
    return withChange(through, 'PutItemCommand', (input) => {
      const isEntity = JSON.stringify(input.Item).includes('"E#');
      if (isEntity && isFirst) {
        isFirst = false;
        throw new Error('no');
      }
      return input;
    });
  };

  it('when a retry puts what it appends in the place of what was appended before', async () => {
    const creator = newCreator();
    const blind = withChange(table, 'PutItemCommand', (input) => {
      const item = input.Item as Item;
      return item.batches ? { ...input, Item: { ...item, batches: packTexts(textsOf(item).slice(-1)) } } : input;
    });
    await untilDone(failAtFirstEntity(blind), story(creator));
    expect(await contents(creator)).not.toEqual(await undisturbed(story));
  });

  it('but not by the same failure with keys that name what they hold', async () => {
    const creator = newCreator();
    await untilDone(failAtFirstEntity(table), story(creator));
    expect(await contents(creator)).toEqual(await undisturbed(story));
  });
});
