/** Which snapshot of each entity is the newest? A view over each raw table: whatever came twice, late or in another order is seen once. */
import { type Column, type LakeTable, lakeTable, lakeTables, snapshotKey } from './columns.ts';

export interface View {
  name: string;
  sql: string;
  columns: readonly Column[];
}

/** An identifier of ours in SQL; some columns have names that SQL keeps for itself (from, to). */
export const quoted = (name: string): string => `"${name}"`;

const keys = snapshotKey.map(({ name }) => name);
const entityKeys = ['creator_id', 'subject'];
const orderKeys = keys.filter((name) => !entityKeys.includes(name));
const columnList = (columns: readonly Column[], of = ''): string => columns.map(({ name }) => of + quoted(name)).join(', ');

/**
 * The newest by the total order of snapshots: version, then stamp, then content; of equal ones the first that came, as in the fold.
 * `condition` stands behind the raw table: a WHERE or a JOIN.
 */
export function newestOf({ name, columns }: Pick<LakeTable, 'name' | 'columns'>, condition: string): string {
  return `SELECT ${columnList(columns)} FROM (
  SELECT ${columnList(columns)}, row_number() OVER (
    PARTITION BY ${entityKeys.map(quoted).join(', ')} ORDER BY ${orderKeys.map((key) => `${quoted(key)} DESC`).join(', ')}, ${quoted('seq')}) AS place
  FROM ${name}${condition}) AS ranked
WHERE place = 1`;
}

/** The elements of the newest snapshot's list, each once however often its file was written; `newest` stands in FROM as those snapshots. */
export function elementsOf({ name, columns }: Pick<LakeTable, 'name' | 'columns'>, condition: string, newest: string): string {
  return `SELECT ${columnList(columns, 'listed.')} FROM (
  SELECT ${columnList(columns)}, row_number() OVER (PARTITION BY ${[...keys, 'line'].map(quoted).join(', ')} ORDER BY ${quoted('line')}) AS place
  FROM ${name}${condition}) AS listed
JOIN ${newest} AS newest ON ${keys.map((key) => `listed.${quoted(key)} = newest.${quoted(key)}`).join(' AND ')}
WHERE listed.place = 1`;
}

/** The newest snapshots of a table, and how many days are bound in it: with `isBefore` only what arrived before a day is looked at. */
export function newestSql(table: LakeTable, isBefore = false): { sql: string; days: number } {
  const condition = isBefore ? ' WHERE dt < ?' : '';
  if (!table.list) return { sql: newestOf(table, condition), days: isBefore ? 1 : 0 };
  const newest = lakeTable(table.entity);
  return {
    sql: elementsOf(table, condition, isBefore ? `(${newestOf(newest, condition)})` : newest.view),
    days: isBefore ? 2 : 0,
  };
}

/** The views of newest snapshots, each after those that it stands on. */
export function newestViews(): View[] {
  return lakeTables.map((table) => ({
    name: table.view,
    sql: newestSql(table).sql,
    columns: table.columns,
  }));
}
