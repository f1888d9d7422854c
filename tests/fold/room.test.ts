/** What becomes of an order that grows without end? */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/fold/fold.ts';
import { packEntity } from '../../shared/store/entities.ts';
import { cellsOf } from '../make/cells.ts';
import { aLine, anOrder, aRefund } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

const itemLimit = 400_000;
/** Ids that hardly deflate, as the worst case. */
const idOf = (i: number): string => createHash('sha256').update(String(i)).digest('hex');
const lines = (from: number) =>
  Array.from({ length: 500 }, (_, i) => ({ productId: idOf(from + i), category: idOf(i % 7), quantity: 1, goodsAmount: 10 }));

describe('an item of many parts', () => {
  const order = anOrder({ lines: lines(0).map(({ productId }) => aLine({ productId, sku: productId })) });
  const refunds = [1, 2, 3, 4].map((n) => aRefund({ goodsAmount: 5000, lines: lines(n * 1000) }, { id: `r-${n}` }));
  const { changed, refused, changes } = fold(aStream([order, ...refunds, anOrder({}, { order: 'o-2' })]), new Map());

  it('takes what fits into an item of the store', () => {
    const item = packEntity(
      'C#c-1#1',
      'order/o-1',
      changed.get('order/o-1')?.entity ?? { seq: '', parts: {}, contributions: [] },
    );
    expect(item.state?.B?.length).toBeGreaterThan(50_000);
    expect(item.state?.B?.length).toBeLessThan(itemLimit);
  });

  it('refuses the record that would no longer fit, and counts its neighbours', () => {
    expect(refused.map(({ reason }) => reason.split(':')[0])).toEqual(['too large', 'too large']);
    expect(cellsOf(changes).get('D#sales#total#2026-03-01 orders')).toBe(2);
  });
});
