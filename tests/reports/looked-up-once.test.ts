/** Is what is over looked up again only when more was counted, and then at once? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import { readDataFrom } from '../../shared/reports/data-from.ts';
import { resolve } from '../../shared/reports/formula.ts';
import { readPartOfDay } from '../../shared/reports/part-of-day.ts';
import { openScope } from '../../shared/reports/scope.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Table } from '../../shared/store/table.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { aCreator, anOrder } from '../make/snapshots.ts';
import { aRecord } from '../make/stream.ts';

let store: TestTable;
let calls = 0;
let counted: Table;
let placed = 0;
beforeAll(async () => {
  store = await startKpiTable();
  const send = (command: never) => {
    calls++;
    return store.table.send(command);
  };
  counted = { name: store.table.name, send: send as Table['send'] };
  await loadHistory(store.table, aCreator(), []);
});
afterAll(() => store.stop());

const now = Date.parse('2026-03-20T12:00:00Z');
const kpis = [resolve('orders')];

/** Counts an order that was paid at an instant. */
async function count(paidAt: string): Promise<void> {
  const order = anOrder({ placedAt: paidAt, paidAt }, { order: `o-${++placed}` });
  const { retryFrom, refused } = await applyBatch(store.table, [aRecord(order, placed)]);
  expect([retryFrom, refused]).toEqual([undefined, []]);
}

/** What is found, and how many calls of the table it took. */
async function lookUp() {
  const scope = await openScope(counted, 'c-1', now);
  calls = 0;
  const first = (await readDataFrom(scope, kpis)).get('orders');
  const formulas = kpis.map(({ formula }) => formula);
  const part = await readPartOfDay(scope, formulas, '2026-03-06', '12:00', 'total');
  const orders = part.get('sales total')?.get('')?.get('2026-03-06/12:00')?.orders ?? 0;
  return { first, orders, calls };
}

it('what is over is looked up once, and again when more was counted', async () => {
  await count('2026-03-06T15:00:00Z');
  expect(await lookUp()).toMatchObject({ first: '2026-03-06', orders: 1 });
  expect(await lookUp()).toEqual({ first: '2026-03-06', orders: 1, calls: 0 });
  await count('2026-03-06T16:00:00Z');
  await count('2026-02-01T16:00:00Z');
  expect(await lookUp()).toMatchObject({ first: '2026-02-01', orders: 2 });
  expect(await lookUp()).toEqual({ first: '2026-02-01', orders: 2, calls: 0 });
});
