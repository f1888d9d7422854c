/** How are the sources of a query written for DuckDB? Tables are handed out by the catalog alone, and functions are none. */
import { notKnown } from './errors.ts';
import type { Printer } from './expression.ts';
import { has, type Node, nameIn, nodeOf, only, quoteName } from './syntax.ts';

/** Gives the SQL of a table's or a view's rows, without brackets. Throws where there is none. */
export type FindRelation = (database: string | undefined, table: string) => string;

const joins: { [kind: string]: string } = {
  Inner: 'JOIN',
  Left: 'LEFT JOIN',
  Right: 'RIGHT JOIN',
  Full: 'FULL JOIN',
  Cross: 'CROSS JOIN',
};
/** `(a, b)`, or nothing. */
export const columnList = (columns: unknown): string =>
  Array.isArray(columns) && columns.length ? `(${columns.map((each) => quoteName(nameIn(each))).join(', ')})` : '';

/** FROM and its joins; empty where there is none. */
export function printFrom(
  body: Node['body'],
  printers: { plain: Printer; joining: Printer },
  find: FindRelation,
  ctes: ReadonlySet<string>,
): string {
  const from = body.from as Node['body'] | null | undefined;
  if (!from) return '';
  only({ kind: 'from', body: from }, 'expressions');
  const source = (each: unknown): string => printSource(nodeOf(each), printers.plain, find, ctes);
  const joined = ((body.joins as Node['body'][] | undefined) ?? []).map((join) => {
    only({ kind: 'join', body: join }, 'this', 'on', 'using', 'kind');
    const kind = joins[String(join.kind)];
    if (!kind) throw notKnown(`a ${String(join.kind)} join`);
    const condition = join.on
      ? ` ON ${printers.joining.expression(join.on)}`
      : has(join, 'using')
        ? ` USING ${columnList(join.using)}`
        : '';
    return `${kind} ${source(join.this)}${condition}`;
  });
  return `FROM ${(from.expressions as unknown[]).map(source).join(', ')} ${joined.join(' ')}`;
}

function printSource(node: Node, printer: Printer, find: FindRelation, ctes: ReadonlySet<string>): string {
  const { kind, body } = node;
  const named = (sql: string, alias: unknown, columns?: unknown): string =>
    `${sql}${alias ? ` AS ${quoteName(nameIn(alias))}${columnList(columns)}` : ''}`;
  if (kind === 'table') {
    only(node, 'name', 'schema', 'alias', 'column_aliases');
    const name = nameIn(body.name);
    const database = has(body, 'schema') ? nameIn(body.schema) : undefined;
    if (database === undefined && ctes.has(name)) return named(quoteName(name), body.alias ?? body.name, body.column_aliases);
    return named(`(${find(database, name)})`, body.alias ?? body.name, body.column_aliases);
  }
  if (kind === 'subquery') {
    only(node, 'this', 'alias', 'column_aliases');
    return named(`(${printer.query(nodeOf(body.this))})`, body.alias, body.column_aliases);
  }
  if (kind === 'paren') return `(${printSource(nodeOf(body.this), printer, find, ctes)})`;
  if (kind === 'values')
    return named(`(${printValues(node, printer.expression, 'alias', 'column_aliases')})`, body.alias, body.column_aliases);
  if (kind === 'unnest') return printUnnest(node, printer, undefined, undefined);
  if (kind === 'alias') {
    only(node, 'this', 'alias', 'column_aliases');
    const inner = nodeOf(body.this);
    if (inner.kind === 'unnest') return printUnnest(inner, printer, body.alias, body.column_aliases);
    return named(printSource(inner, printer, find, ctes), body.alias, body.column_aliases);
  }
  throw kind === 'function'
    ? notKnown(`${String(body.name)}(…) as a table`)
    : notKnown(`${kind.replaceAll('_', ' ')} as a table`);
}

function printUnnest(node: Node, printer: Printer, alias: unknown, columns: unknown): string {
  only(node, 'this', 'with_ordinality', 'alias', 'column_aliases');
  const [name, names] = [alias ?? node.body.alias, columns ?? node.body.column_aliases];
  const ordinal = node.body.with_ordinality ? ' WITH ORDINALITY' : '';
  return `unnest(${printer.expression(node.body.this)})${ordinal} AS ${quoteName(name ? nameIn(name) : 'unnest')}${columnList(names)}`;
}

/** Rows written out. */
export function printValues(node: Node, print: (node: unknown) => string, ...more: string[]): string {
  only(node, 'expressions', ...more);
  const rows = (node.body.expressions as Node['body'][]).map((row) => {
    only({ kind: 'row of values', body: row }, 'expressions');
    return `(${(row.expressions as unknown[]).map((each) => print(nodeOf(each).kind === 'paren' ? nodeOf(each).body.this : each)).join(', ')})`;
  });
  return `VALUES ${rows.join(', ')}`;
}
