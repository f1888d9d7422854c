/** Which tables does the lake have, and which columns? Generated from the entities' schemas: one table an entity, one for each of its lists. */
import * as z from 'zod';
import { entities } from '../events/entities.ts';
import type { DerivedKind, Entity } from '../events/entity.ts';
import { type Field, planOf } from '../events/plan.ts';

/** Types that Glue, Parquet and both SQL engines share; `timestamp` is in UTC, to the millisecond. */
export type ColumnType = 'string' | 'bigint' | 'double' | 'boolean' | 'timestamp';

export interface Column {
  name: string;
  type: ColumnType;
  comment: string;
  /** The fact it holds; absent for what stands in every table. An instant's fact has two columns: the UTC instant and its local text. */
  fact?: string;
  isLocal?: true;
}

export interface LakeTable {
  /** Of the raw table: `order_raw`, `order_lines_raw`. */
  name: string;
  /** Of the view with the newest snapshots: `orders`, `order_lines`. */
  view: string;
  entity: string;
  /** The list that it holds a row for each element of; absent for the entity itself. */
  list?: string;
  /** Where its files lie in the lake bucket, before `dt=<arrival day>/`. */
  prefix: string;
  columns: Column[];
}

export const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');

const column = (name: string, type: ColumnType, comment: string): Column => ({ name, type, comment });

/** Names a snapshot, and puts those of one entity in order: the newest has the largest (version, definitions, profile, hash). */
export const snapshotKey: readonly Column[] = [
  column('creator_id', 'string', 'the creator; every question names it or means all'),
  column('subject', 'string', 'the entity within the creator: order/o-1/shipment/s-1'),
  column('version', 'bigint', 'time of the change at its source, in ms: the largest is the newest'),
  column('definitions', 'bigint', 'version of the KPI definitions that count it; decides between equal versions'),
  column('profile', 'bigint', 'revision of zone and currency that it was read under; decides after definitions'),
  column('hash', 'string', 'hash of the content; the last word between equal snapshots'),
];

const stamped: readonly Column[] = [
  ...snapshotKey,
  column('generation', 'bigint', 'generation of the totals that it was told to'),
  column('seq', 'string', 'place in the stream: epoch, digits, sequence number'),
  column('event_id', 'string', 'id of the event'),
  column('event_source', 'string', 'the source that sent it'),
  column('event_time', 'timestamp', 'business time of the event (UTC)'),
  column('received_at', 'timestamp', 'when it was accepted (UTC); its day is dt'),
  column('shop_currency', 'string', 'ISO 4217: all amounts in columns are minor units of it'),
];
const listed: readonly Column[] = [...snapshotKey, column('line', 'bigint', 'place in the list, from 1')];
const raw = column('data', 'string', 'the snapshot as it came, JSON; fields without a column are here');

const derivedTypes: { [kind in DerivedKind]: ColumnType } = {
  text: 'string',
  count: 'bigint',
  money: 'bigint',
  flag: 'boolean',
  happened: 'timestamp',
};

interface JsonType {
  type?: string;
  description?: string;
  properties?: { [name: string]: JsonType };
  items?: JsonType;
}

function typeOf({ kind }: Field, json: JsonType): ColumnType {
  if (kind === 'happened' || kind === 'due') return 'timestamp';
  if (kind === 'money' || kind === 'signedMoney' || json.type === 'integer') return 'bigint';
  if (json.type === 'number') return 'double';
  return json.type === 'boolean' ? 'boolean' : 'string';
}

function columnsOf(fact: string, type: ColumnType, comment: string): Column[] {
  const name = snake(fact);
  if (type !== 'timestamp') return [{ name, type, comment, fact }];
  return [
    { name, type, comment: `${comment} (UTC)`, fact },
    {
      name: `${name}_local`,
      type: 'string',
      comment: `${comment}; local time with offset, its first ten letters are the day`,
      fact,
      isLocal: true,
    },
  ];
}

const inWords = (name: string): string => snake(name).replaceAll('_', ' ');
const isMoney = ({ kind }: Field): boolean => kind === 'money' || kind === 'signedMoney';

