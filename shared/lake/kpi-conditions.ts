/** How does a declared condition read in SQL? With no NULL in it: an absent value makes a comparison false, so that `not` of it is true. */
import type { Condition, Path } from '../kpis/language.ts';
import type { ColumnType } from './columns.ts';
import { aggregateSubquery, localAt, type Source, valueAt } from './kpi-source.ts';

const orFalse = (sql: string): string => `coalesce(${sql}, false)`;
const dayAt = (source: Source, path: Path): string => `substr(${localAt(source, path)}, 1, 10)`;

/** The value at a path, of a type that can be compared so. Throws where it never could be. */
function comparable(source: Source, path: Path, types: ColumnType[]): string {
  const { sql, type } = valueAt(source, path);
  if (!types.includes(type)) throw new Error(`${source.table.entity}: ${path} is a ${type}, compared as ${types.join(' or ')}`);
  return sql;
}

const numbers: ColumnType[] = ['bigint', 'double'];

function equals(source: Source, [path, value]: [Path, string | number | boolean]): string {
  if (typeof value === 'string') return `${comparable(source, path, ['string'])} = '${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return `${comparable(source, path, ['boolean'])} = ${value}`;
  return `${comparable(source, path, numbers)} = ${value}`;
}

/** A condition over the source's rows: true or false, never NULL. Throws where it compares what cannot be compared. */
export function conditionOf(source: Source, condition: Condition): string {
  if ('all' in condition)
    return condition.all.length ? `(${condition.all.map((each) => conditionOf(source, each)).join(' AND ')})` : 'true';
  if ('not' in condition) return `NOT ${conditionOf(source, condition.not)}`;
  if ('is' in condition) return orFalse(equals(source, condition.is));
  if ('has' in condition) return `(${valueAt(source, condition.has).sql} IS NOT NULL)`;
  if ('after' in condition) return orFalse(condition.after.map((path) => comparable(source, path, ['timestamp'])).join(' > '));
  if ('byEndOfDay' in condition) return orFalse(condition.byEndOfDay.map((path) => dayAt(source, path)).join(' <= '));
  if ('atLeast' in condition) return orFalse(`${comparable(source, condition.atLeast[0], numbers)} >= ${condition.atLeast[1]}`);
  if ('atMost' in condition) return orFalse(`${comparable(source, condition.atMost[0], numbers)} <= ${condition.atMost[1]}`);
  const [pick, [entity, inner]] = 'any' in condition ? ['bool_or', condition.any] : ['bool_and', condition.every];
  return orFalse(aggregateSubquery(source, entity, (parts) => `${pick}(${inner ? conditionOf(parts, inner) : 'true'})`));
}
