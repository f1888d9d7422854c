/** What does a cell of your own CSV files mean? Text into a field's value, or a RangeError that says what to write instead. */
import { minorDigits, toMinor } from '../../money.ts';
import type { ZoneSpan } from '../../time.ts';
import { instant } from '../files/snapshot.ts';
import type { Column } from './columns.ts';
import { currencyProblem } from './currency.ts';
import { decimalText, type Evidence, isLikeThousands } from './number.ts';
import { readTime } from './time.ts';
import { answerOf, wordOf } from './words.ts';

/** What is known of the row's creator and file. */
export interface RowContext {
  entity: string;
  zones?: readonly ZoneSpan[] | undefined;
  /** Of the row, or else the creator's. */
  currency?: string | undefined;
  /** Where decimals begin, by currency (`rate`: in exchange rates), as the file or the one who imports it says. */
  decimals: (currency: string) => Evidence;
  /** Told what was taken over without being known. */
  note: (what: string, column: string, text: string) => void;
}

function readMoney(text: string, { currency, decimals }: RowContext): number {
  if (!currency)
    throw new RangeError('the currency of this amount is unknown; fill the column currency or add the creator to creators.csv');
  const problem = currencyProblem(text, currency);
  if (problem) throw new RangeError(problem);
  const evidence = decimals(currency);
  const amount = decimalText(text, evidence, ['an amount', '19.99']);
  const digits = minorDigits(currency);
  if (amount.includes('.') && isLikeThousands(text, digits, evidence))
    throw new RangeError(
      `${text} has three digits behind its mark, as thousands have, and ${currency} has ${digits} decimals; write it with its decimals, or say --decimal-mark point or comma`,
    );
  if ((amount.split('.')[1]?.replace(/0+$/, '') ?? '').length > digits)
    throw new RangeError(`${text} has more than the ${digits} decimals of ${currency}; round it in the file`);
  return toMinor(amount, currency);
}

/** Units of one currency for one of another, as decimal text. */
function readRate(text: string, { decimals }: RowContext): string {
  if (!/^[\d.,\s'’]+$/.test(text))
    throw new RangeError(`${text} is not a rate; write digits with a point, such as 1.0837, without sign`);
  return decimalText(text, decimals('rate'), ['a rate', '1.0837']);
}

/** Characters that no title or id has, and that nobody sees: what is left of broken files. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

function requireSeen(text: string): void {
  const found = unseen.exec(text);
  if (!found) return;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw new RangeError(
    `${text.replaceAll(new RegExp(unseen, 'g'), '□')} holds a character that cannot be read (U+${code}, shown as □); write what belongs there`,
  );
}

function readCount(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`${text} is not a whole number${what}`);
  return Number(text);
}

function readAnswer(text: string): boolean {
  const answer = answerOf(text);
  if (answer === undefined) throw new RangeError(`${text} is neither yes nor no; write yes or no`);
  return answer;
}

/** What a spreadsheet shows where a formula failed or a column is too narrow. */
const failedCell = /^#([¡¿]?[\p{L}/0]+[!?]|N\/?A|N\/D|NV|GETTING_DATA|#*)$/iu;
/** How a spreadsheet writes long digits, of which it kept fifteen. */
export const shortenedId = /^[+-]?(\d+)(?:[.,](\d+)E[+-]?|E[+-])(\d+)$/i;
/** An id that names nothing: its row may belong to any entity. */
export const isNoId = (text: string): boolean => text === '' || failedCell.test(text);

/** Digits that a spreadsheet has thrown away cannot be had back: two ids would become one. */
function readId(column: Column, text: string, { note }: RowContext): string {
  if (failedCell.test(text))
    throw new RangeError(`${text} is what a spreadsheet shows where it has no value; write the id, or export the file again`);
  if (shortenedId.test(text))
    throw new RangeError(
      `${text} was shortened by a spreadsheet and its digits are lost; export the file again and open it with this column as text`,
    );
  if (/^\d{16,}$/.test(text) && text.replace(/0+$/, '').length <= 15)
    note(
      'an id ends in zeros as spreadsheets leave them behind the fifteenth digit: compare it with the shop',
      column.name,
      text,
    );
  return text;
}

function readText(column: Column, text: string, { entity, note }: RowContext): string {
  if (column.name === 'buyer_key' && /[@\s]/.test(text))
    throw new RangeError('this looks like an address or a name; write a keyed hash of it instead');
  const { word, unknownAmong } = wordOf(entity, column.name, text);
  if (unknownAmong)
    note(
      `${column.name} ${text.slice(0, 60)} is not known, kept as it is (known: ${unknownAmong.join(', ')})`,
      column.name,
      text,
    );
  return word;
}

/** A day, also where a spreadsheet shows it as the midnight that it begins with. */
function readDay(text: string): string {
  const day = text.replace(/[T ]00:00(:00(\.0+)?)?$/, '');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`${text} is not a day; write it as 2026-03-01`);
  readTime(`${day}T00:00:00Z`, { allowsDay: false });
  return day;
}

function readLevel(text: string): number {
  if (!/^-?\d{1,15}$/.test(text))
    throw new RangeError(`${text} is not a whole number; write digits alone, with a minus below zero`);
  return Number(text);
}

/** The value of a filled cell. Throws RangeError with the remedy. */
export function readCell(column: Column, text: string, context: RowContext): string | number | boolean {
  requireSeen(text);
  switch (column.kind) {
    case 'rate':
      return readRate(text, context);
    case 'instant':
    case 'day-or-instant':
      return instant(readTime(text, { zones: context.zones, allowsDay: column.kind === 'day-or-instant' }));
    case 'money':
      return readMoney(text, context);
    case 'day':
      return readDay(text);
    case 'level':
      return readLevel(text);
    case 'count':
      return readCount(text, '; write digits alone');
    case 'star':
      return readCount(text, ' of stars; write 1, 2, 3, 4 or 5');
    case 'yes-no':
      return readAnswer(text);
    case 'id':
      return readId(column, text, context);
    default:
      return readText(column, text, context);
  }
}
