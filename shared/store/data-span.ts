/** On which days does a creator have numbers? The outermost days of a topic, found from both ends without a scan. */
import { lateField } from '../fold/delta.ts';
import type { Sums } from '../fold/sums.ts';
import { pagesOf } from './items.ts';
import { pageKey, unpackPage } from './pages.ts';
import { type Partition, pendingByPage } from './partition.ts';
import { textOf } from './table.ts';
import { readTotals, rowsOf } from './totals.ts';

export interface DataSpan {
  /** First and last day. */
  from: string;
  to: string;
}

const isLate = (field: string): boolean => field.endsWith(lateField(''));
const hasNumber = (numbers: { [field: string]: number }): boolean =>
  Object.entries(numbers).some(([field, number]) => number !== 0 && !isLate(field));

/** Months of which a topic has a page or something pending, from one end on; with what a page holds to which nothing is to be added. */
async function* monthsOf(
  { table, partition, pending }: Partition,
  topic: string,
  upTo: string,
  isForward: boolean,
): AsyncGenerator<{ month: string; sums?: Sums }> {
  const prefix = pageKey('M', topic, '');
  const isInOrder = (a: string, b: string): boolean => (isForward ? a < b : a > b);
  const waiting = [...pendingByPage(pending).keys()]
    .filter((key) => key.startsWith(prefix) && key <= prefix + upTo)
    .map((key) => key.slice(prefix.length))
    .sort((a, b) => (isInOrder(a, b) ? -1 : 1));
  const moved = new Set(waiting);
  const pages = pagesOf(table, {
    Limit: 1,
    ConsistentRead: true,
    ScanIndexForward: isForward,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: prefix }, ':to': { S: prefix + upTo } },
  });
  for await (const items of pages)
    for (const item of items) {
      const month = textOf(item.sk).slice(prefix.length);
      // A part of a page: its month was looked at, or will be.
      if (month.length > 'yyyy-mm'.length) continue;
      while (waiting[0] !== undefined && !isInOrder(month, waiting[0])) yield { month: waiting.shift() as string };
      const page = unpackPage(item);
      if (!moved.has(month)) yield page.isSplit ? { month } : { month, sums: page.sums };
    }
  for (const month of waiting) yield { month };
}

/** The first or the last day that has a number other than zero, up to a day; undefined where there is none. */
async function findEnd(from: Partition, topic: string, upTo: string, isForward: boolean): Promise<string | undefined> {
  for await (const { month, sums } of monthsOf(from, topic, upTo, isForward)) {
    const span = { topic, slice: 'total', kind: 'D', from: `${month}-01`, to: `${month}-31` } as const;
    const rows = sums ? rowsOf(sums, span, [], 0) : await readTotals(from, span, [], 0);
    const days = rows.filter(({ period, numbers }) => period <= upTo && hasNumber(numbers));
    const found = isForward ? days[0] : days.at(-1);
    if (found) return found.period;
  }
  return undefined;
}

/** The days of a topic with any number other than zero, up to a day; undefined where there is none. */
export async function readDataSpan(from: Partition, topic: string, upTo: string): Promise<DataSpan | undefined> {
  const [first, last] = await Promise.all([true, false].map((isForward) => findEnd(from, topic, upTo, isForward)));
  return first !== undefined && last !== undefined ? { from: first, to: last } : undefined;
}

/** The first day of a topic with any number other than zero; undefined before its first event. */
export const readFirstDay = (from: Partition, topic: string): Promise<string | undefined> => findEnd(from, topic, '9999', true);
