/** Does every language say everything, with the same things filled in? */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { afterAll, describe, expect, it } from 'vitest';
import { speak } from '../../web/formatting/languages.ts';
import { say } from '../../web/formatting/say.ts';

type Messages = Record<string, string>;

const read = (language: string): Messages =>
  JSON.parse(readFileSync(new URL(`../../web/messages/${language}.json`, import.meta.url), 'utf8')) as Messages;

type Tokens = string | readonly Tokens[] | { [name: string]: Tokens };

/** What a message is filled in with: the names of its values, and its tags. */
function holesOf(message: string): string[] {
  const found = new Set((message.match(/<\w+>/g) ?? []).map(String));
  const walk = (tokens: Tokens): void => {
    if (!Array.isArray(tokens)) return;
    for (const token of tokens as readonly Tokens[]) {
      if (!Array.isArray(token)) continue;
      const [name, , cases] = token as [string, string?, Record<string, Tokens>?];
      found.add(name);
      if (cases && typeof cases === 'object') for (const each of Object.values(cases)) walk(each);
    }
  };
  walk(compileMessage(message, (token) => token) as Tokens);
  return [...found].sort();
}

/** What one language lacks, has too much of, or fills in otherwise. */
function faultsOf(english: Messages, other: Messages): string[] {
  const ids = new Set([...Object.keys(english), ...Object.keys(other)]);
  return [...ids].flatMap((id) => {
    const [ours, theirs] = [english[id], other[id]];
    if (!theirs) return [`${id} is missing`];
    if (ours === undefined) return [`${id} is not of English`];
    const [wanted, given] = [holesOf(ours).join(), holesOf(theirs).join()];
    return wanted === given ? [] : [`${id} is filled in with ${given}, not ${wanted}`];
  });
}

describe('messages', () => {
  afterAll(() => speak('en'));

  it.each(['id', 'es'])('of %s are those of English, filled in with the same', (language) =>
    expect(faultsOf(read('en'), read(language))).toEqual([]),
  );

  it('that are missing, or filled in otherwise, are found', () => {
    const english = { a: 'One', b: '{count, plural, one {# day} other {# days}} of {name}', c: 'See <api>the API</api>' };
    expect(faultsOf(english, { a: 'Satu', b: '{count, plural, other {# hari}}', c: 'Lihat API', d: 'Dua' })).toEqual([
      'b is filled in with count, not count,name',
      'c is filled in with , not <api>',
      'd is not of English',
    ]);
    expect(faultsOf(english, { ...english, a: '' })).toEqual(['a is missing']);
  });

  it('are said somewhere, each of them', () => {
    const folder = join(import.meta.dirname, '../../web');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const code = sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    // As they stand, or by how they begin: `kpi.${name}.title`.
    const begins = [...code.matchAll(/`([a-z]+\.(?:[a-zA-Z]+\.)?)\$\{/g)].map(([, begin]) => String(begin));
    const isSaid = (id: string): boolean =>
      code.includes(`'${id}'`) || code.includes(`"${id}"`) || begins.some((begin) => id.startsWith(begin));
    expect(Object.keys(read('en')).filter((id) => !isSaid(id))).toEqual([]);
  });

  it.each(['en', 'id', 'es'])('of %s stand in the order of their ids, to be found', (language) => {
    const ids = Object.keys(read(language));
    expect(ids).toEqual([...ids].sort());
  });

  it.each([
    ['en', ['0 orders', '1 order', '2 orders', '1,234 orders']],
    ['id', ['0 pesanan', '1 pesanan', '2 pesanan', '1.234 pesanan']],
    ['es', ['0 pedidos', '1 pedido', '2 pedidos', '1234 pedidos']],
    ['ar-XB', ['[0 ördërs]', '[1 ördër]', '[2 ördërs]', '[1,234 ördërs]']],
  ] as const)('of %s count', async (language, counted) => {
    await speak(language);
    expect([0, 1, 2, 1234].map((count) => say('orders.count', { count }))).toEqual(counted);
  });

  it('with an id that is none are refused by the compiler', () => {
    // @ts-expect-error: there is no such message
    expect(say('orders.none')).toBe('orders.none');
  });
});
