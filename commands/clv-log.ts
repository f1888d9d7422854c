/** Which purchases does a file hold? Rows of customer, date and value; what cannot be read is named by line with the remedy. */

import type { Purchase } from '../shared/insight/customers/transactions.ts';
import {
  decimalText,
  type Evidence,
  evidenceOf,
  type Mark,
  type Marks,
  noteMark,
  saidMark,
} from '../shared/sources/csv/number.ts';
import { readCsv } from '../shared/sources/files/read-csv.ts';
import { lastDayOfMonth } from '../shared/time.ts';

export interface PurchaseLog {
  purchases: Purchase[];
  hasValues: boolean;
  /** Without a column that says it: undefined. */
  currency: string | undefined;
}

const mostNamed = 5;

/** A day as 2026-03-01 or 20260301; of a time the day that is written. Throws RangeError. */
export function readDay(text: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(text) ?? [];
  if (!year || !month || !day) throw new RangeError(`${text || 'an empty cell'} is no day; write 1997-09-30 or 19970930`);
  const isMonth = month >= '01' && month <= '12';
  if (!isMonth || day < '01' || `${year}-${month}-${day}` > lastDayOfMonth(`${year}-${month}`))
    throw new RangeError(`${text}: the calendar has no such day; write one that it has`);
  return `${year}-${month}-${day}`;
}

/** A decimal number with or without a sign. Throws RangeError. */
function readValue(text: string, evidence: Evidence): number {
  if (text === '') throw new RangeError('is empty; write what was paid, 0 where nothing was, or leave the whole column out');
  const [, sign = '', bare = ''] = /^([-−+]?)(.*)$/.exec(text) ?? [];
  const value = Number(decimalText(bare.trim(), evidence, ['a number', '19.99 or -5']));
  return sign === '' || sign === '+' ? value : -value;
}

/** Signs and codes of currencies beside a number. */
const currencyIn = (text: string): string | undefined => /\p{Sc}|[A-Z]{3}/u.exec(text)?.[0];

/** Reads the whole file. Throws with what to mend where rows cannot be read, or currencies are mixed. */
export async function readPurchaseLog(path: string, mark: Mark | undefined): Promise<PurchaseLog> {
  const rows: { where: string; customer: string; date: string; value: string }[] = [];
  const problems: string[] = [];
  const marks: Marks = {};
  let hasValues = false;
  let currency: { code: string; where: string } | undefined;
  const noteCurrency = (code: string | undefined, where: string): void => {
    if (!code) return;
    currency ??= { code, where };
    if (currency.code !== code)
      throw new Error(
        `${where}: ${code}, but ${currency.where} has ${currency.code}; sums of two currencies mean nothing: convert one of them, or give a file of each`,
      );
  };
  const options = {
    columns: ['customer', 'date'],
    optional: ['value', 'currency'],
    onHeader: (titles: string[]) => {
      hasValues = titles.includes('value');
    },
  };
  for await (const { where, cells, problem } of readCsv(path, options)) {
    if (problem) {
      problems.push(`${where}: ${problem.column} ${problem.message}`);
      continue;
    }
    const { customer = '', date = '', value = '' } = cells;
    if (customer === '') problems.push(`${where}, customer: is empty; name who bought, or remove the row`);
    noteCurrency(cells.currency?.toUpperCase() || currencyIn(value), where);
    noteMark(marks, value.replace(/^[-−+]/, ''), where);
    rows.push({ where, customer, date, value });
  }
  const evidence = mark ? saidMark(mark) : evidenceOf(marks);
  const purchases = rows.flatMap(({ where, customer, date, value }): Purchase[] => {
    let column = 'date';
    try {
      const day = readDay(date);
      column = 'value';
      return [{ customer, day, value: hasValues ? readValue(value, evidence) : undefined }];
    } catch (error) {
      problems.push(`${where}, ${column}: ${(error as Error).message}`);
      return [];
    }
  });
  if (problems.length) {
    const more = problems.length > mostNamed ? `\n… and ${problems.length - mostNamed} more` : '';
    throw new Error(`${problems.slice(0, mostNamed).join('\n')}${more}`);
  }
  return { purchases, hasValues, currency: currency?.code };
}
