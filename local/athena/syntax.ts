/** How is a node of the parser's syntax tree read so that nothing in it goes unseen? */
import { notKnown, QueryError } from './errors.ts';

export interface Node {
  kind: string;
  body: { readonly [key: string]: unknown };
}

/** What the parser notes besides the meaning: places, comments, spellings. */
const ignored =
  /^(span|.*comments|comments|inferred_type|original_name|name_quoted|explicit_asc|alias_explicit_as|alias_keyword|alias_first|nesting_group|nested|kind_text|(start|end)_side_text|from_for_syntax|no_parens|.*_spelling|use_(inner|outer)_keyword|or_replace_spelled|as_keyword|sql_standard_syntax|position_explicit)$/;

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** The parser hands `{ kind: body }`; a kind without a body is its name alone or `{ kind: null }`. */
export function nodeOf(value: unknown): Node {
  if (typeof value === 'string') return { kind: value, body: {} };
  const entries = value && typeof value === 'object' ? Object.entries(value) : [];
  const [kind, body] = entries[0] ?? [];
  if (entries.length !== 1 || !kind)
    throw new QueryError('SYNTAX_ERROR', `not understood: ${JSON.stringify(value)?.slice(0, 120)}`);
  return { kind, body: (body ?? {}) as Node['body'] };
}

/** Refuses a node in which anything is set beside the keys named: an option unseen is a different answer. */
export function only({ kind, body }: Node, ...keys: string[]): void {
  for (const [key, value] of Object.entries(body))
    if (isSet(value) && !keys.includes(key) && !ignored.test(key)) throw notKnown(`${key.replaceAll('_', ' ')} of ${kind}`);
}

export const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.map(nodeOf) : []);
export const has = (body: Node['body'], key: string): boolean => isSet(body[key]);

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The name in an identifier; Trino knows no case in names. */
export function nameIn(identifier: unknown): string {
  const { name } = (identifier ?? {}) as { name?: unknown };
  if (typeof name !== 'string') throw new QueryError('SYNTAX_ERROR', `a name is expected: ${JSON.stringify(identifier)}`);
  return name.toLowerCase();
}

/** The text of a literal string, or undefined. */
export function textIn({ kind, body }: Node): string | undefined {
  return kind === 'literal' && body.literal_type === 'string' ? String(body.value) : undefined;
}
