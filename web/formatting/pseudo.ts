/** How are English messages marked, so that what is not a message, or has no room, is seen? */

type Token = string | readonly [name: string, kind?: string, cases?: unknown];

const accents: Record<string, string> = { a: 'á', e: 'ë', i: 'ï', o: 'ö', u: 'ü', A: 'Å', E: 'É', I: 'Î', O: 'Ø', U: 'Û' };

/** Letters with accents, tags and the sign of a count as they are. */
const marked = (text: string): string =>
  text.replace(/<[^>]*>|[aeiouAEIOU]/g, (found) => (found.length > 1 ? found : (accents[found] ?? found)));

function markCases(cases: unknown): unknown {
  if (typeof cases === 'string') return marked(cases);
  if (Array.isArray(cases)) return cases.map((token: Token) => mark(token));
  return cases;
}

function mark(token: Token): Token {
  if (typeof token === 'string') return marked(token);
  const [name, kind, cases] = token;
  if (kind !== 'plural' && kind !== 'select' && kind !== 'selectordinal') return token;
  return [name, kind, Object.fromEntries(Object.entries(cases as object).map(([name, each]) => [name, markCases(each)]))];
}

/** Compiled messages, marked and wrapped, a third longer. */
export const pseudo = (messages: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(messages).map(([id, tokens]) => {
      const inner = (Array.isArray(tokens) ? tokens : [tokens]).map(mark);
      const length = inner.filter((token) => typeof token === 'string').join('').length;
      return [id, ['[', ...inner, '~'.repeat(Math.floor(length / 3)), ']']];
    }),
  ) as never;
