/** What does a cell of your own CSV files mean? Text into a field's value, or a RangeError that says what to write instead. */
import { minorDigits, toMinor } from '../shared/money.ts';
import type { Column } from './csv-columns.ts';
import { instantOf } from './local-time.ts';
import { instant } from './snapshot.ts';

/** What is known of the row's creator. */
export interface RowContext {
  zone?: string;
  /** Of the row, or else the creator's. */
  currency?: string;
}

const localTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const withOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const aDay = /^\d{4}-\d{2}-\d{2}$/;

function readLocal(text: string, wall: string, { zone }: RowContext): number {
  if (!zone)
    throw new RangeError(
      `${text} has no offset and the creator's zone is unknown; write ${wall.replace(' ', 'T')}Z or add the creator to creators.csv`,
    );
  return instantOf(wall, zone);
}

function readInstant(text: string, context: RowContext, allowsDay: boolean): string {
  let at = Number.NaN;
  if (withOffset.test(text)) at = Date.parse(text.replace(' ', 'T'));
  else if (localTime.test(text)) at = readLocal(text, text.length === 16 ? `${text}:00` : text, context);
  else if (allowsDay && aDay.test(text)) at = readLocal(text, `${text} 23:59:59`, context);
  if (Number.isNaN(at))
    throw new RangeError(
      `${text} is not a time; write 2026-03-01 14:03:00 (local) or 2026-03-01T14:03:00Z${allowsDay ? ', or the day alone' : ''}`,
    );
  return instant(at);
}

function readMoney(text: string, { currency }: RowContext): number {
  if (!currency)
    throw new RangeError('the currency of this amount is unknown; fill the column currency or add the creator to creators.csv');
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new RangeError(`${text} is not an amount; write digits with a point, such as 19.99, without sign and thousands`);
  const digits = minorDigits(currency);
  if ((text.split('.')[1]?.replace(/0+$/, '') ?? '').length > digits)
    throw new RangeError(`${text} has more than the ${digits} decimals of ${currency}; round it in the file`);
  return toMinor(text, currency);
}

function readCount(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new RangeError(`${text} is not a whole number${what}`);
  return Number(text);
}

const answers: { [answer: string]: boolean } = { yes: true, true: true, '1': true, no: false, false: false, '0': false };

function readAnswer(text: string): boolean {
  const answer = answers[text.toLowerCase()];
  if (answer === undefined) throw new RangeError(`${text} is neither yes nor no; write yes or no`);
  return answer;
}

/** The value of a filled cell. Throws RangeError with the remedy. */
export function readCell(column: Column, text: string, context: RowContext): string | number | boolean {
  switch (column.kind) {
    case 'instant':
    case 'day-or-instant':
      return readInstant(text, context, column.kind === 'day-or-instant');
    case 'money':
      return readMoney(text, context);
    case 'count':
      return readCount(text, '; write digits alone');
    case 'star':
      return readCount(text, ' of stars; write 1, 2, 3, 4 or 5');
    case 'yes-no':
      return readAnswer(text);
    default:
      if (column.name === 'buyer_key' && /[@\s]/.test(text))
        throw new RangeError('this looks like an address or a name; write a keyed hash of it instead');
      return text;
  }
}
