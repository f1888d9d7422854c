/** Is a record that the store refuses quarantined alone, with nothing of it left in any number, whatever fails on the way? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incoming } from '../../shared/fold/fold.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Refused } from '../../shared/store/apply-writes.ts';
import type { Table } from '../../shared/store/table.ts';
import { loadModules } from '../crash/mutants.ts';
import { storedCells, storedEntities } from '../make/contents.ts';
import { withFault } from '../make/faults.ts';
import { refusing } from '../make/refusing.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aLine, anOperationMinute, anOrder, aProduct } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { laws, roundsOf, spread } from '../rounds.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const newCreator = () => `c-${++made}`;
const partition = (creator: string) => `C#${creator}#1`;
const contents = async (creator: string) => [
  [...(await storedCells(table, partition(creator)))],
  [...(await storedEntities(table, partition(creator)))].filter(([, { parts }]) => Object.keys(parts).length),
];
const withoutSeq = (contributions: unknown[]) =>
  JSON.stringify(contributions, (key, value) => (key === 'seq' ? undefined : value));

/** A minute that is corrected by one that the store refuses, then by a good one; and a neighbour in the same hour. */
const minutes = (creator: string): Incoming[] =>
  aStream([
    anOperationMinute({ requests: 5 }, { creator, version: 1 }),
    anOperationMinute({ requests: 7, failures: [{ kind: 'poison', count: 1 }] }, { creator, version: 2 }),
    anOperationMinute({ requests: 4 }, { creator, minute: '2026-03-01T14:04Z' }),
    anOperationMinute({ requests: 9 }, { creator, version: 3, source: 'other' }),
  ]);
/** Items of the failure's kind are not taken: every other item of its record may have been written before. */
const noPoison = (command: string, input: { [name: string]: unknown }) =>
  command === 'UpdateItemCommand' && JSON.stringify(input.Key).includes('#poison');

/** Sends again from where it is to be sent again, as Lambda does; answers what was quarantined. */
async function untilDone(through: Table, records: Incoming[], apply = applyBatch, most = 12): Promise<Map<string, string>> {
  const aside = new Map<string, string>();
  const quarantineRefused = async (refused: Refused[]) => {
    for (const { seq, reason } of refused) aside.set(seq, reason);
  };
  let rest = records;
  for (let attempt = 0; attempt < most; attempt++) {
    const { retryFrom } = await apply(through, rest, undefined, quarantineRefused);
    if (retryFrom === undefined) return aside;
    rest = rest.filter(({ seq }) => seq >= retryFrom);
  }
  throw new Error('never done');
}

/** What the records come to without the second one. */
async function expected(of: (creator: string) => Incoming[]) {
  const creator = newCreator();
  await untilDone(
    table,
    of(creator).filter((_, i) => i !== 1),
  );
  return withoutSeq(await contents(creator));
}

describe('a record that the store refuses', () => {
  it.each(['before', 'after'] as const)('is quarantined alone, whichever call fails %s it took effect', async (when) => {
    const right = await expected(minutes);
    const calls = withFault(refusing(table, noPoison), 0, when);
    await untilDone(calls.table, minutes(newCreator()));
    expect(calls.sent.length).toBeGreaterThan(10);
    expect(calls.sent.length).toBeLessThanOrEqual(Number(laws.refusedCalls.full));
    const all = Array.from({ length: calls.sent.length }, (_, i) => i + 1);
    for (const nth of spread(all, roundsOf('refusedCalls'))) {
      const creator = newCreator();
      const records = minutes(creator);
      const faulty = withFault(refusing(table, noPoison), nth, when);
      const aside = await untilDone(faulty.table, records);
      expect([...aside.keys()], `call ${nth}`).toEqual([records[1]?.seq]);
      expect(withoutSeq(await contents(creator)), `call ${nth} fails ${when} it took effect`).toBe(right);
    }
  });

  it('counts nowhere even where its other items land late', async () => {
    const creator = newCreator();
    const late: (() => Promise<unknown>)[] = [];
    const through = refusing(table, noPoison);
    const slow = {
      ...table,
      send: (async (command: { constructor: { name: string }; input: object }) => {
        if (command.constructor.name !== 'UpdateItemCommand' || late.length > 6) return through.send(command as never);
        late.push(() => through.send(command as never));
        throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
      }) as unknown as Table['send'],
    };
    await applyBatch(slow, minutes(creator));
    await untilDone(refusing(table, noPoison), minutes(creator));
    const once = withoutSeq(await contents(creator));
    for (const land of late) await land().catch(() => {});
    expect(withoutSeq(await contents(creator))).toBe(once);
    expect(once).toBe(await expected(minutes));
  });

  it('is found when it is its entity that is not taken, after its numbers were', async () => {
    const big = 'x'.repeat(100);
    const story = (creator: string) =>
      aStream([
        anOrder({}, { creator }),
        anOrder({ lines: [aLine({ productId: big })] }, { creator, version: 2 }),
        anOrder({}, { creator, order: 'o-2' }),
      ]);
    const right = await expected(story);
    const creator = newCreator();
    const records = story(creator);
    let refusedPuts = 0;
    const noBig = refusing(table, (command, input) => {
      const { seq, sk } = (input.Item ?? {}) as { seq?: { S: string }; sk?: { S: string } };
      const isBad = command === 'PutItemCommand' && sk?.S === 'E#order/o-1' && seq?.S === records[1]?.seq && refusedPuts++ < 2;
      return isBad;
    });
    const aside = await untilDone(noBig, records);
    expect([...aside.keys()]).toEqual([records[1]?.seq]);
    expect(withoutSeq(await contents(creator))).toBe(right);
  });

  it('does not count later either, once its entity is behind it', async () => {
    const creator = newCreator();
    const records = minutes(creator);
    await untilDone(refusing(table, noPoison), records);
    const once = await contents(creator);
    await untilDone(table, records);
    expect(await contents(creator)).toEqual(once);
  });

  it('for its name in the directory is quarantined, and its neighbours have theirs', async () => {
    const creator = newCreator();
    const records = aStream([aProduct({}, { creator, id: 'bad' }), aProduct({}, { creator, id: 'good' })]);
    const noName = refusing(table, (_, input) => JSON.stringify(input.Item ?? '').includes('S#product#bad'));
    expect([...(await untilDone(noName, records)).values()]).toEqual([expect.stringMatching(/name cannot be kept/)]);
  });

  it('that cannot even be read is quarantined, and its neighbours count', async () => {
    const creator = newCreator();
    const records = aStream([anOrder({}, { creator, order: 'bad' }), anOrder({}, { creator })]);
    const unreadable = refusing(
      table,
      (command, input) => command === 'BatchGetItemCommand' && JSON.stringify(input).includes('order/bad'),
    );
    expect([...(await untilDone(unreadable, records)).keys()]).toEqual([records[0]?.seq]);
    expect([...(await storedEntities(table, partition(creator))).keys()]).toEqual(['order/o-1']);
  });
});

