/** Where does a declaration read in the lake? Facts as columns of the newest snapshots, other parts of the order through joins. */
import { keep } from '../fold/parts.ts';
import type { Dictionary } from '../kpis/dictionary.ts';
import type { Path } from '../kpis/language.ts';
import { parsePath } from '../kpis/path.ts';
import { type Column, type ColumnType, columnOf, dayColumnOf, type LakeTable, lakeTable } from './columns.ts';
import { quoted } from './views.ts';

/** Where the newest snapshots are read. */
export interface ScanSource {
  /** A table's newest snapshots as they stand in FROM, without an alias. */
  rowsOf: (table: LakeTable) => string;
  /** Whether the day of each local time is a column of its own. */
  hasDays: boolean;
}

/** The views, as they are at the moment of the question. */
export const newestSnapshots: ScanSource = { rowsOf: ({ view }) => view, hasDays: false };

/** What is compiled, and over what. */
export interface Reading {
  dictionary: Dictionary;
  scanSource: ScanSource;
}

/** The newest snapshots of an entity, with what their declarations look at beside them. Joins are added as they are asked for. */
export interface Source extends Reading {
  table: LakeTable;
  /** Alias of the entity's rows. */
  alias: string;
  joins: Map<string, string>;
  /** Columns that are calculated from the entity's own, once for each row, by name. */
  computed: Map<string, string>;
  /** By entity: the order's parts, and what is said of all of them together. One join each, however many declarations ask. */
  parts: Map<string, { source: Source; says: string[] }>;
}

/** A value in SQL with its type. */
export interface Value {
  sql: string;
  type: ColumnType;
}

export const openSource = ({ dictionary, scanSource }: Reading, entity: string, alias = 'e'): Source => ({
  dictionary,
  scanSource,
  table: lakeTable(entity),
  alias,
  joins: new Map(),
  computed: new Map(),
  parts: new Map(),
});

function requireOrder({ entity, columns }: LakeTable): void {
  if (!columns.some(({ name }) => name === 'order_id')) throw new Error(`${entity} belongs to no order`);
}

const sameOrder = (one: string, other: string): string =>
  `${one}.creator_id = ${other}.creator_id AND ${one}.order_id = ${other}.order_id`;

const partsAlias = ({ alias }: Source, entity: string): string => `${alias}_${entity}s`;

function partsClause(of: Source, entity: string): string {
  const { source, says } = of.parts.get(entity) ?? { source: openSource(of, entity), says: [] };
  const key = `${source.alias}.creator_id, ${source.alias}.order_id`;
  return `LEFT JOIN (
      SELECT ${[key, ...says.map((each, i) => `${each} AS said_${i}`)].join(', ')}
      FROM ${fromClause(source)}
      GROUP BY ${key}) AS ${partsAlias(of, entity)} ON ${sameOrder(partsAlias(of, entity), of.alias)}`;
}

/** The entity's rows, with what is calculated beside their columns. */
function rowsOf({ scanSource, table, alias, computed }: Source): string {
  const rows = `${scanSource.rowsOf(table)} AS ${alias}`;
  if (computed.size === 0) return rows;
  return `(SELECT ${alias}.*, ${[...computed].map(([name, sql]) => `${sql} AS ${name}`).join(', ')} FROM ${rows}) AS ${alias}`;
}

/** The FROM clause. */
export const fromClause = (source: Source): string =>
  [rowsOf(source), ...source.joins.values(), ...[...source.parts.keys()].map((entity) => partsClause(source, entity))].join(
    '\n    ',
  );

/** What an aggregate over the order's parts of an entity comes to; NULL where it has none. */
export function aggregateSubquery(source: Source, entity: string, aggregate: (parts: Source) => string): string {
  requireOrder(source.table);
  const parts = source.parts.get(entity) ?? {
    source: openSource(source, entity, `${source.alias}_${entity}`),
    says: [],
  };
  requireOrder(parts.source.table);
  source.parts.set(entity, parts);
  const sql = aggregate(parts.source);
  if (!parts.says.includes(sql)) parts.says.push(sql);
  return `${partsAlias(source, entity)}.said_${parts.says.indexOf(sql)}`;
}

