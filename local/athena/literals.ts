/** How do values get into a statement? Each is one literal and nothing else; it takes the place of its question mark. */
import { RequestError } from './errors.ts';

const literal =
  /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|(?:(?:DATE|TIMESTAMP|DECIMAL)\s*)?'(?:[^']|'')*'|TRUE|FALSE|NULL)$/i;
/** Text, quoted names and comments, in which a question mark means itself; or a question mark. */
const marked = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** Puts the values, written as SQL literals, where the question marks are. Throws where a value is more than a literal. */
export function bindValues(sql: string, values: readonly string[] = []): string {
  for (const value of values)
    if (!literal.test(value.trim()))
      throw new RequestError(
        `Execution parameter ${JSON.stringify(value)} is no literal: quote text as 'text', write numbers bare.`,
      );
  let used = 0;
  // TRICKY: a space on both sides, or `- ?` with -1 would begin a comment.
  const bound = sql.replace(marked, (part) => (part === '?' ? ` ${values[used++]?.trim() ?? '?'} ` : part));
  if (used !== values.length)
    throw new RequestError(`Incorrect number of parameters: expected ${used} but found ${values.length}`);
  return bound;
}

/** The statement without its comments, which the parser would hang onto whatever stands beside them. */
export const withoutComments = (sql: string): string =>
  sql.replace(marked, (part) => (part.startsWith('--') || part.startsWith('/*') ? ' ' : part));

/** The literals of `USING 'a', 1`, one by one. */
export function splitLiterals(text: string): string[] {
  return [...text.matchAll(/(?:'(?:[^']|'')*'|[^,'])+/g)].map(([part]) => part.trim());
}
