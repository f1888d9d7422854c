/** What does a statement ask for: rows, a new table or view, files somewhere else? */
import type { Dialect, parse } from '@polyglot-sql/sdk';
import { notKnown, QueryError } from './errors.ts';
import { withoutComments } from './literals.ts';
import { has, type Node, nameIn, nodeOf, only } from './syntax.ts';

export type Statement =
  | { does: 'query'; query: Node }
  | { does: 'unload'; query: Node; location: string; compression: Compression; partitionedBy: string[] }
  | { does: 'createTable'; query: Node; database?: string; name: string; location?: string }
  | { does: 'createView'; sql: string; query: Node; database?: string; name: string; isReplacing: boolean }
  | { does: 'drop'; what: 'table' | 'view'; database?: string; name: string; isOptional: boolean };

export type Parse = typeof parse;

const compressions = ['SNAPPY', 'GZIP', 'ZSTD'] as const;
export type Compression = (typeof compressions)[number];

const unload = /^\s*UNLOAD\s*\(([\s\S]*)\)\s*TO\s*'([^']+)'\s*WITH\s*\(([\s\S]*)\)\s*;?\s*$/i;
const createView = /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?VIEW\s+\S+\s+AS\s+([\s\S]+?);?\s*$/i;

/** Reads one statement of Trino. Throws for several, and for those that change more than Athena's catalog. */
export function readStatement(parse: Parse, commented: string): Statement {
  const sql = withoutComments(commented);
  const unloading = sql.match(unload);
  if (unloading) {
    const [, query = '', location = '', options = ''] = unloading;
    const read = readOptions(
      Object.fromEntries(
        [...options.matchAll(/(\w+)\s*=\s*('[^']*'|ARRAY\s*\[[^\]]*\]|[^,]+)/gi)].map(([, key = '', value = '']) => [
          key.toLowerCase(),
          value.trim(),
        ]),
      ),
      ['partitioned_by'],
      compressions,
    );
    return {
      does: 'unload',
      query: parseOne(parse, query),
      location,
      compression: (read.compression?.toUpperCase() ?? 'GZIP') as Compression,
      partitionedBy: [...(read.partitioned_by ?? '').matchAll(/'([^']*)'/g)].map(([, name]) => String(name).toLowerCase()),
    };
  }
  const node = parseOne(parse, sql);
  const { kind, body } = node;
  if (kind === 'create_table') {
    only(node, 'name', 'as_select', 'with_properties', 'if_not_exists');
    if (!body.as_select) throw notKnown('CREATE TABLE without AS SELECT');
    if (body.if_not_exists) throw notKnown('CREATE TABLE IF NOT EXISTS');
    const location = readOptions(Object.fromEntries((body.with_properties as [string, string][]) ?? []), [
      'external_location',
    ]).external_location;
    return { does: 'createTable', query: nodeOf(body.as_select), ...nameOf(body.name), ...(location ? { location } : {}) };
  }
  if (kind === 'create_view') {
    only(node, 'name', 'query', 'or_replace');
    const [, text] = sql.match(createView) ?? [];
    if (!text) throw notKnown('this form of CREATE VIEW');
    return {
      does: 'createView',
      sql: text,
      query: nodeOf(body.query),
      isReplacing: body.or_replace === true,
      ...nameOf(body.name),
    };
  }
  if (kind === 'drop_view') {
    only(node, 'name', 'if_exists');
    return { does: 'drop', what: 'view', isOptional: body.if_exists === true, ...nameOf(body.name) };
  }
  if (kind === 'drop_table') {
    only(node, 'names', 'if_exists');
    return { does: 'drop', what: 'table', isOptional: body.if_exists === true, ...nameOf((body.names as unknown[])[0]) };
  }
  if (!/^(select|union|intersect|except|values|subquery|paren)$/.test(kind))
    throw notKnown(`the statement ${kind.replaceAll('_', ' ').toUpperCase()}`);
  return { does: 'query', query: node };
}

/** Parses exactly one statement. */
export function parseOne(parse: Parse, sql: string): Node {
  const { success, ast, error } = parse(withoutComments(sql), 'trino' as Dialect);
  if (!success) throw new QueryError('SYNTAX_ERROR', String(error));
  const statements = ast as unknown[];
  if (statements.length !== 1)
    throw new QueryError('SYNTAX_ERROR', `Only one sql statement is allowed. Got: ${statements.length}`);
  return nodeOf(statements[0]);
}

function nameOf(value: unknown): { database?: string; name: string } {
  const body = value as Node['body'];
  only({ kind: 'name', body }, 'name', 'schema');
  return { name: nameIn(body.name), ...(has(body, 'schema') ? { database: nameIn(body.schema) } : {}) };
}

/** Options of WITH: the format, a compression that can be written, and those allowed. */
function readOptions(
  options: { [name: string]: string },
  allowed: string[],
  codecs: readonly string[] = ['SNAPPY'],
): { [name: string]: string | undefined } {
  const read: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(options)) {
    const text = value.replace(/^'([\s\S]*)'$/, '$1');
    const isFormat = name.toLowerCase() === 'format' && text.toUpperCase() === 'PARQUET';
    const isCompression =
      /^(compression|parquet_compression|write_compression)$/i.test(name) && codecs.includes(text.toUpperCase());
    if (!isFormat && !isCompression && !allowed.includes(name.toLowerCase())) throw notKnown(`WITH (${name} = ${value})`);
    read[name.toLowerCase()] = text;
  }
  if (read.format?.toUpperCase() !== 'PARQUET')
    throw notKnown('an output format other than PARQUET', "Write format = 'PARQUET'.");
  return read;
}
