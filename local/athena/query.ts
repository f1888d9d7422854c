/** How is a query of Trino written for DuckDB? Clause by clause; tables are handed out by the catalog alone. */
import { printFrame, printOrder } from './aggregates.ts';
import { notKnown, QueryError } from './errors.ts';
import { type Printer, printExpression } from './expression.ts';
import { columnList, type FindRelation, printFrom, printValues } from './from.ts';
import { has, type Node, nameIn, nodeOf, only, quoteName } from './syntax.ts';

const sets: { [kind: string]: string } = { union: 'UNION', intersect: 'INTERSECT', except: 'EXCEPT' };
/** Columns that the statement gives no name; Athena calls them _col0, _col1 by their place. */
export const unnamed = '__unnamed';

/** Writes a query; `ctes` are the names that WITH clauses around it have made. */
export function printQuery(node: Node, find: FindRelation, ctes: ReadonlySet<string> = new Set()): string {
  const scope = withNames(node, ctes);
  const inner = (each: Node): string => printQuery(each, find, scope);
  const printer = (isJoining: boolean, bare?: Printer['bare']): Printer => {
    const self: Printer = { query: inner, expression: (value) => printExpression(value, self), isJoining, bare };
    return self;
  };
  const plain = printer(false);
  const print = plain.expression;
  const operator = sets[node.kind];
  if (operator) {
    only(node, 'left', 'right', 'all', 'distinct', 'with', 'order_by', 'limit', 'offset', 'fetch');
    const { left, right, all } = node.body;
    return `${printWith(node, find, ctes)}(${inner(nodeOf(left))}) ${operator}${all ? ' ALL' : ''} (${inner(nodeOf(right))})${printEnd(node, print)}`;
  }
  if (node.kind === 'values') return printValues(node, print);
  if (node.kind === 'subquery') {
    only(node, 'this', 'with', 'order_by', 'limit', 'offset');
    return `${printWith(node, find, ctes)}(${inner(nodeOf(node.body.this))})${printEnd(node, print)}`;
  }
  if (node.kind === 'paren') return `(${inner(nodeOf(node.body.this))})`;
  if (node.kind !== 'select') throw notKnown(`${node.kind.replaceAll('_', ' ')} as a query`);
  only(
    node,
    'expressions',
    'from',
    'joins',
    'where_clause',
    'group_by',
    'having',
    'order_by',
    'limit',
    'offset',
    'fetch',
    'distinct',
    'with',
    'windows',
  );
  const { body } = node;
  // TRICKY: DuckDB reads the name of an output also in WHERE, GROUP BY, HAVING and beside it; Trino in ORDER BY alone.
  const outputs = outputsOf(body);
  const inputs = printer(false, inputNames(body, outputs)).expression;
  // And within an expression in ORDER BY, where Trino means the output, DuckDB means the column.
  const within = printer(false, (name) => (outputs.has(name) ? `(${inputs(outputs.get(name))})` : undefined)).expression;
  const ordered = (value: unknown): string => (nodeOf(value).kind === 'column' ? print(value) : within(value));
  const sources = printFrom(body, { plain, joining: printer(true) }, find, scope);
  return [
    `${printWith(node, find, ctes)}SELECT${body.distinct ? ' DISTINCT' : ''} ${(body.expressions as unknown[]).map((each) => printItem(each, inputs)).join(', ')}`,
    sources,
    body.where_clause ? `WHERE ${inputs((body.where_clause as Node['body']).this)}` : '',
    body.group_by ? printGroups(body.group_by as Node['body'], inputs) : '',
    body.having ? `HAVING ${inputs((body.having as Node['body']).this)}` : '',
    has(body, 'windows') ? `WINDOW ${printWindows(body.windows, print)}` : '',
  ]
    .filter(Boolean)
    .join(' ')
    .concat(printEnd(node, ordered));
}

/** Outputs with a name of their own, which is no input's as far as the statement tells. */
function outputsOf(body: Node['body']): Map<string, unknown> {
  const named = (body.expressions as unknown[]).map(nodeOf).flatMap(({ kind, body: item }): [string, unknown][] => {
    if (kind !== 'alias') return [];
    const name = nameIn(item.alias);
    const inner = nodeOf(item.this);
    return inner.kind === 'column' && nameIn(inner.body.name) === name ? [] : [[name, item.this]];
  });
  return new Map(named);
}

