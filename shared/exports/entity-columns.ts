/** Which entities can be exported, and with which columns? Those of the lake's tables of which facts are stored with the numbers. */
import { entities } from '../events/entities.ts';
import type { Entity } from '../events/entity.ts';
import { planOf } from '../events/plan.ts';
import { storedFacts } from '../fold/parts.ts';
import { type Column, type ColumnType, type LakeTable, lakeTables, snake } from '../lake/columns.ts';
import { type CellType, type ExportColumn, titleOf } from './columns.ts';

export interface EntityColumn extends ExportColumn {
  /** Where its cell comes from: a named part of the subject, or a fact (of the list's element, where the table is of a list). */
  from: { id: string } | { fact: string } | 'currency' | 'line';
}

export interface EntityTable {
  /** `orders`, `order_lines`: the name of the lake's view. */
  name: string;
  entity: Entity;
  list: string | undefined;
  columns: EntityColumn[];
  /** The fact whose local day a range is of; undefined where it has no day. */
  time: string | undefined;
}

/** When an entity is said to have been: the first of these facts that is stored of it. */
const times = ['placedAt', 'labelledAt', 'handedOverAt', 'completedAt', 'submittedAt', 'settledAt', 'minute', 'day'];

const types: { [type in ColumnType]: CellType } = {
  string: 'text',
  bigint: 'integer',
  double: 'number',
  boolean: 'flag',
  timestamp: 'instant',
};

function isMoney({ entity: name, list }: LakeTable, fact: string): boolean {
  const entity = entities.get(name) as Entity;
  const plan = planOf(entity.schema);
  const fields = list ? (plan.find((field) => field.name === list)?.fields ?? []) : plan;
  const derived = list ? entity.derived?.[list] : entity.derived;
  const kinds = typeof derived === 'object' ? derived : {};
  return fields.some(({ name, kind }) => name === fact && /money/i.test(kind)) || kinds[fact] === 'money';
}

/** The column of a fact; of money two: the amount in the row's `currency`, and for programs its minor units, which say so in their name. */
function factColumns(table: LakeTable, { name, type, comment, fact = '', isLocal }: Column): EntityColumn[] {
  const from = { fact };
  if (!isMoney(table, fact)) return [{ name, type: isLocal ? 'day' : types[type], about: comment, from }];
  const about = comment.replace(/, minor units of the shop’s currency$/, '');
  return [
    { name, type: 'quantity', unit: { column: 'currency' }, about: `${about}, in currency`, from },
    { name: `${name}_minor`, type: 'integer', isForPrograms: true, about: `${about}; minor units of currency`, from },
  ];
}

function columnsOf(table: LakeTable, entity: Entity): EntityColumn[] {
  const stored = storedFacts(entity.name);
  const names = table.list ? stored.get(table.list)?.inside : new Set(stored.keys());
  const facts = table.columns
    .filter(({ fact }) => fact !== undefined && names?.has(fact))
    .flatMap((each) => factColumns(table, each));
  if (!facts.length) return [];
  const ids = [...entity.subject.matchAll(/\{(\w+)\}/g)]
    .map(([, id = '']) => id)
    .filter((id) => !facts.some(({ name }) => name === snake(id)))
    .map((id): EntityColumn => ({ name: snake(id), type: 'text', about: 'of the subject', from: { id } }));
  const line: EntityColumn = { name: 'line', type: 'integer', about: 'place in the list, from 1', from: 'line' };
  const currency: EntityColumn = { name: 'currency', type: 'unit', about: 'the shop’s, ISO 4217', from: 'currency' };
  const hasMoney = facts.some(({ name }) => name.endsWith('_minor'));
  const all = [...ids, ...(table.list ? [line] : []), ...facts, ...(hasMoney ? [currency] : [])];
  return all.map((each) => ({ title: titleOf(each), ...each }));
}

function tableOf(table: LakeTable): EntityTable[] {
  const entity = entities.get(table.entity) as Entity;
  const columns = entity.name === 'creator' ? [] : columnsOf(table, entity);
  const time = times.find((fact) => storedFacts(entity.name).has(fact));
  return columns.length ? [{ name: table.view, entity, list: table.list, columns, time }] : [];
}

/** By name, in the order of the entities. */
export const entityTables: ReadonlyMap<string, EntityTable> = new Map(
  lakeTables.flatMap(tableOf).map((table) => [table.name, table]),
);
