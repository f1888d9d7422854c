/**
 * What had a day come to by a minute of its clock? Totals are kept by the hour: what is asked to the minute is added up from the entities
 * that the day's number leads to.
 */
import { contributions } from '../fold/contributions.ts';
import type { Row } from '../fold/parts.ts';
import { readChangeIndex } from '../store/change-index.ts';
import { readEntities } from '../store/entities.ts';
import type { Table } from '../store/table.ts';
import { dayOf } from '../time.ts';
import { type Formula, measuresOf } from './formula.ts';
import { type PeriodTotals, topicKey } from './period-totals.ts';
import type { Scope } from './scope.ts';

/** The name of a part of a day among stored periods: `2026-11-26/10:37`. */
export const partPeriod = (day: string, until: string): string => `${day}/${until}`;

const instant = (local: string): string => local;

interface Remembered {
  /** What was applied when it was last looked at. */
  applied: string;
  /** The lists that it was read by. */
  lists: string;
  rows: Row[];
}
type Days = Map<string, Remembered>;
/** Days that were read lately, by table, then by partition, day and topics. */
const tables = new WeakMap<Table, Days>();
const mostRemembered = 32;

function remember(remembered: Days, key: string, day: Remembered): void {
  remembered.delete(key);
  remembered.set(key, day);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
}

/** What the entities of a day add at instants of it. An open page asks again and again: a day that is over is read once, while it stays as it is. */
async function readDay(scope: Scope, topics: string[], day: string): Promise<Row[]> {
  const { table, partition, progress } = scope;
  const key = JSON.stringify([partition, day, topics]);
  const remembered: Days = tables.get(table) ?? new Map();
  tables.set(table, remembered);
  const known = remembered.get(key);
  const { applied } = progress;
  // What waits may be half counted: then nothing is taken from what was.
  const isSettled = progress.lagSeconds === 0 && applied !== '';
  if (isSettled && known?.applied === applied) return known.rows;
  const { roots, keys: lists } = await readChangeIndex(scope, topics, day);
  if (known?.lists === lists) {
    if (isSettled) known.applied = applied;
    return known.rows;
  }
  const entities = await readEntities(table, partition, roots);
  const rows = [...entities.values()]
    .flatMap(({ parts }) => contributions(parts, undefined, instant))
    .filter(([topic, at]) => dayOf(at) === day && at.length > 10 && topics.includes(topic));
  // A batch appends what it changes before it writes its entities: one that is under way may not have written them yet.
  const isWhole = scope.pending.changes.every(({ seq, root }) => !roots.has(root) || (entities.get(root)?.seq ?? '') >= seq);
  if (progress.lagSeconds === 0 && isWhole) remember(remembered, key, { applied, lists, rows });
  return rows;
}

function add(totals: PeriodTotals, [topic, , dimensions, values]: Row, slice: string, period: string): void {
  const value = slice === 'total' ? '' : dimensions[slice];
  if (value === undefined) return;
  const byValue = totals.get(topicKey(topic, slice)) ?? new Map();
  totals.set(topicKey(topic, slice), byValue);
  const periods = byValue.get(value) ?? new Map();
  byValue.set(value, periods);
  const numbers = periods.get(period) ?? {};
  periods.set(period, numbers);
  for (const [name, by] of Object.entries(values)) numbers[name] = (numbers[name] ?? 0) + by;
}

/**
 * PeriodTotals of a part of a day, under the period that `partPeriod` names: what counts at an instant of that local day before `until` (HH:MM) on
 * the clock; an hour that comes twice counts twice.
 */
export async function readPartOfDay(
  scope: Scope,
  formulas: Formula[],
  day: string,
  until: string,
  slice: string,
): Promise<PeriodTotals> {
  const topics = [...new Set(formulas.flatMap(measuresOf).map(({ topic }) => topic))].sort();
  const totals: PeriodTotals = new Map();
  for (const row of await readDay(scope, topics, day)) {
    if (row[1].slice(11, 16) >= until) continue;
    add(totals, row, 'total', partPeriod(day, until));
    if (slice !== 'total') add(totals, row, slice, partPeriod(day, until));
  }
  return totals;
}
