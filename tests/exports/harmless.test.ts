/** Is text that a spreadsheet would run shown instead, whatever stands before its sign? */
import { describe, expect, it } from 'vitest';
import { escapeFormula } from '../../shared/exports/escape-formula.ts';

const before = ['', '\u0000', '\u000b', '\u000c', '\ufeff', '\u200b', '\u2060', '\u00a0', ' ', '\t', '\r\n', '"', "'", '\u3164'];
const signs = ['=', '+', '-', '@', '＝', '＠'];

describe('text', () => {
  it.each(before.flatMap((lead) => signs.map((sign) => [`${lead}${sign}SUM(A1)`] as const)))(
    '%j is led by an apostrophe',
    (text) => expect(escapeFormula(text)).toMatch(/^'/),
  );
  it.each([
    ';=SUM(A1);',
    'x;=1',
    'x\t=1',
    'x|@y',
    'x;"=1',
    'x\n+1',
    'x;\u0000=1',
    'x; =1',
    'a,b;=1;c',
    ';;=1',
    'x;＝1',
    'x\r\n-1',
  ])('%j has no part that runs: readers part cells there, inside quotes too', (text) =>
    expect(
      escapeFormula(text)
        .split(/[;|\t\r\n]/)
        .filter((part) => /^[\p{Cc}\p{Cf}\p{Z}"]*[=+\-@＝＋－＠]/u.test(part)),
    ).toEqual([]),
  );
  it.each(['Rose serum', 'A/B 50%', '5 - 3', 'Tea; green - loose', 'a=b', 'mail@example.com', 'Café "-" Größe', ''])(
    '%j stays as it is',
    (text) => expect(escapeFormula(text)).toBe(text),
  );
});