/** The first definitions version under which the fold stores a fact, with the given value: what a part does not store it does not have. */
function storedSince({ dictionary }: Source, entity: string, path: Path, value: true | false): number {
  const { fact, list } = parsePath(path);
  const name = list ?? fact;
  for (let version = 1; version <= dictionary.latest; version++) {
    const stored = keep({ [name]: list ? [{ [fact]: value }] : value }, entity, version, dictionary)[name];
    if (list ? Array.isArray(stored) && stored[0]?.[fact] !== undefined : stored !== undefined) return version;
  }
  return Number.POSITIVE_INFINITY;
}

const nothing: { [type in ColumnType]?: string } = { bigint: '0', double: '0', boolean: 'false', string: "''" };

/** A column as the fold sees it: absent in parts of definitions that did not read it, or that took its zero for absent. */
function asStored(source: Source, alias: string, entity: string, path: Path, { name, type }: Column): Value {
  const sql = `${alias}.${quoted(name)}`;
  const since = storedSince(source, entity, path, true);
  const exact = storedSince(source, entity, path, false);
  const zero = nothing[type];
  const whens = [
    ...(zero && exact > since && exact <= source.dictionary.latest
      ? [`WHEN ${alias}.definitions < ${exact} THEN nullif(${sql}, ${zero})`]
      : []),
    ...(since > 1 ? [`WHEN ${alias}.definitions < ${since} THEN NULL`] : []),
  ].reverse();
  return { sql: whens.length ? `CASE ${whens.join(' ')} ELSE ${sql} END` : sql, type };
}

/** Alias and table where a path's fact stands: the part's own, or its order's. */
function ownerOf(source: Source, path: Path): { table: LakeTable; alias: string; fact: string } {
  const { table, alias } = source;
  const { fact, isOfOrder } = parsePath(path);
  if (!isOfOrder) return { table, alias, fact: path };
  if (table.entity === 'order') return { table, alias, fact };
  requireOrder(table);
  const order = lakeTable('order');
  const rows = source.scanSource.rowsOf(order);
  source.joins.set(`${alias}_order`, `LEFT JOIN ${rows} AS ${alias}_order ON ${sameOrder(`${alias}_order`, alias)}`);
  return { table: order, alias: `${alias}_order`, fact };
}

/** The value at a path; of an instant the UTC one. Throws where no column holds it. */
export function valueAt(source: Source, path: Path): Value {
  const { table, alias, fact } = ownerOf(source, path);
  return asStored(source, alias, table.entity, fact, columnOf(table, fact));
}

/** The local text of an instant at a path, or its day where the source has it apart and hours are not asked for; a day as it is. */
export function localAt(source: Source, path: Path): string {
  const { table, alias, fact } = ownerOf(source, path);
  const isInstant = columnOf(table, fact).type === 'timestamp';
  const column = columnOf(table, fact, isInstant);
  return asStored(source, alias, table.entity, fact, isInstant && source.scanSource.hasDays ? dayColumnOf(column) : column).sql;
}

/** Repeats the part for each element of one of its own lists. Answers the alias of the element. */
export function joinList({ table, alias, joins, scanSource }: Source, list: string): string {
  const element = `${alias}_${list.toLowerCase()}`;
  const rows = scanSource.rowsOf(lakeTable(table.entity, list));
  joins.set(
    element,
    `JOIN ${rows} AS ${element} ON ${element}.creator_id = ${alias}.creator_id AND ${element}.subject = ${alias}.subject`,
  );
  return element;
}

/** The value of an element of a list, at `<list>.<inner>`. */
export function elementAt(source: Source, path: Path): Value {
  const { fact, list = '' } = parsePath(path);
  const { entity } = source.table;
  return asStored(source, joinList(source, list), entity, path, columnOf(lakeTable(entity, list), fact));
}

/** An instant's milliseconds, always in fifteen digits, so that they sort as text. */
const sortable = (instant: string): string =>
  `CAST(100000000000000 + date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00', ${instant}) AS varchar)`;

/** First or last time among the order's parts, as local text: of equal instants the text decides, so it stands behind them in the key. */
export const edgeOf = (source: Source, edge: 'first' | 'last', [entity, path]: [entity: string, path: Path]): string => {
  const pick = edge === 'first' ? 'min' : 'max';
  const key = aggregateSubquery(
    source,
    entity,
    (parts) => `${pick}(${sortable(valueAt(parts, path).sql)} || ${localAt(parts, path)})`,
  );
  return `substr(${key}, 16)`;
};