describe('an outage', () => {
  const outages: [string, object][] = [
    ['throttling', { name: 'ProvisionedThroughputExceededException', $metadata: { httpStatusCode: 400 } }],
    ['a timeout', { name: 'TimeoutError' }],
    ['a reset connection', { code: 'ECONNRESET' }],
    ['a broken store', { name: 'InternalServerError', $fault: 'server', $metadata: { httpStatusCode: 500 } }],
    ['missing rights', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }],
    ['a missing table', { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } }],
    ['an expired token', { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 400 } }],
    ['a page of a proxy', { name: 'SyntaxError', $metadata: { httpStatusCode: 200 } }],
    ['something unknown', { name: 'Surprise' }],
  ];
  it.each(outages)('quarantines nothing: %s', async (_, kind) => {
    const creator = newCreator();
    const records = minutes(creator);
    const out = refusing(table, noPoison, () => Object.assign(new Error('no'), kind));
    expect(await applyBatch(out, records)).toMatchObject({ retryFrom: records[0]?.seq, refused: [] });
    await untilDone(table, records);
    expect((await storedEntities(table, partition(creator))).size).toBe(3);
  });
});

/** A store that refuses until one call fails, and takes everything after it: its limit was raised, or the code was mended. */
async function mendedAt(nth: number, when: 'before' | 'after', apply = applyBatch) {
  const creator = newCreator();
  const records = minutes(creator);
  let calls = 0;
  const watched = withFault(
    refusing(table, (command, input) => ++calls < nth && noPoison(command, input)),
    nth,
    when,
  );
  const aside = await untilDone(watched.table, records, apply);
  return { isAside: aside.size > 0, contributions: withoutSeq(await contents(creator)) };
}

describe('a record that the store refuses at first', () => {
  it('counts everywhere or nowhere, and nowhere only in quarantine, whenever it begins to be taken', async () => {
    const creator = newCreator();
    await untilDone(table, minutes(creator));
    const [whole, without] = [withoutSeq(await contents(creator)), await expected(minutes)];
    expect(whole).not.toBe(without);
    const ends = new Set<boolean>();
    const moments = Array.from({ length: 59 }, (_, i) => i + 1);
    for (const nth of spread(moments, roundsOf('refusedCalls'))) {
      const { isAside, contributions } = await mendedAt(nth, 'before');
      const isCounted = contributions === whole;
      ends.add(isCounted);
      if (!isCounted)
        expect({ isAside, contributions }, `mended at call ${nth}`).toEqual({ isAside: true, contributions: without });
    }
    expect(ends.size).toBe(2);
  });
});

describe('the law is found broken', () => {
  const planted: [string, { file: string; from: string; to: string }][] = [
    [
      'when a fault of the data is taken for an outage',
      {
        file: 'shared/data-fault.ts',
        from: 'if (refusedContent.has(name)) return',
        to: 'if (refusedContent.has(name)) return false && ',
      },
    ],
    [
      'when what was counted is not taken back',
      { file: 'shared/store/take-back.ts', from: '{ N: negated(sum) }', to: "{ N: '0' }" },
    ],
    [
      'when it is not marked before it is taken back',
      {
        file: 'shared/store/apply.ts',
        from: 'for (const { root, seq } of fresh) await markRefused(table, partition, root, seq);',
        to: '',
      },
    ],
    [
      'when it can be taken back twice',
      {
        file: 'shared/store/take-back.ts',
        from: 'attribute_not_exists(undone) OR NOT contains(undone, :seq)',
        to: 'attribute_exists(pk)',
      },
    ],
  ];
  it.each(planted)('%s', async (_, edit) => {
    const [edited] = (await loadModules(['shared/store/apply.ts'], [edit])) as { applyBatch: typeof applyBatch }[];
    const right = await expected(minutes);
    const whole = newCreator();
    await untilDone(table, minutes(whole));
    const all = withoutSeq(await contents(whole));
    const isRight = async (nth: number) => {
      const creator = newCreator();
      const through = withFault(refusing(table, noPoison), nth, 'after');
      await untilDone(through.table, minutes(creator), edited?.applyBatch);
      const { contributions } = await mendedAt(nth, 'before', edited?.applyBatch);
      return withoutSeq(await contents(creator)) === right && (contributions === right || contributions === all);
    };
    let isBroken = false;
    for (let nth = 1; nth < 60 && !isBroken; nth++) isBroken = !(await isRight(nth).catch(() => false));
    expect(isBroken).toBe(true);
  });
});
