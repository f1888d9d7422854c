/** How do many files become one? Their rows in order, each once. */
import { type LakeTable, snapshotKey } from './columns.ts';
import type { ColumnValue, RowGroup } from './row-group.ts';

/** By creator, so that a question about one reads little of a file, and by time. */
const order = ['creator_id', 'version', 'subject', 'definitions', 'profile', 'hash'];

/**
 * What names a row: its snapshot and its place in the stream, or its snapshot and its line. Two rows of one name are one record that was
 * archived twice. A snapshot that came twice is two records and stays two: the lake tells every event that came.
 */
const nameOf = ({ list }: LakeTable): string[] => [...order, list ? 'line' : 'seq'];

/** Why this file cannot be merged into its table; undefined where it can. Columns that are declared no longer are no reason. */
export function schemaMismatchOf({ types }: RowGroup, table: LakeTable, known: RowGroup['types']): string | undefined {
  for (const name of nameOf(table)) if (!types.has(name)) return `it has no column ${name}`;
  const expected = new Map([...known, ...table.columns.map(({ name, type }) => [name, type] as const)]);
  for (const [name, type] of types) {
    const other = expected.get(name);
    if (other && other !== type) return `its column ${name} is a ${type}, not a ${other}`;
  }
  return undefined;
}

/** The columns of a table in their order, and behind them those that only its files have. */
function typesOf(rowGroups: RowGroup[], { columns }: LakeTable): RowGroup['types'] {
  const declared = columns.map(({ name, type }) => [name, type] as const);
  const found = rowGroups.flatMap(({ types }) => [...types]).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([...declared, ...found]);
}

function gathered(rowGroups: RowGroup[], types: RowGroup['types']): Omit<RowGroup, 'bytesInMemory'> {
  const rows = rowGroups.reduce((sum, rowGroup) => sum + rowGroup.rows, 0);
  const cells = new Map<string, ColumnValue[]>();
  for (const name of types.keys()) {
    const whole: ColumnValue[] = [];
    for (const rowGroup of rowGroups) {
      const part = rowGroup.cells.get(name);
      for (let i = 0; i < rowGroup.rows; i++) whole.push(part?.[i] ?? null);
      // What has been taken over need not be in memory twice.
      rowGroup.cells.delete(name);
    }
    cells.set(name, whole);
  }
  return { rows, types, cells };
}

function compare(keys: ColumnValue[][], a: number, b: number): number {
  for (const key of keys) {
    const [left, right] = [key[a] ?? null, key[b] ?? null];
    if (left === right) continue;
    if (left === null || right === null) return left === null ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** Sorts the rows of all rowGroups, which are used up, and keeps of those of one name the one that says most. */
export function mergeRowGroups(rowGroups: RowGroup[], table: LakeTable): Omit<RowGroup, 'bytesInMemory'> {
  const whole = gathered(rowGroups, typesOf(rowGroups, table));
  const keys = nameOf(table).map((name) => whole.cells.get(name) ?? []);
  const says = (row: number): number => [...whole.cells.values()].reduce((sum, cells) => sum + Number(cells[row] !== null), 0);
  const places = Array.from({ length: whole.rows }, (_, i) => i).sort((a, b) => compare(keys, a, b));
  const kept: number[] = [];
  for (const place of places) {
    const last = kept.at(-1);
    if (last === undefined || compare(keys, last, place) !== 0) kept.push(place);
    else if (says(place) > says(last)) kept[kept.length - 1] = place;
  }
  for (const [name, cells] of whole.cells)
    whole.cells.set(
      name,
      kept.map((place) => cells[place] ?? null),
    );
  return { ...whole, rows: kept.length };
}

// A new part of the snapshots' order has to stand here too.
if (snapshotKey.some(({ name }) => !order.includes(name))) throw new Error('merge.ts does not know every part of a snapshot');