/** Writes the names that outputs share with columns so that the columns are meant. */
function inputNames(body: Node['body'], outputs: Map<string, unknown>): (name: string) => string | undefined {
  const from = ((body.from as Node['body'] | null | undefined)?.expressions ?? []) as unknown[];
  const [source] = from.length === 1 && !has(body, 'joins') ? from.map(nodeOf) : [];
  const alias = source && (source.body.alias ?? (source.kind === 'table' ? source.body.name : undefined));
  return (name) => {
    if (!outputs.has(name)) return undefined;
    if (!alias)
      throw notKnown(`${name}, an output and perhaps a column,`, 'Write the table before the column, or the expression.');
    return `${quoteName(nameIn(alias))}.${quoteName(name)}`;
  };
}

interface Cte {
  alias: unknown;
  this: unknown;
  columns?: unknown[];
}

function ctesOf({ body }: Node): Cte[] {
  const clause = body.with as Node['body'] | undefined | null;
  if (!clause) return [];
  only({ kind: 'with', body: clause }, 'ctes');
  return clause.ctes as Cte[];
}

const withNames = (node: Node, outer: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...outer, ...ctesOf(node).map(({ alias }) => nameIn(alias))]);

function printWith(node: Node, find: FindRelation, outer: ReadonlySet<string>): string {
  const names = new Set(outer);
  const parts = ctesOf(node).map((cte) => {
    only({ kind: 'with', body: cte as unknown as Node['body'] }, 'alias', 'this', 'columns');
    const body = printQuery(nodeOf(cte.this), find, names);
    const name = nameIn(cte.alias);
    names.add(name);
    return `${quoteName(name)}${columnList(cte.columns)} AS (${body})`;
  });
  return parts.length ? `WITH ${parts.join(', ')} ` : '';
}

function printItem(value: unknown, print: (node: unknown) => string): string {
  const node = nodeOf(value);
  if (node.kind === 'star') {
    only(node, 'table');
    return has(node.body, 'table') ? `${quoteName(nameIn(node.body.table))}.*` : '*';
  }
  if (node.kind === 'alias') {
    only(node, 'this', 'alias');
    return `${print(node.body.this)} AS ${quoteName(nameIn(node.body.alias))}`;
  }
  return `${print(value)} AS ${quoteName(node.kind === 'column' ? nameIn(node.body.name) : unnamed)}`;
}

function printGroups(body: Node['body'], print: (node: unknown) => string): string {
  only({ kind: 'group by', body }, 'expressions');
  return `GROUP BY ${(body.expressions as unknown[]).map((each) => printGroup(each, print)).join(', ')}`;
}

function printGroup(value: unknown, print: (node: unknown) => string): string {
  const node = nodeOf(value);
  const name = node.kind === 'function' ? String(node.body.name) : '';
  if (!/^(GROUPING SETS|ROLLUP|CUBE)$/.test(name)) return print(value);
  return `${name} (${(node.body.args as unknown[]).map(print).join(', ')})`;
}

function printWindows(value: unknown, print: (node: unknown) => string): string {
  return (value as { name: unknown; spec: unknown }[])
    .map(({ name, spec }) => `${quoteName(nameIn(name))} AS (${printFrame(spec, print)})`)
    .join(', ');
}

/** ORDER BY, OFFSET and LIMIT, in DuckDB's order. */
function printEnd({ body }: Node, print: (node: unknown) => string): string {
  const order = body.order_by as Node['body'] | null | undefined;
  const parts = [order ? ` ORDER BY ${printOrder(order.expressions, print)}` : ''];
  const fetch = body.fetch as Node['body'] | null | undefined;
  if (fetch) only({ kind: 'fetch', body: fetch }, 'direction', 'count', 'rows');
  const limit = countOf(body.limit ?? fetch?.count, 'LIMIT');
  const offset = countOf(body.offset, 'OFFSET');
  if (limit !== undefined) parts.push(` LIMIT ${limit}`);
  if (offset !== undefined) parts.push(` OFFSET ${offset}`);
  return parts.join('');
}

function countOf(value: unknown, clause: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  const literal = (value as Node['body']).this ?? value;
  const { kind, body } = nodeOf(literal);
  if (kind === 'column' && (body.name as { name?: string })?.name?.toLowerCase() === 'all') return undefined;
  if (kind !== 'literal' || !/^\d+$/.test(String(body.value)))
    throw new QueryError('SYNTAX_ERROR', `${clause} takes a whole number`);
  return String(body.value);
}
