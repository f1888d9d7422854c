/** Do the laws of the fold hold for any history? And would a broken fold be found out? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/events/facts.ts';
import { type Folded, fold, type Incoming } from '../../shared/fold/fold.ts';
import { noValue, type Row, type StoredEntity } from '../../shared/fold/parts.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import type { Measure } from '../../shared/kpis/language.ts';
import { dayOf } from '../../shared/time.ts';
import { history } from '../make/arbitrary.ts';
import { type Cells, cellsOf, plain } from '../make/cells.ts';
import { anOrder, aShipment } from '../make/snapshots.ts';
import { aRecord, aStream, inZone } from '../make/stream.ts';

type Fold = typeof fold;
const runs = { numRuns: 100, endOnFailure: true };

/** Folds in batches, each against what the ones before stored; `store` says what is kept of an entity. */
function inBatches(folds: Fold, batches: Incoming[][], store = (entity: StoredEntity) => entity): Cells {
  const entities = new Map<string, StoredEntity>();
  const cells: Cells = new Map();
  for (const batch of batches) {
    const { changes, changed } = folds(batch, entities);
    cellsOf(changes, cells);
    for (const [root, { entity }] of changed) entities.set(root, store(entity));
  }
  return cells;
}

const place = ({ record: { event, stamp } }: Incoming): string =>
  JSON.stringify([String(event.entityversion).padStart(16, '0'), stamp.definitions, stamp.profile, contentHash(event.data)]);

/** The newest snapshot of every subject, by an order written down once more: text that sorts. */
function newest(records: Incoming[]): Incoming[] {
  const winners = new Map<string, Incoming>();
  for (const one of records) {
    const best = winners.get(one.record.event.subject);
    if (!best || place(one) > place(best)) winners.set(one.record.event.subject, one);
  }
  return [...winners.values()].sort((a, b) => (a.seq < b.seq ? -1 : 1));
}

const comesToTheNewest = (folds: Fold) =>
  fc.property(history, (records) => {
    expect(plain(cellsOf(folds(records, new Map()).changes))).toEqual(plain(cellsOf(fold(newest(records), new Map()).changes)));
  });

const slices = /^([DH])#(\w+)#(\w+)#(\d{4}-\d{2}-\d{2})(T[^# ]+|#.*)? (\w+)$/;

const firstOf = (kpi: Measure): Measure => (kpi.before ? firstOf(kpi.before as Measure) : kpi);

/** A measure's dimensions, and hours where it has them; of records of older definitions those that it always had. */
function slicesOf(name: string, isNew: boolean): string[] {
  const declared = dictionary.entries.get(name)?.kpi as Measure;
  const measure = isNew ? declared : firstOf(declared);
  const isByDay = typeof measure.at === 'object' ? 'day' in measure.at || 'spread' in measure.at : measure.at === 'day';
  return [...(measure.by ?? []), ...(isByDay ? [] : ['hours'])];
}

/** Sums by dimension (with what has no value of it) and by hour, compared with the day's total. */
function addsUp(cells: Cells, contributions: Row[], isNew: boolean): void {
  const sums = new Map<string, Map<string, number>>();
  for (const [subject, at, dimensions, values] of contributions)
    for (const [dimension, value] of Object.entries(dimensions))
      if (value === noValue)
        for (const [kpi, number] of Object.entries(values)) {
          const total = `${subject} ${dayOf(at)} ${kpi}`;
          const bySlice = sums.get(total) ?? new Map<string, number>();
          sums.set(total, bySlice.set(dimension, (bySlice.get(dimension) ?? 0) + number));
        }
  for (const [cell, value] of cells) {
    const [, item, subject, slice, day, , field] = slices.exec(cell) ?? [];
    if (!item) continue;
    const total = `${subject} ${day} ${field}`;
    const bySlice = sums.get(total) ?? new Map<string, number>();
    sums.set(total, bySlice);
    const name = item === 'H' ? 'hours' : String(slice);
    bySlice.set(name, (bySlice.get(name) ?? 0) + value);
  }
  for (const [total, bySlice] of sums)
    for (const slice of slicesOf(String(total.split(' ').at(-1)), isNew))
      expect(bySlice.get(slice) ?? 0, `${total} by ${slice}`).toBe(bySlice.get('total') ?? 0);
}

/** As the definitions of now would count it. */
const renewed = (incoming: Incoming): Incoming => ({
  ...incoming,
  record: { ...incoming.record, stamp: { ...incoming.record.stamp, definitions: dictionary.latest } },
});

