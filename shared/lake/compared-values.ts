/** Which number stands in which cell? Every cell of a creator's totals, once as the lake has it and once as the kpi table has it. */
import { dayKey, distributionSlice, hourKey, isExpired, monthKey } from '../fold/keys.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Grain as AnyGrain } from '../kpis/grains.ts';
import type { Partition } from '../store/partition.ts';
import { readAllSums } from '../store/totals.ts';
import { monthOf } from '../time.ts';
import { boundOf, type Cuts, kpisAtCuts } from './at-cut.ts';
import { type Athena, type AthenaRow, rowsFor } from './athena.ts';

/** By `<sort key> <field>`; a cell of zero is left out. */
export type ComparedValues = Map<string, number>;

/** The cells of days and months, or those of hours: the lake is asked for each of them apart. */
export const grains = ['day', 'hour'] as const satisfies readonly AnyGrain[];
export type Grain = (typeof grains)[number];

const cellOf = (item: string, field: string): string => `${item} ${field}`;

/** Item and field of a cell; fields hold no blank. */
export function partsOfValueKey(cell: string): { item: string; field: string } {
  const at = cell.lastIndexOf(' ');
  return { item: cell.slice(0, at), field: cell.slice(at + 1) };
}

function add(cells: ComparedValues, item: string, field: string, number: number): void {
  const cell = cellOf(item, field);
  const sum = (cells.get(cell) ?? 0) + number;
  if (sum === 0) cells.delete(cell);
  else cells.set(cell, sum);
}

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

/** The cells of a partition of the kpi table. Counters of restatements are no cells: they tell how, not what. */
export async function tableValues(from: Partition, now: number): Promise<{ [grain in Grain]: ComparedValues }> {
  const cells = { day: new Map(), hour: new Map() } as { [grain in Grain]: ComparedValues };
  for (const [item, fields] of await readAllSums(from)) {
    if (isExpired(item, now)) continue;
    const into = item.startsWith('H#') ? cells.hour : cells.day;
    for (const [field, sum] of fields) if (!field.endsWith('~')) add(into, item, field, Number(sum));
  }
  return cells;
}
