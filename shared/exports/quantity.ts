/** How is a number that reports answer written in its unit? 26766 in USD is 267.66, a share of 0.125 is 12.5 in %; exact, digit by digit. */

import type { Unit } from '../kpis/language.ts';
import { isCurrency, minorDigits } from '../money.ts';

export const percent = '%';
export const points = 'points';

/** The unit of a KPI's number, and of the difference of two of them. */
export const unitOf = (unit: Unit, currency: string): string => (unit === 'money' ? currency : unit === 'ratio' ? percent : unit);
export const differenceUnitOf = (unit: Unit, currency: string): string => (unit === 'ratio' ? points : unitOf(unit, currency));

/** A number as decimal text with its point moved to the left, or to the right by a negative count. */
function shifted(value: number, places: number): string {
  const [, sign = '', whole = '', rest = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const digits = whole + rest;
  // Where the point stands among the digits.
  const point = whole.length + Number(power) - places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const tail = padded.slice(at);
  return `${sign}${head}${tail ? `.${tail}` : ''}`;
}

const withoutEndingZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** An amount of money with all digits of its currency, and those of a part of a minor unit where there is one. */
function amount(minor: number, digits: number): string {
  if (digits === 0) return shifted(minor, 0);
  if (Number.isSafeInteger(minor)) {
    const all = String(Math.abs(minor)).padStart(digits + 1, '0');
    return `${minor < 0 ? '-' : ''}${all.slice(0, -digits)}.${all.slice(-digits)}`;
  }
  const text = shifted(minor, digits);
  const missing = digits - (text.split('.')[1] ?? '').length;
  if (missing <= 0) return text;
  return `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}

/** A finite number as decimal text, in its unit. */
export function decimalOf(value: number, unit: string): string {
  // TRICKY: −0 has a sign in arithmetic and none in any file.
  const plain = value === 0 ? 0 : value;
  if (isCurrency(unit)) return amount(plain, minorDigits(unit));
  // Sums of fractions carry the noise of binary arithmetic behind the millisecond.
  if (unit === 'seconds') return withoutEndingZeros(shifted(Math.round(plain * 1000) / 1000, 0));
  return withoutEndingZeros(shifted(plain, unit === percent || unit === points ? -2 : 0));
}