const addsUpEverywhere = (folds: Fold) =>
  fc.property(history, fc.boolean(), (told, isNew) => {
    const records = isNew ? told.map(renewed) : told;
    const { changes, changed } = folds(records, new Map());
    addsUp(
      cellsOf(changes),
      [...changed.values()].flatMap(({ entity }) => entity.contributions),
      isNew,
    );
  });

/** Folds record by record, with a change between them: how a bug is planted. */
const oneByOne =
  (record: (incoming: Incoming, i: number) => Incoming, store: (entity: StoredEntity) => StoredEntity): Fold =>
  (records, entities, dictionary) => {
    const known = new Map(entities);
    const whole: Folded = { changes: [], changed: new Map(), voided: [], refused: [] };
    for (const [i, incoming] of records.entries()) {
      const { changes, changed } = fold([record(incoming, i)], known, dictionary);
      whole.changes.push(...changes);
      for (const [root, { entity }] of changed) known.set(root, store(entity));
    }
    return whole;
  };

const withVersion = (incoming: Incoming, entityversion: number): Incoming => ({
  ...incoming,
  record: { ...incoming.record, event: { ...incoming.record.event, entityversion } },
});
const ignoresTold = oneByOne(
  (incoming) => incoming,
  (entity) => ({ ...entity, contributions: [] }),
);
const lastArrivalWins = oneByOne(
  (incoming, i) => withVersion(incoming, i + 1),
  (entity) => entity,
);
const forgetsParts = oneByOne(
  (incoming) => incoming,
  (entity) => ({ ...entity, parts: {} }),
);
const losesADimension: Fold = (...given) => {
  const folded = fold(...given);
  const kept = ({ item }: { item: string }): boolean => !item.endsWith('#p-2');
  return { ...folded, changes: folded.changes.map((one) => ({ ...one, deltas: one.deltas.filter(kept) })) };
};

describe('the fold', () => {
  it('comes to the newest snapshots added up once, whatever came late, twice or in any order', () => {
    fc.assert(comesToTheNewest(fold), runs);
  });

  it('comes to the same however the stream is cut into batches', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 5 }), (records, size) => {
        const batches = Array.from({ length: Math.ceil(records.length / size) }, (_, i) =>
          records.slice(i * size, (i + 1) * size),
        );
        expect(inBatches(fold, batches)).toEqual(inBatches(fold, [records]));
      }),
      runs,
    );
  });

  it('changes nothing when a batch is sent again after its entities are stored', () => {
    fc.assert(
      fc.property(history, (records) => {
        expect(inBatches(fold, [records, records])).toEqual(inBatches(fold, [records]));
      }),
      runs,
    );
  });

  it('adds up by every dimension and over the hours to the total of the day', () => {
    fc.assert(addsUpEverywhere(fold), runs);
  });

  it('leaves what is stored as it was', () => {
    fc.assert(
      fc.property(history, history, (before, records) => {
        const entities = new Map([...fold(before, new Map()).changed].map(([root, { entity }]) => [root, entity]));
        const copy = structuredClone(entities);
        fold(records, entities);
        expect(entities).toEqual(copy);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a broken fold is found out', () => {
  it.each([
    ['forgets what an entity added', ignoresTold],
    ['lets the last arrival win', lastArrivalWins],
    ['forgets the other parts of an order', forgetsParts],
  ])('when it %s', (_, broken) => {
    expect(() => fc.assert(comesToTheNewest(broken), runs)).toThrow(/Property failed/);
  });

  it('when it loses a value of a dimension', () => {
    expect(() => fc.assert(addsUpEverywhere(losesADimension), runs)).toThrow(/Property failed/);
  });
});

describe('two parcels delivered at one instant, told in two zones', () => {
  const first = aRecord(aShipment({ deliveredAt: '2026-03-31T23:59:59Z' }, { id: 'x-1' }), 2);
  const second = (n: number) =>
    aRecord(aShipment({ deliveredAt: '2026-03-31T23:59:59Z' }, { id: 'x-2' }), n, {
      profile: 2,
      zones: inZone('Pacific/Auckland'),
    });

  it('put their order on the same day whichever was told first', () => {
    const [order] = aStream([anOrder()]) as [Incoming];
    const oneWay = cellsOf(fold([order, first, second(3)], new Map()).changes);
    expect(plain(cellsOf(fold([order, second(2), aRecord(first.record.event, 3)], new Map()).changes))).toEqual(plain(oneWay));
  });
});
