/** How does the fold treat the odd record? */
import { describe, expect, it } from 'vitest';
import { fold, UnknownDefinitions } from '../../shared/fold/fold.ts';
import type { StoredEntity } from '../../shared/fold/parts.ts';
import { changedRootsOf } from '../../shared/store/changes.ts';
import { cellsOf, valuesOf } from '../make/cells.ts';
import { aLine, anOrder, aRefund, aShipment } from '../make/snapshots.ts';
import { aRecord, aStream, inZone } from '../make/stream.ts';

const none = new Map<string, StoredEntity>();
const entityOf = (events: Parameters<typeof aStream>[0]) => fold(aStream(events), none).changed.get('order/o-1')?.entity;

describe('a record', () => {
  it('that is older than what is stored changes nothing', () => {
    const { changed, changes } = fold(
      aStream([anOrder({}, { version: 2 }), anOrder({ channel: 'video' }, { version: 1 })]),
      none,
    );
    expect(changed.get('order/o-1')?.entity.parts.order?.version).toBe(2);
    expect(valuesOf(cellsOf(changes), 'orders', 'channel')).toEqual({ '2026-03-01#live': 1 });
  });

  it('that the stored entity has seen already is skipped by its place in the stream', () => {
    const records = aStream([anOrder(), anOrder({ status: 'completed' }, { version: 2 })]);
    const stored = new Map([...fold(records, none).changed].map(([root, { entity }]) => [root, entity]));
    const again = fold(records, stored);
    expect([again.changes.length, again.changed.size]).toEqual([0, 0]);
  });

  it('that cannot be converted is refused with its reason, and its neighbours count', () => {
    const { refused, changes } = fold(aStream([anOrder({ currency: 'EUR' }), anOrder({}, { order: 'o-2' })]), none);
    expect(refused).toMatchObject([{ reason: expect.stringMatching(/^missing_rate: .*EUR.*USD/) }]);
    expect(valuesOf(cellsOf(changes), 'orders')).toEqual({ '2026-03-01': 1 });
  });

  it('counted by definitions that this code does not know stops the whole batch', () => {
    const newer = aRecord(anOrder(), 1, { definitions: 99 });
    expect(() => fold([newer], none)).toThrow(UnknownDefinitions);
    expect(() => fold([newer], none)).toThrow(/deploy aggregate before collect/);
  });

  it('names the first record of the batch that changed its entity', () => {
    const records = aStream([anOrder(), aShipment(), aRefund()]);
    expect(fold(records, none).changed.get('order/o-1')?.first).toBe(records[0]?.seq);
  });

  it('replayed under a later zone moves to the days of that zone', () => {
    const records = [
      aRecord(anOrder({ paidAt: '2026-03-02T01:00:00Z' }), 1),
      aRecord(anOrder({ paidAt: '2026-03-02T01:00:00Z' }), 2, { profile: 2, zones: inZone('UTC') }),
    ];
    expect(valuesOf(cellsOf(fold(records, none).changes), 'orders')).toEqual({ '2026-03-02': 1 });
  });

  it('leaves the roots it moved behind each day, the day it left included', () => {
    const { changes } = fold(aStream([anOrder(), anOrder({ paidAt: '2026-03-02T15:00:00Z' }, { version: 2 })]), none);
    const changedRoots = changedRootsOf(changes);
    expect([...(changedRoots.get('sales|2026-03-01') ?? [])]).toEqual(['order/o-1']);
    expect([...(changedRoots.get('sales|2026-03-02') ?? [])]).toEqual(['order/o-1']);
  });

  it('whose lines swap products moves both products, and the total by zero', () => {
    const { changes } = fold(aStream([anOrder(), anOrder({ lines: [aLine({ productId: 'p-2' })] }, { version: 2 })]), none);
    expect(valuesOf(cellsOf(changes), 'grossSales', 'product')).toEqual({ '2026-03-01#p-2': 2000 });
    expect(valuesOf(cellsOf(changes), 'grossSales')).toEqual({ '2026-03-01': 2000 });
  });
});

describe('an order', () => {
  const promised = { shipBy: '2026-03-03T22:00:00-05:00' };

  it('is open until its deadline as long as it waits for its dispatch', () => {
    expect(entityOf([anOrder(promised)])?.due).toBe('2026-03-04T03:00:00.000Z');
    expect(entityOf([anOrder(promised), aShipment()])?.due).toBe('2026-03-04T03:00:00.000Z');
  });

  it.each([
    ['handed over', [anOrder(promised), aShipment({ handedOverAt: '2026-03-02T12:00:00Z' })]],
    ['cancelled', [anOrder({ ...promised, status: 'cancelled' })]],
    ['completed', [anOrder({ ...promised, completedAt: '2026-03-05T12:00:00Z' })]],
    ['without a deadline', [anOrder()]],
    ['not yet paid', [anOrder({ ...promised, paidAt: undefined })]],
    ['a sample', [anOrder({ ...promised, sample: true })]],
  ])('is not open when it is %s', (_, events) => {
    expect(entityOf(events)?.due).toBeUndefined();
  });
});

describe('a number of a day that has ended', () => {
  const day = Date.parse('2026-03-02T05:00:00Z');
  const first = anOrder({ paidAt: undefined }, { version: 1 });
  const restated = (version: number, before = [first]) =>
    cellsOf(fold(aStream([...before, anOrder({}, { version })]), none).changes).get('D#sales#total#2026-03-01 orders~');

  it('is restated by what comes later than a day after its end', () => {
    expect(restated(day + 86_400_001)).toBe(1);
  });

  it('is not restated within a day', () => {
    expect(restated(day + 86_400_000)).toBeUndefined();
  });

  it('is not restated by the first word of an order, however late its export: the business says when it was', () => {
    expect(restated(day + 86_400_000 * 60, [])).toBeUndefined();
  });
});

describe('an hour', () => {
  it('that a clock change repeats is told apart by its offset', () => {
    const paid = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map((paidAt, i) =>
      anOrder({ paidAt, placedAt: paidAt }, { order: `o-${i}` }),
    );
    const cells = cellsOf(fold(aStream(paid, { receivedAt: '2026-11-02T00:00:00Z' }), none).changes);
    expect(cells.get('H#sales#total#2026-11-01T01-04:00 orders')).toBe(1);
    expect(cells.get('H#sales#total#2026-11-01T01-05:00 orders')).toBe(1);
    expect(cells.get('D#sales#total#2026-11-01 orders')).toBe(2);
  });
});
