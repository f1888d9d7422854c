/** Is a record that the store refuses quarantined alone, with nothing of it left in any number, whatever fails on the way? */
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incoming } from '../../shared/fold/fold.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Refused } from '../../shared/store/apply-writes.ts';
import { textsOf } from '../../shared/store/pending-item.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { loadModules } from '../crash/mutants.ts';
import type { Edit } from '../crash/rules.ts';
import { storedCells, storedEntities } from '../make/contents.ts';
import { withFault } from '../make/faults.ts';
import { refusing } from '../make/refusing.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aLine, anOperationMinute, anOrder, aProduct, aRefund } from '../make/snapshots.ts';
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
  JSON.stringify(contributions, (key, value) => (['seq', 'refused', 'era'].includes(key) ? undefined : value));

/** A minute that is corrected by one that the store refuses, then by a good one; and a neighbour in the same hour. */
const minutes = (creator: string): Incoming[] =>
  aStream([
    anOperationMinute({ requests: 5 }, { creator, version: 1 }),
    anOperationMinute({ requests: 7, failures: [{ kind: 'poison', count: 1 }] }, { creator, version: 2 }),
    anOperationMinute({ requests: 4 }, { creator, minute: '2026-03-01T14:04Z' }),
    anOperationMinute({ requests: 9 }, { creator, version: 3, source: 'other' }),
  ]);
type Refusing = (command: string, input: { [name: string]: unknown }) => boolean;
/** What the failure's kind changes is not taken where it is appended. */
const noPoison: Refusing = (command, input) => {
  const { batches } = (input.Item ?? {}) as Item;
  return command === 'PutItemCommand' && !!batches && textsOf({ batches }).join().includes('#poison');
};

/** An entity is not taken as it is with the second record: what that changes was appended before. */
const noPoisonedEntity: Refusing = (command, input) => {
  const { state } = (input.Item ?? {}) as { state?: { B: Uint8Array } };
  return command === 'PutItemCommand' && !!state && inflateRawSync(state.B).includes('poison');
};
const poisons = [
  ['what it changes', noPoison],
  ['its entity', noPoisonedEntity],
] as const;

/** An order that is corrected by a record that the store refuses, and refunded. */
const order = (creator: string): Incoming[] =>
  aStream([
    anOrder({}, { creator, version: 1 }),
    anOrder({ lines: [aLine({ productId: 'poison', quantity: 3 })] }, { creator, version: 2 }),
    anOrder({}, { creator, order: 'o-2' }),
    aRefund({}, { creator }),
  ]);

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
  it.each(
    poisons.flatMap(([what, poison]) =>
      [minutes, order].flatMap((of) => (['before', 'after'] as const).map((when) => ({ what, poison, of, when }))),
    ),
  )('for $what is quarantined alone, whichever call fails $when it took effect', async ({ poison, of, when }) => {
    const right = await expected(of);
    const calls = withFault(refusing(table, poison), 0, when);
    await untilDone(calls.table, of(newCreator()));
    expect(calls.sent.length).toBeGreaterThan(5);
    expect(calls.sent.length).toBeLessThanOrEqual(Number(laws.refusedCalls.full));
    const all = Array.from({ length: calls.sent.length }, (_, i) => i + 1);
    for (const nth of spread(all, roundsOf('refusedCalls'))) {
      const creator = newCreator();
      const records = of(creator);
      const faulty = withFault(refusing(table, poison), nth, when);
      const aside = await untilDone(faulty.table, records);
      expect([...aside.keys()], `call ${nth}`).toEqual([records[1]?.seq]);
      expect(withoutSeq(await contents(creator)), `call ${nth} fails ${when} it took effect`).toBe(right);
    }
  });

  it.each(poisons)('for %s counts nowhere even where what was sent lands late', async (_, poison) => {
    const creator = newCreator();
    const late: (() => Promise<unknown>)[] = [];
    const through = refusing(table, poison);
    const slow = {
      ...table,
      send: (async (command: { constructor: { name: string }; input: object }) => {
        if (command.constructor.name !== 'PutItemCommand' || late.length > 2) return through.send(command as never);
        late.push(() => through.send(command as never));
        throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
      }) as unknown as Table['send'],
    };
    await applyBatch(slow, minutes(creator));
    await untilDone(refusing(table, poison), minutes(creator));
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
    for (const [, poison] of poisons) {
      const out = refusing(table, poison, () => Object.assign(new Error('no'), kind));
      expect(await applyBatch(out, records)).toMatchObject({ retryFrom: records[0]?.seq, refused: [] });
    }
    await untilDone(table, records);
    expect((await storedEntities(table, partition(creator))).size).toBe(3);
  });
});

