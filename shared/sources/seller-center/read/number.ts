/** Which amount is written there? Digits with or without a currency, in the notation of any market; the sign stays. */
import { minorDigits, toMinor } from '../../../money.ts';
import { pointCurrencies, signs } from '../rules/markets.ts';
import { isNone } from '../rules/words.ts';
import { type Cell, digits, trimmed } from './cell.ts';

/** Longer signs first: `R$` before `$`. */
const signList = [...Object.keys(signs), '$'].sort((a, b) => b.length - a.length);
const escapeSign = (sign: string): string => sign.replaceAll(/[$.]/g, '\\$&');
const symbol = new RegExp(
  `^(${signList.map(escapeSign).join('|')}|[A-Z]{3})\\.?\\s*|\\s*(${signList.map(escapeSign).join('|')}|[A-Z]{3})$`,
  'gu',
);

/** The currency that a cell names by code or by a sign of its own; undefined where it names none, as `$` does. */
export function currencyIn(cell: Cell): string | undefined {
  if (typeof cell === 'number' || /^[\d.,]*$/.test(cell) || !/\d/.test(cell)) return undefined;
  const found = trimmed(cell)
    .replaceAll(/[()\s-]/g, ' ')
    .trim()
    .match(symbol)?.[0]
    .replace(/\.$/, '')
    .trim();
  return found === undefined || found === '$' ? undefined : (signs[found] ?? found);
}

/**
 * A decimal with a point, from digits with points and commas. The last of them begins the decimals, unless three digits follow it and only
 * groups of three stand before: no amount of these markets has three decimals. A zero begins no groups.
 */
function decimalText(digits: string): string | undefined {
  if (/^\d+$/.test(digits)) return digits;
  if (
    !digits.startsWith('0') &&
    /^\d{1,3}([.,' \u00A0\u202F]\d{3})+$/.test(digits) &&
    new Set(digits.replaceAll(/\d/g, '')).size === 1
  )
    return digits.replaceAll(/\D/g, '');
  const match = /^(\d{1,3}(?:([.,' \u00A0\u202F])\d{3})(?:\2\d{3})*|\d+)([.,])(\d+)$/.exec(digits);
  if (!match || match[2] === match[3]) return undefined;
  return `${match[1]?.replaceAll(/\D/g, '')}.${match[4]}`;
}

/** An amount in minor units of the currency, undefined where the cell says there is none. Throws RangeError where it is no amount. */
export function readMoney(cell: Cell | undefined, currency: string): number | undefined {
  const text = trimmed(cell);
  if (isNone(text)) return undefined;
  const whole = digits(text, 0, text.length);
  if (whole < 1e11) return whole * 10 ** minorDigits(currency);
  const isTaken = /^\(.*\)$/.test(text) || /^[^\d]*[-−]/.test(text) || /\d[-−]$/.test(text);
  const bare = text.replaceAll(/[()−-]/g, ' ').trim();
  const named = currencyIn(bare);
  if (named !== undefined && named !== currency) throw new RangeError(`${text} is in ${named}, the shop counts in ${currency}`);
  const written = bare.replaceAll(symbol, '').trim();
  if (typeof cell !== 'number' && pointCurrencies.has(currency) && /^[1-9]\d{0,2}\.\d{3}$/.test(written))
    throw new RangeError(
      `${text} can mean ${written.replace('.', '')} or ${written}: files in ${currency} write a point before decimals, of which there are two`,
    );
  const decimal = typeof cell === 'number' ? written : decimalText(written);
  if (decimal === undefined) throw new RangeError(`${text} is no amount`);
  const minor = toMinor(decimal, currency);
  return isTaken && minor !== 0 ? -minor : minor;
}

/** A count, undefined where there is none. Throws RangeError where it is no whole number; groups of three are taken. */
export function readCount(cell: Cell | undefined): number | undefined {
  const text = trimmed(cell);
  if (isNone(text)) return undefined;
  const whole = digits(text, 0, text.length);
  if (!Number.isNaN(whole)) return whole;
  if (!/^\d+$|^\d{1,3}([.,]\d{3})+$|^\d+\.0+$/.test(text)) throw new RangeError(`${text} is no whole number`);
  return Number(/^\d+\.0+$/.test(text) && !/\.\d{3}$/.test(text) ? text.replace(/\.0+$/, '') : text.replaceAll(/\D/g, ''));
}

/** The text of an id, without the mark by which a spreadsheet takes digits for text. */
export function bareId(cell: Cell | undefined): string {
  const text = trimmed(cell);
  return text.startsWith("'") ? text.slice(1) : text;
}

/** Text of digits, undefined where there is none. Throws RangeError for what a spreadsheet made of one, and for anything else. */
export function readId(cell: Cell | undefined): string | undefined {
  const text = bareId(cell);
  if (isNone(text)) return undefined;
  if (!/^\d{1,30}$/.test(text)) throw new RangeError(`${text} is no id`);
  return text;
}

/** Has a spreadsheet shortened this id? `5.86087E+17`, or a number with more digits than it can hold. */
export const isShortened = (cell: Cell): boolean =>
  typeof cell === 'number' ? !Number.isSafeInteger(cell) : /e/i.test(cell) && /^\d([.,]\d+)?E\+?\d+$/i.test(trimmed(cell));
