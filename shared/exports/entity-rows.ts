/** How do stored entities become rows? Read page by page from the kpi table; an order's parts are rows of their own tables. */
import { type Facts, list } from '../events/entity.ts';
import { decodeId, entityOfPart, parseSubject } from '../events/subject.ts';
import { entityKey } from '../fold/keys.ts';
import { livePartsOf } from '../fold/parts.ts';
import type { Scope } from '../reports/scope.ts';
import { unpackEntity } from '../store/entities.ts';
import { readItems } from '../store/items.ts';
import { textOf } from '../store/table.ts';
import { dayOf } from '../time.ts';
import type { Cell, Exportable, Row } from './columns.ts';
import type { EntityColumn, EntityTable } from './entity-columns.ts';

/** Local days, both included. */
export interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** A stored part with the subject that names it. */
interface Found {
  subject: string;
  facts: Facts;
}

async function* partsOf({ entity }: EntityTable, { table, partition }: Scope): AsyncGenerator<Found> {
  const root = entity.subject.split('{', 1)[0] as string;
  for await (const item of readItems(table, partition, entityKey(root))) {
    const subject = textOf(item.sk).slice(entityKey('').length);
    for (const [part, { facts }] of Object.entries(livePartsOf(unpackEntity(item).parts)))
      if (entityOfPart(part) === entity.name) yield { subject: part === entity.name ? subject : `${subject}/${part}`, facts };
  }
}

function isWithin(facts: Facts, time: string | undefined, { from, to }: Days): boolean {
  if (from === undefined && to === undefined) return true;
  const at = time === undefined ? undefined : facts[time];
  if (typeof at !== 'string') return false;
  return (from ?? '') <= dayOf(at) && dayOf(at) <= (to ?? '9999');
}

function cellOf(
  { type, from }: EntityColumn,
  facts: Facts,
  ids: { [name: string]: string },
  currency: string,
  line: number,
): Cell {
  if (from === 'currency') return currency;
  if (from === 'line') return line;
  if ('id' in from) return ids[from.id] === undefined ? null : decodeId(String(ids[from.id]));
  const fact = facts[from.fact];
  if (fact === undefined || typeof fact === 'object') return null;
  // Facts are local times with offset: the instant and the local day can both be read off them.
  if (type === 'instant') return new Date(String(fact)).toISOString();
  return type === 'text' || type === 'day' ? String(fact) : fact;
}

async function* rowsOfTable(table: EntityTable, days: Days, scope: Scope): AsyncGenerator<Row> {
  const { currency } = scope.profile;
  for await (const { subject, facts } of partsOf(table, scope)) {
    if (!isWithin(facts, table.time, days)) continue;
    const ids = parseSubject(table.entity, subject)?.ids ?? {};
    const elements = table.list ? (list(facts[table.list]) as Facts[]) : [facts];
    for (const [i, each] of elements.entries()) yield table.columns.map((column) => cellOf(column, each, ids, currency, i + 1));
  }
}

/** The stored entities of a table, those of the days alone where days are given. */
export function entityTable(table: EntityTable, days: Days, scope: Scope): Exportable {
  const range = [days.from, days.to].some(Boolean) ? `_${days.from ?? ''}_${days.to ?? ''}` : '';
  return { name: `${table.name}${range}`, columns: table.columns, rows: rowsOfTable(table, days, scope) };
}
