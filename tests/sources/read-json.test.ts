/** Do ids survive that are longer than a JavaScript number, and is everything else read as JSON.parse reads it? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../shared/sources/read-json.ts';

describe('an id as a bare number', () => {
  it.each([
    ['576486316948490001', '576486316948490001'],
    ['1729592969712207008', '1729592969712207008'],
    // A power of two, which a JavaScript number happens to hold exactly.
    ['576460752303423488', '576460752303423488'],
    ['9007199254740993', '9007199254740993'],
    ['9007199254740991', 9_007_199_254_740_991],
    ['-9007199254740993', '-9007199254740993'],
    ['18354627263453', 18_354_627_263_453],
  ])('%s is %j', (text, value) => expect(readJson(`{"id":${text}}`)).toEqual({ id: value }));
  it('keeps every digit, whichever they are', () => {
    fc.assert(
      fc.property(fc.bigInt(10n ** 17n, 10n ** 19n), (id) => {
        expect(readJson(`[${id}]`)).toEqual([String(id)]);
      }),
    );
  });
});

/** Whole numbers that are kept as text here and rounded there, as one word; also where a text happens to look like one. */
const isLong = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && /^-?\d/.test(String(value)) && Math.abs(Number(value)) >= 2 ** 53;
const withoutLong = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, each) => (isLong(each) ? 'long' : each));

it('reads everything else as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(withoutLong(readJson(text))).toEqual(withoutLong(JSON.parse(text)));
    }),
    { numRuns: 1000 },
  );
});

it('takes the later of two values of one key, as JSON.parse does', () => expect(readJson('{"a":1,"a":2}')).toEqual({ a: 2 }));

it.each(['', '<html>', '{"a":1', '{"a":1}}', 'undefined', '{a:1}'])('%j is no JSON', (text) =>
  expect(() => readJson(text)).toThrow(SyntaxError),
);