/** A store that refuses until one call fails, and takes everything after it: its limit was raised, or the code was mended. */
async function mendedAt(nth: number, when: 'before' | 'after', poison: Refusing, apply = applyBatch) {
  const creator = newCreator();
  const records = minutes(creator);
  let calls = 0;
  const watched = withFault(
    refusing(table, (command, input) => ++calls < nth && poison(command, input)),
    nth,
    when,
  );
  const aside = await untilDone(watched.table, records, apply);
  return { isAside: aside.size > 0, contributions: withoutSeq(await contents(creator)) };
}

describe('a record that the store refuses at first', () => {
  it.each(poisons)(
    'for %s counts everywhere or nowhere, and nowhere only in quarantine, whenever it begins to be taken',
    async (_, poison) => {
      const creator = newCreator();
      await untilDone(table, minutes(creator));
      const [whole, without] = [withoutSeq(await contents(creator)), await expected(minutes)];
      expect(whole).not.toBe(without);
      const ends = new Set<boolean>();
      const moments = Array.from({ length: 40 }, (_, i) => i + 1);
      for (const nth of spread(moments, roundsOf('refusedCalls'))) {
        const { isAside, contributions } = await mendedAt(nth, 'before', poison);
        const isCounted = contributions === whole;
        ends.add(isCounted);
        if (!isCounted)
          expect({ isAside, contributions }, `mended at call ${nth}`).toEqual({ isAside: true, contributions: without });
      }
      expect(ends.size).toBe(2);
    },
  );
});

describe('the law is found broken', () => {
  const planted: [string, ...Edit[]][] = [
    [
      'when a fault of the data is taken for an outage',
      {
        file: 'shared/data-fault.ts',
        from: 'if (refusedContent.has(name)) return',
        to: 'if (refusedContent.has(name)) return false && ',
      },
    ],
    [
      'when what was appended is not voided',
      { file: 'shared/store/apply.ts', from: 'voided: folded.voided,', to: 'voided: [],' },
    ],
    [
      'when what came after it of its entity is not voided',
      { file: 'shared/store/pending.ts', from: 'seq >= one.from', to: 'seq === one.from' },
    ],
    [
      'when what is folded again is void as well',
      { file: 'shared/store/pending.ts', from: 'era < one.era', to: 'era <= one.era' },
    ],
    [
      'when it is not marked',
      {
        file: 'shared/store/apply.ts',
        from: 'for (const { root, seq } of fresh) await markRefused(table, partition, root, seq);',
        to: '',
      },
    ],
    [
      'when what is appended is not named by its content',
      { file: 'shared/store/append.ts', from: 'const fullAt = 600;', to: 'const fullAt = 0;' },
      { file: 'shared/store/pending-item.ts', from: `.\${content}\``, to: `.\${content.slice(8)}\`` },
    ],
  ];
  it.each(planted)('%s', async (_, ...edits) => {
    const [edited] = (await loadModules(['shared/store/apply.ts'], edits)) as { applyBatch: typeof applyBatch }[];
    const right = await expected(order);
    const [without, whole] = [await expected(minutes), newCreator()];
    await untilDone(table, minutes(whole));
    const all = withoutSeq(await contents(whole));
    const isRight = async (nth: number, poison: Refusing) => {
      const creator = newCreator();
      const through = withFault(refusing(table, poison), nth, 'after');
      await untilDone(through.table, order(creator), edited?.applyBatch);
      const { contributions, isAside } = await mendedAt(nth, 'before', poison, edited?.applyBatch);
      return withoutSeq(await contents(creator)) === right && (contributions === without || (!isAside && contributions === all));
    };
    let isBroken = false;
    for (let nth = 1; nth < 40 && !isBroken; nth++)
      for (const [, poison] of poisons) isBroken ||= !(await isRight(nth, poison).catch(() => false));
    expect(isBroken).toBe(true);
  });
});
