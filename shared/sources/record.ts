/** What stands in a record that a vendor sent? Fields read one by one, each in one way; what is absent is undefined. */
import { toMinor } from '../money.ts';

/** A JSON object whose fields nobody has checked. */
export type Raw = { readonly [name: string]: unknown };

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object in a field; an empty one where there is none. */
export const objectOf = (value: unknown): Raw => (isRaw(value) ? value : {});
/** The objects of a list; empty where it is none. */
export const listOf = (value: unknown): Raw[] => (Array.isArray(value) ? value.filter(isRaw) : []);

/** Text without blanks around it, an id that came as a number too; undefined where it is empty. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** Text that a record cannot do without. Throws RangeError with the name of the field. */
export function requireText(record: Raw, field: string): string {
  const text = textOf(record[field]);
  if (text === undefined) throw new RangeError(`${field} is missing`);
  return text;
}

/** A number at or above this is no instant of seconds (it would be in the year 5138), but one of milliseconds. */
const leastMilliseconds = 100_000_000_000;

/**
 * An instant (ms) of a field in Unix seconds, as a number or as text. Zero stands for none. Some fields hold milliseconds against what is
 * documented of them, so the size of the number decides.
 */
export function timeOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const number = Number(text);
  if (number === 0) return undefined;
  return number >= leastMilliseconds ? number : number * 1000;
}

/** An instant (ms) that a record cannot do without. Throws RangeError with the name of the field. */
export function requireTime(record: Raw, field: string): number {
  const at = timeOf(record[field]);
  if (at === undefined) throw new RangeError(`${field} is no time: ${String(record[field])}`);
  return at;
}

/** Minor units of a decimal text such as "19.99", negative too; undefined where it is empty. Throws RangeError for other text. */
export function amountOf(value: unknown, currency: string): number | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : toMinor(text, currency);
}

/** A whole number of zero or more; undefined for anything else. */
export function countOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export const sum = (amounts: readonly (number | undefined)[]): number =>
  amounts.reduce<number>((total, each) => total + (each ?? 0), 0);
