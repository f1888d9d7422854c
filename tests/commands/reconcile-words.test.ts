/** Does the terminal say plainly what was compared, what differs and what was not compared? */
import { expect, test } from 'vitest';
import { describe as described, placeOf, summarize } from '../../commands/reconcile-words.ts';
import type { Reconciliation } from '../../shared/lake/reconcile.ts';

const through = '2026-11-27T19:00:00.000Z';
const found = (more: Partial<Reconciliation> = {}): Reconciliation => ({
  creatorId: 'c-5',
  at: '2026-11-27T19:01:00.000Z',
  through,
  cells: 1812,
  differing: [],
  missing: [],
  moving: 0,
  movingDays: 0,
  isPending: false,
  ...more,
});

test('a creator that stands still was compared through an instant', () => {
  expect(described(found())).toBe(`c-5: 1,812 cells, 0 differing; compared through ${through}`);
});

test('a creator that moves is never told as one that was compared', () => {
  expect(described(found({ moving: 40, movingDays: 3, isPending: true }))).toBe(
    `c-5: 1,812 cells, 0 differing; 3 days still moving, compared through ${through}`,
  );
  expect(described(found({ moving: 1, movingDays: 1 }))).toContain('1 day still moving');
  expect(described(found({ isPending: true }))).toContain(`later events on their way, compared through ${through}`);
  expect(described(found({ cells: 0, through: '', isPending: true }))).toBe(
    'c-5: 0 cells, 0 differing; not compared: nothing of it was applied and archived yet',
  );
});

test('a cell that differs stands with both numbers and what is behind it, twenty at most', () => {
  const difference = { item: 'D#sales#total#2026-03-01', field: 'orders', table: 2, lake: 1, entities: ['order/o-1'] };
  const text = described(found({ differing: Array(23).fill(difference), missing: ['order/o-9'] }));
  expect(text).toContain('  D#sales#total#2026-03-01 orders: table 2, lake 1; behind it: order/o-1\n');
  expect(text.split('\n')).toHaveLength(1 + 20 + 1 + 1);
  expect(text).toContain('… and 3 more');
  expect(text).toContain('npm run replay -- --creator c-5');
});

test('the place says how long it will still take, once there is a pace', () => {
  expect(placeOf({ done: 1, of: 1277 }, 900)).toBe('[1/1277]');
  expect(placeOf({ done: 100, of: 400 }, 5_000)).toBe('[100/400, about 15 s left]');
  expect(placeOf({ done: 400, of: 400 }, 20_000)).toBe('[400/400]');
});

test('the sum names who is not settled', () => {
  expect(summarize([found(), found({ creatorId: 'c-6' })])).toBe('2 creators, 3,624 cells: 0 differing');
  const moving = Array.from({ length: 25 }, (_, i) => found({ creatorId: `m-${i}`, moving: 2, movingDays: 1 }));
  const text = summarize([found(), ...moving]);
  expect(text).toMatch(/^26 creators, 47,112 cells: 0 differing\n25 creators not settled/);
  expect(text).toContain('m-0, m-1,');
  expect(text).toContain('and 5 more');
  expect(text).not.toContain('c-5');
});
