/** Is money exact? Held against fractions of big integers. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, isCurrency, minorDigits, toMinor } from '../shared/money.ts';

const digits: { [currency: string]: number } = { JPY: 0, VND: 0, USD: 2, BRL: 2, IDR: 2, HUF: 2, KWD: 3, CLF: 4 };
const currency = fc.constantFrom(...Object.keys(digits));
const amount = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 });
const rate = fc
  .tuple(fc.nat(99_999), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`);

/** Nearest integer to a fraction; of two as near, the even one. Found by trying the neighbours, not by a formula. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  const near = numerator / denominator;
  const distance = (n: bigint) => (n * denominator > numerator ? n * denominator - numerator : numerator - n * denominator);
  const [best] = [near - 1n, near, near + 1n].sort((a, b) => {
    const difference = distance(a) - distance(b);
    return difference === 0n ? (a % 2n === 0n ? -1 : 1) : difference < 0n ? -1 : 1;
  });
  return best as bigint;
}

const converts = (of: typeof convert) =>
  fc.property(amount, currency, currency, rate, (units, from, to, by) => {
    const numerator = BigInt(units) * BigInt(by.replace('.', '')) * 10n ** BigInt(digits[to] ?? 0);
    const denominator = 1_000_000n * 10n ** BigInt(digits[from] ?? 0);
    fc.pre(nearest(numerator, denominator) ** 2n < BigInt(Number.MAX_SAFE_INTEGER) ** 2n);
    expect(BigInt(of(units, from, to, by))).toBe(nearest(numerator, denominator));
  });

describe('an amount', () => {
  it('converts to the nearest unit, halves to the even one, for any currencies and rates', () => {
    fc.assert(converts(convert), { numRuns: 2000 });
  });

  it.each([
    [
      'in floating point',
      (units: number, from: string, to: string, by: string) =>
        Math.round((units * Number(by) * 10 ** minorDigits(to)) / 10 ** minorDigits(from)),
    ],
    ['as if all currencies had cents', (units: number, _: string, __: string, by: string) => convert(units, 'USD', 'USD', by)],
  ])('converted %s would be found out', (_, broken) => {
    expect(() => fc.assert(converts(broken), { numRuns: 2000, endOnFailure: true })).toThrow(/Property failed/);
  });

  it.each([
    [5, '0.5', 2],
    [15, '0.1', 2],
    [25, '0.1', 2],
    [-25, '0.1', -2],
    [-35, '0.1', -4],
  ])('%i at %s rounds to %i', (units, by, result) => {
    expect(convert(units, 'USD', 'USD', by)).toBe(result);
  });

  it('of 1,000 yen at 0.0065 is 6.50 dollars, and of 1 dinar at 3.25 is 3.25 dollars', () => {
    expect(convert(1000, 'JPY', 'USD', '0.0065')).toBe(650);
    expect(convert(1000, 'KWD', 'USD', '3.25')).toBe(325);
    expect(convert(100, 'USD', 'KWD', '0.3077')).toBe(308);
  });

  it('that no number holds exactly is refused', () => {
    expect(() => convert(Number.MAX_SAFE_INTEGER, 'USD', 'VND', '25000')).toThrow(/too large/);
  });

  it('is read from decimal text, halves to the even unit', () => {
    expect(['19.99', '0.125', '0.135', '-0.125', '7'].map((text) => toMinor(text, 'USD'))).toEqual([1999, 12, 14, -12, 700]);
    expect(toMinor('1500', 'JPY')).toBe(1500);
    expect(toMinor('1.2345', 'KWD')).toBe(1234);
  });

  it.each(['', '1,5', '1e3', 'NaN', '.5', '0x10'])('is not read from %j', (text) => {
    expect(() => toMinor(text, 'USD')).toThrow(RangeError);
  });

  it('of a fraction of a unit is refused', () => {
    expect(() => convert(1.5, 'USD', 'EUR', '1')).toThrow(RangeError);
  });
});

describe('a currency', () => {
  it('has the digits of ISO 4217, not those of a locale', () => {
    for (const [code, n] of Object.entries(digits)) expect(minorDigits(code), code).toBe(n);
  });

  it.each(['XYZ', 'usd', '', 'US'])('%j is unknown', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => minorDigits(code)).toThrow(`unknown currency ${code}`);
    expect(() => convert(1, code, 'USD', '1')).toThrow(RangeError);
  });
});