function fieldColumns(fields: Field[], json: JsonType): Column[] {
  return fields
    .filter(({ kind }) => kind !== 'list' && kind !== 'object')
    .flatMap((field) => {
      const schema = json.properties?.[field.name] ?? {};
      const unit = isMoney(field) ? ', minor units of the shop’s currency' : '';
      return columnsOf(field.name, typeOf(field, schema), `${schema.description ?? inWords(field.name)}${unit}`);
    });
}

const derivedColumns = (derived: [string, DerivedKind][]): Column[] =>
  derived.flatMap(([fact, kind]) => columnsOf(fact, derivedTypes[kind], `${inWords(fact)}, derived`));

function unique(columns: Column[]): Column[] {
  const names = new Set<string>();
  return columns.filter(({ name }) => !names.has(name) && names.add(name));
}

const namesInSubject = (entity: Entity): string[] => [...entity.subject.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
const plural = (name: string): string =>
  (name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? name : `${name}s`).replace(
    /dais$|days?s$|daies$/,
    'days',
  );

function tablesOf(entity: Entity): LakeTable[] {
  const json = z.toJSONSchema(entity.schema, { io: 'input' }) as JsonType;
  const plan = planOf(entity.schema).filter(({ name }) => !entity.personal?.includes(name));
  const derived = Object.entries(entity.derived ?? {});
  const ids = namesInSubject(entity)
    .filter((name) => name !== entity.subjectInstant && name !== 'creatorId')
    .map((name): Column => ({ name: snake(name), type: 'string', comment: `${inWords(name)}, from the subject` }));
  const name = snake(entity.name);
  const own: LakeTable = {
    name: `${name}_raw`,
    view: plural(name),
    entity: entity.name,
    prefix: `raw/entity=${entity.name}`,
    columns: unique([
      ...stamped,
      ...(entity.subjectInstant ? columnsOf(entity.subjectInstant, 'timestamp', inWords(entity.subjectInstant)) : []),
      ...derivedColumns(derived.filter((one): one is [string, DerivedKind] => typeof one[1] === 'string')),
      ...ids,
      ...fieldColumns(plan, json),
      raw,
    ]),
  };
  const lists = new Map<string, Column[]>();
  for (const { name, kind, fields } of plan)
    if (kind === 'list') lists.set(name, fieldColumns(fields, json.properties?.[name]?.items ?? {}));
  for (const [fact, inner] of derived)
    if (typeof inner !== 'string') lists.set(fact, [...(lists.get(fact) ?? []), ...derivedColumns(Object.entries(inner))]);
  return [
    own,
    ...[...lists].map(
      ([list, columns]): LakeTable => ({
        name: `${name}_${snake(list)}_raw`,
        view: `${name}_${snake(list)}`,
        entity: entity.name,
        list,
        prefix: `raw/entity=${entity.name}.${list}`,
        columns: unique([...listed, ...ids, ...columns]),
      }),
    ),
  ];
}

/** Every table of the lake, entities in their order, each with its lists behind it. */
export const lakeTables: readonly LakeTable[] = [...entities.values()].flatMap(tablesOf);

/** The table of an entity, or of one of its lists. Throws where there is none. */
export function lakeTable(entity: string, list?: string): LakeTable {
  const found = lakeTables.find((table) => table.entity === entity && table.list === list);
  if (!found) throw new Error(`the lake has no table of ${entity}${list ? `.${list}` : ''}`);
  return found;
}

/** The column of a stored daily snapshot that has the day of a local time alone: far fewer different values, so that they cost next to nothing. */
export const dayColumnOf = ({ name }: Column): Column =>
  column(name.replace(/_local$/, '_day'), 'string', `local day of ${name}, 2026-03-01`);

/** The column of a fact: of an instant the UTC one, or with `isLocal` its local text. Throws where there is none. */
export function columnOf(table: LakeTable, fact: string, isLocal = false): Column {
  const found = table.columns.find((one) => one.fact === fact && Boolean(one.isLocal) === isLocal);
  if (!found) throw new Error(`${table.name} has no ${isLocal ? 'local ' : ''}column of ${fact}`);
  return found;
}
