/** Which number stands in which cell? Every cell of a creator's totals, once as the lake has it and once as the kpi table has it. */
import { dayKey, distributionSlice, expiryOf, hourKey, monthKey } from '../fold/keys.ts';
import { readItems } from '../store/items.ts';
import { type Table, textOf } from '../store/table.ts';
import { monthOf } from '../time.ts';
import { type Athena, type AthenaRow, rowsFor } from './athena.ts';

/** By `<sort key> <field>`; a cell of zero is left out. */
export type Cells = Map<string, number>;

const besides = new Set(['pk', 'sk', 'w', 'expires']);
const cellOf = (item: string, field: string): string => `${item} ${field}`;

/** Item and field of a cell; fields hold no blank. */
export function partsOfCell(cell: string): { item: string; field: string } {
  const at = cell.lastIndexOf(' ');
  return { item: cell.slice(0, at), field: cell.slice(at + 1) };
}

function add(cells: Cells, item: string, field: string, number: number): void {
  const cell = cellOf(item, field);
  const sum = (cells.get(cell) ?? 0) + number;
  if (sum === 0) cells.delete(cell);
  else cells.set(cell, sum);
}

const isExpired = (item: string, now: number): boolean => (expiryOf(item) ?? Number.POSITIVE_INFINITY) * 1000 <= now;

type Add = (cells: Cells, row: AthenaRow, now: number) => void;

const addDaily: Add = (cells, row) => {
  const { subject = '', kpi = '', dimension = '', value = '', day = '' } = row as { [name: string]: string };
  const isSpread = dimension === 'bucket';
  const slice = isSpread ? distributionSlice(kpi) : dimension;
  const field = isSpread ? `${kpi}:${value}` : kpi;
  const of = isSpread || dimension === 'total' ? undefined : value;
  add(cells, dayKey(subject, slice, day, of), field, Number(row.number));
  add(cells, monthKey(subject, slice, monthOf(day), of), field, Number(row.number));
};

const addHourly: Add = (cells, row, now) => {
  const { subject = '', kpi = '', hour = '' } = row as { [name: string]: string };
  const item = hourKey(subject, hour);
  if (!isExpired(item, now)) add(cells, item, kpi, Number(row.number));
};

const sources: [view: string, columns: string, add: Add][] = [
  ['kpi_daily', 'subject, kpi, dimension, value, day, number', addDaily],
  ['kpi_hourly', 'subject, kpi, hour, number', addHourly],
];

/** The cells of a creator by SQL over the newest snapshots: days, months and the hours that are still kept at `now` (ms). */
export async function lakeCells(athena: Athena, creatorId: string, now: number): Promise<Cells> {
  const cells: Cells = new Map();
  for (const [view, columns, addRow] of sources)
    for await (const row of rowsFor(athena, `SELECT ${columns} FROM ${view} WHERE creator_id = ?`, [creatorId]))
      addRow(cells, row, now);
  return cells;
}

/** Cells by creator, in order of their ids: one question for all of them, and one creator in memory at a time. */
async function* cellsOfView([view, columns, addRow]: (typeof sources)[number], athena: Athena, now: number) {
  let creatorId: string | undefined;
  let cells: Cells = new Map();
  for await (const row of rowsFor(athena, `SELECT creator_id, ${columns} FROM ${view} ORDER BY creator_id`)) {
    if (creatorId !== undefined && row.creator_id !== creatorId) {
      yield { creatorId, cells };
      cells = new Map();
    }
    creatorId = row.creator_id ?? '';
    addRow(cells, row, now);
  }
  if (creatorId !== undefined) yield { creatorId, cells };
}

/** The cells of every creator of the lake, in order of their ids, as `lakeCells` has them. */
export async function* lakeCellsOfAll(athena: Athena, now: number): AsyncGenerator<{ creatorId: string; cells: Cells }> {
  const [daily, hourly] = sources.map((source) => cellsOfView(source, athena, now)) as [
    ReturnType<typeof cellsOfView>,
    ReturnType<typeof cellsOfView>,
  ];
  let hours = await hourly.next();
  // What has hours has days, so the days lead.
  for await (const { creatorId, cells } of daily) {
    while (!hours.done && hours.value.creatorId < creatorId) hours = await hourly.next();
    if (!hours.done && hours.value.creatorId === creatorId)
      for (const [cell, number] of hours.value.cells) cells.set(cell, number);
    yield { creatorId, cells };
  }
}

/** The cells of a partition of the kpi table, read consistently. Counters of restatements are no cells: they tell how, not what. */
export async function tableCells(table: Table, partition: string, now: number): Promise<Cells> {
  const cells: Cells = new Map();
  for (const kind of ['D#', 'H#', 'M#'])
    for await (const item of readItems(table, partition, kind)) {
      const key = textOf(item.sk);
      if (isExpired(key, now)) continue;
      for (const [field, value] of Object.entries(item))
        if (!besides.has(field) && !field.endsWith('~') && value.N !== undefined) add(cells, key, field, Number(value.N));
    }
  return cells;
}
