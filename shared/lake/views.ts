/** Which snapshot of each entity is the newest? A view over each raw table: whatever came twice, late or in another order is seen once. */
import { entities } from '../events/entities.ts';
import type { RoundedTogether } from '../events/entity.ts';
import { withdrawnHash } from '../events/facts.ts';
import { partsOfUnit } from '../money.ts';
import { type Column, type LakeTable, lakeTable, lakeTables, snake, snapshotKey } from './columns.ts';

export interface View {
  name: string;
  sql: string;
  columns: readonly Column[];
}

/** An identifier of ours in SQL; some columns have names that SQL keeps for itself (from, to). */
export const quoted = (name: string): string => `"${name}"`;

type SomeColumns = Pick<LakeTable, 'name' | 'entity' | 'list' | 'columns'>;

const keys = snapshotKey.map(({ name }) => name);
const entityKeys = ['creator_id', 'subject'];
const orderKeys = keys.filter((name) => !entityKeys.includes(name));
const columnList = (columns: readonly Column[]): string => columns.map(({ name }) => quoted(name)).join(', ');

/** What `unrounded` says of an amount (shared/money.ts) in whole units, halves to the even one: 0, 1 or 2. */
const wholeUnits = (unrounded: string): string =>
  `CASE WHEN ${unrounded} <= ${partsOfUnit / 2} THEN 0 WHEN ${unrounded} < ${1.5 * partsOfUnit} THEN 1 ELSE 2 END`;

/** Column of the view by how much an amount was moved, so that it and those of the order's other parts are rounded once. */
const movedBy = (amount: string): string => `${amount}_moved`;

/**
 * The newest snapshots with their amounts rounded together, as the fold does it (shared/fold/rounded-together.ts). Sums are looked at less
 * an even number of units, like what is summed: where one is less than the sum before it, two units were left out. TRICKY: each step is a
 * query of its own, since the embedded engine's macros copy what they are given.
 */
function roundedTogether(columns: readonly Column[], newest: string, { once, amounts }: RoundedTogether): string {
  const all = Object.entries(amounts).map(([amount, exact]) => ({ amount: snake(amount), exact: quoted(snake(exact)) }));
  const isCounted = (exact: string): string => `${quoted(snake(once))} IS NOT NULL AND ${exact} IS NOT NULL`;
  const sums = all.map(
    ({ amount, exact }) => `CASE WHEN ${isCounted(exact)} THEN CAST(sum(${exact}) OVER (
      PARTITION BY creator_id, order_id, ${isCounted(exact)} ORDER BY subject ROWS UNBOUNDED PRECEDING) AS bigint) END AS ${amount}_sum`,
  );
  const evens = all.map(
    ({ amount, exact }) =>
      `mod(${amount}_sum, ${2 * partsOfUnit}) AS ${amount}_now, mod(${amount}_sum - ${exact}, ${2 * partsOfUnit}) AS ${amount}_before`,
  );
  const moves = all.map(
    ({ amount, exact }) => `CAST(CASE WHEN ${amount}_sum IS NULL THEN 0 ELSE ${wholeUnits(`${amount}_now`)}
      + CASE WHEN ${amount}_now < ${amount}_before THEN 2 ELSE 0 END
      - ${wholeUnits(`${amount}_before`)} - ${wholeUnits(exact)} END AS bigint) AS ${quoted(movedBy(amount))}`,
  );
  const shown = columns.map(({ name }) =>
    all.some(({ amount }) => amount === name) ? `${quoted(name)} + ${quoted(movedBy(name))} AS ${quoted(name)}` : quoted(name),
  );
  return `SELECT ${[...shown, ...all.map(({ amount }) => quoted(movedBy(amount)))].join(', ')} FROM (
  SELECT *, ${moves.join(',\n    ')} FROM (
  SELECT *, ${evens.join(',\n    ')} FROM (
  SELECT *, ${sums.join(',\n    ')} FROM (${newest}) AS newest) AS summed) AS even) AS moved`;
}

const ruleOf = ({ entity }: Pick<LakeTable, 'entity'>): RoundedTogether | undefined => entities.get(entity)?.roundedTogether;

/** Columns of the view: those of its table, and of amounts that are rounded together by how much they were moved. */
const viewColumns = (table: Pick<LakeTable, 'entity' | 'list' | 'columns'>): readonly Column[] =>
  table.list
    ? table.columns
    : [
        ...table.columns,
        ...Object.keys(ruleOf(table)?.amounts ?? {}).map(
          (amount): Column => ({
            name: movedBy(snake(amount)),
            type: 'bigint',
            comment: `by how much ${snake(amount)} was moved, so that the order’s are rounded as one`,
          }),
        ),
      ];

/**
 * The newest by the total order of snapshots: version, then stamp, then content; of equal ones the first that came, as in the fold. An entity
 * whose newest snapshot withdraws it is left out.
 * `condition` stands behind the raw table: a WHERE or a JOIN.
 */
export function newestOf({ name, entity, columns }: SomeColumns, condition: string): string {
  const rule = ruleOf({ entity });
  const newest = `SELECT ${columnList(columns)} FROM (
  SELECT ${columnList(columns)}, row_number() OVER (
    PARTITION BY ${entityKeys.map(quoted).join(', ')} ORDER BY ${orderKeys.map((key) => `${quoted(key)} DESC`).join(', ')}, ${quoted('seq')}) AS place
  FROM ${name}${condition}) AS ranked
WHERE place = 1 AND ${quoted('hash')} <> '${withdrawnHash}'`;
  return rule ? roundedTogether(columns, newest, rule) : newest;
}

/** The elements of the newest snapshot's list, each once however often its file was written; `newest` stands in FROM as those snapshots. */
export function elementsOf({ name, entity, list, columns }: SomeColumns, condition: string, newest: string): string {
  const elements = ruleOf({ entity })?.elements;
  const moved = elements?.list === list ? elements : undefined;
  const shown = columns.map(({ name }) =>
    moved && name === snake(moved.of)
      ? `listed.${quoted(name)} + CASE WHEN listed.${quoted(snake(moved.mark))} THEN newest.${quoted(movedBy(name))} ELSE 0 END AS ${quoted(name)}`
      : `listed.${quoted(name)}`,
  );
  return `SELECT ${shown.join(', ')} FROM (
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
    columns: viewColumns(table),
  }));
}
