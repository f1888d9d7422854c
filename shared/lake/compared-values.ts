/** Which number stands in which cell? Every cell of a creator's totals, once as the lake has it and once as the kpi table has it. */
import { dayKey, distributionSlice, expiryOf, hourKey, monthKey } from '../fold/keys.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Grain as AnyGrain } from '../kpis/grains.ts';
import { readItems } from '../store/items.ts';
import { type Table, textOf } from '../store/table.ts';
import { monthOf } from '../time.ts';
import { boundOf, type Cuts, kpisAtCuts } from './at-cut.ts';
import { type Athena, type AthenaRow, rowsFor } from './athena.ts';

/** By `<sort key> <field>`; a cell of zero is left out. */
export type ComparedValues = Map<string, number>;

/** The cells of days and months, or those of hours: the lake is asked for each of them apart. */
export const grains = ['day', 'hour'] as const satisfies readonly AnyGrain[];
export type Grain = (typeof grains)[number];

const besides = new Set(['pk', 'sk', 'w', 'expires', 'undone']);
const cellOf = (item: string, field: string): string => `${item} ${field}`;

/** Item and field of a cell; fields hold no blank. */
export function partsOfValueKey(cell: string): { item: string; field: string } {
  const at = cell.lastIndexOf(' ');
  return { item: cell.slice(0, at), field: cell.slice(at + 1) };
}

/** What an item's key says: `D#sales#channel#2026-03-01#live`. */
export interface Place {
  topic: string;
  slice: string;
  /** Day, month or hour. */
  period: string;
  value: string | undefined;
}

export function placeOf(item: string): Place {
  const [, topic = '', slice = '', period = '', ...value] = item.split('#');
  return { topic, slice, period, value: value.length ? value.join('#') : undefined };
}

function add(cells: ComparedValues, item: string, field: string, number: number): void {
  const cell = cellOf(item, field);
  const sum = (cells.get(cell) ?? 0) + number;
  if (sum === 0) cells.delete(cell);
  else cells.set(cell, sum);
}

const isExpired = (item: string, now: number): boolean => (expiryOf(item) ?? Number.POSITIVE_INFINITY) * 1000 <= now;

function addRow(cells: ComparedValues, row: AthenaRow, grain: Grain, now: number): void {
  const { subject: topic = '', kpi = '', dimension = '', value = '', period = '' } = row as { [name: string]: string };
  const number = Number(row.number);
  if (grain === 'hour') {
    const item = hourKey(topic, period);
    if (!isExpired(item, now)) add(cells, item, kpi, number);
    return;
  }
  const isDistribution = dimension === 'bucket';
  const slice = isDistribution ? distributionSlice(kpi) : dimension;
  const field = isDistribution ? `${kpi}:${value}` : kpi;
  const of = isDistribution || dimension === 'total' ? undefined : value;
  add(cells, dayKey(topic, slice, period, of), field, number);
  add(cells, monthKey(topic, slice, monthOf(period), of), field, number);
}

/**
 * The cells of many creators by SQL over the newest snapshots up to a cut of each: days and months, or the hours that are still kept at
 * `now` (ms). One statement for all, one creator's cells in memory at a time; who has none there is left out.
 */
export async function* lakeValues(
  athena: Athena,
  cuts: Cuts,
  grain: Grain,
  now: number,
): AsyncGenerator<[creatorId: string, cells: ComparedValues]> {
  if (!cuts.size) return;
  let creatorId: string | undefined;
  let cells: ComparedValues = new Map();
  for await (const row of rowsFor(athena, kpisAtCuts(dictionary, grain, cuts.size), boundOf(cuts))) {
    if (creatorId !== undefined && row.creator_id !== creatorId) {
      yield [creatorId, cells];
      cells = new Map();
    }
    creatorId = row.creator_id ?? '';
    addRow(cells, row, grain, now);
  }
  if (creatorId !== undefined) yield [creatorId, cells];
}

/** The cells of a partition of the kpi table, read consistently. Counters of restatements are no cells: they tell how, not what. */
export async function tableValues(table: Table, partition: string, now: number): Promise<{ [grain in Grain]: ComparedValues }> {
  const read = async (cells: ComparedValues, kind: string) => {
    for await (const item of readItems(table, partition, kind)) {
      const key = textOf(item.sk);
      if (isExpired(key, now)) continue;
      for (const [field, value] of Object.entries(item))
        if (!besides.has(field) && !field.endsWith('~') && value.N !== undefined) add(cells, key, field, Number(value.N));
    }
    return cells;
  };
  const [day, hour] = [new Map(), new Map()] as [ComparedValues, ComparedValues];
  await Promise.all([read(day, 'D#'), read(day, 'M#'), read(hour, 'H#')]);
  return { day, hour };
}
