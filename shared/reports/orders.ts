/** Which orders stand behind a number, and which run out of time? What each one told the totals adds up to the number exactly. */
import type * as z from 'zod';
import type { OrdersQuery, ordersAnswer } from '../api/orders.ts';
import { readChangedRoots } from '../store/change-index.ts';
import { readEntities } from '../store/entities.ts';
import type { OpenEntity } from '../store/open-orders.ts';
import { hoursLeft, readAtRisk } from './at-risk.ts';
import { type Bucket, bucketsOf } from './buckets.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { type Formula, measuresOf, resolve } from './formula.ts';
import { contributionOf, describeOrder, type OrderRow, type Slice } from './order-row.ts';
import { figureOf, readPeriodTotals } from './period-totals.ts';
import { freshnessOf, type Scope } from './scope.ts';
import { stateOf } from './series.ts';
import { type Where, whereOf } from './where.ts';

export type OrdersAnswer = z.infer<typeof ordersAnswer>;

// Most that a list names of a day did contribute to it: this reads little more than a page needs.
const rootsPerRead = 100;

/** The roots that may stand behind a formula on a day, in the order of the pages. */
async function rootsOf(scope: Scope, formula: Formula, day: string): Promise<string[]> {
  const topics = formula.kind === 'distribution' ? [formula.topic] : measuresOf(formula).map(({ topic }) => topic);
  const lists = await Promise.all([...new Set(topics)].map((topic) => readChangedRoots(scope, topic, day)));
  return [...new Set(lists.flat())].sort();
}

/** Rows that contribute, behind a place of the list; one more than asked for says that there are more. */
async function readRows(scope: Scope, formula: Formula, slice: Slice, after: string, limit: number): Promise<OrderRow[]> {
  const roots = (await rootsOf(scope, formula, slice.day)).filter((root) => root > after);
  const rows: OrderRow[] = [];
  for (let i = 0; i < roots.length && rows.length <= limit; i += rootsPerRead) {
    const some = roots.slice(i, i + rootsPerRead);
    const entities = await readEntities(scope.table, scope.partition, some);
    for (const root of some) {
      const entity = entities.get(root);
      const told = entity && contributionOf(entity, formula, slice);
      if (entity && told) rows.push({ ...describeOrder(root, entity), ...told });
    }
  }
  return rows.slice(0, limit + 1);
}

/** `by` and `value` are a narrowing to one value. */
function narrowingOf({ by, value, where }: OrdersQuery): Where | undefined {
  return by === undefined || value === undefined ? whereOf(where) : { dimension: by, values: [value] };
}

async function behindNumber(query: OrdersQuery, kpi: string, day: string, scope: Scope, key: string): Promise<OrdersAnswer> {
  const { refundsBy, limit } = query;
  const where = narrowingOf(query);
  const dimension = where?.dimension ?? 'total';
  const { formula } = resolve(kpi, refundsBy);
  const list = JSON.stringify(['number', scope.partition, kpi, day, where, refundsBy]);
  const after = query.cursor === undefined ? '' : readCursor(key, list, query.cursor);
  const [totals, rows] = await Promise.all([
    readPeriodTotals(scope, [formula], [day], dimension),
    readRows(scope, formula, { day, where }, after, limit),
  ]);
  const { value: total, isRestated, ...parts } = figureOf(totals, formula, [day], dimension, where?.values ?? ['']);
  const { page: orders, cursor } = pageOf(rows, limit, ({ subject }) => makeCursor(key, list, subject));
  const [bucket] = bucketsOf('day', { from: day, to: day }, scope) as [Bucket];
  const state = stateOf(bucket, isRestated);
  const narrowed = query.where === undefined ? {} : { where: query.where };
  return { ...freshnessOf(scope), kpi, day, ...narrowed, total, state, ...parts, orders, cursor };
}

/** Open orders as rows, with the whole hours that they have left. */
export async function rowsAtRisk({ table, partition, now }: Scope, orders: OpenEntity[]): Promise<OrderRow[]> {
  const roots = orders.map(({ root }) => root);
  const entities = await readEntities(table, partition, roots);
  return orders.flatMap(({ root, due }): OrderRow[] => {
    const entity = entities.get(root);
    if (!entity) return [];
    return [{ ...describeOrder(root, entity), shipBy: due, hoursLeft: Math.floor(hoursLeft(due, now)), value: 1 }];
  });
}

async function runningOut(query: OrdersQuery, hours: number, scope: Scope, key: string): Promise<OrdersAnswer> {
  const list = JSON.stringify(['at-risk', scope.partition, hours]);
  const after = query.cursor === undefined ? '' : readCursor(key, list, query.cursor);
  const { value: total, breakdown, orders } = await readAtRisk(scope, [...new Set([0, hours])]);
  const placeOf = (due: string, root: string) => `${due} ${root}`;
  const some = orders.filter(({ due, root }) => placeOf(due, root) > after).slice(0, query.limit + 1);
  const rows = await rowsAtRisk(scope, some);
  const next = ({ subject, shipBy = '' }: OrderRow) => makeCursor(key, list, placeOf(shipBy, subject));
  const { page, cursor } = pageOf(rows, query.limit, next);
  return { ...freshnessOf(scope), kpi: null, day: null, total, state: 'partial', breakdown, orders: page, cursor };
}

/** Answers GET …/orders; `key` signs the cursors. Throws bad_request for a cursor of another list. */
export async function reportOrders(query: OrdersQuery, scope: Scope, key: string): Promise<OrdersAnswer> {
  if (query.atRisk !== undefined) return runningOut(query, query.atRisk, scope, key);
  return behindNumber(query, query.kpi ?? '', query.day ?? '', scope, key);
}
