/** On which days does a creator have numbers? The outermost days of a topic, found from both ends without a scan. */
import { lateField } from '../fold/delta.ts';
import { addTo, type Sum, type Sums } from '../fold/sums.ts';
import { movedBy, pendingByPage } from './changes.ts';
import { pagesOf } from './items.ts';
import { pageKey, unpackPage } from './pages.ts';
import type { Partition } from './partition.ts';
import { noPending, type Pending } from './pending.ts';
import { type Table, textOf } from './table.ts';
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

/** The first or the last day that has a number other than zero (of these fields), up to a day; undefined where there is none. */
async function findEnd(
  from: Partition,
  topic: string,
  upTo: string,
  isForward: boolean,
  fields: string[] = [],
): Promise<string | undefined> {
  for await (const { month, sums } of monthsOf(from, topic, upTo, isForward)) {
    const span = { topic, slice: 'total', kind: 'D', from: `${month}-01`, to: `${month}-31` } as const;
    const rows = sums ? rowsOf(sums, span, fields, 0) : await readTotals(from, span, fields, 0);
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

/** The last day with a number other than zero among these measures of a topic, up to a day. Where there is none, every month of the topic is read. */
export const readLastDayOf = (from: Partition, topic: string, measures: string[], upTo: string): Promise<string | undefined> =>
  findEnd(from, topic, upTo, false, measures);

/** What is pending for the days of a topic, by day. */
function pendingDays({ changes }: Pending, topic: string): Sums {
  const days: Sums = new Map();
  for (const change of changes)
    for (const { place, entries } of movedBy(change))
      if (place.kind === 'D' && place.topic === topic && place.slice === 'total')
        for (const { field, by } of entries) addTo(days, place.period, field, by);
  return days;
}

const hasSum = (sums: ReadonlyMap<string, Sum>): boolean => sums.entries().some(([field, sum]) => sum !== 0 && !isLate(field));

/** First days as the pages say them, by partition and topic; they stand as long as nothing more is merged. */
const firstDays = new WeakMap<Table, Map<string, { merged: string; day: string | undefined }>>();
const mostRemembered = 10_000;

async function firstDayOfPages(from: Partition, topic: string): Promise<string | undefined> {
  const known = firstDays.get(from.table) ?? new Map<string, { merged: string; day: string | undefined }>();
  firstDays.set(from.table, known);
  const name = `${from.partition} ${topic}`;
  const found = known.get(name);
  if (found?.merged === from.merged) return found.day;
  const day = await findEnd({ ...from, pending: { ...noPending } }, topic, '9999', true);
  if (known.size >= mostRemembered) known.clear();
  known.set(name, { merged: from.merged, day });
  return day;
}

/** The first day of a topic with any number other than zero; undefined before its first event. */
export async function readFirstDay(from: Partition, topic: string): Promise<string | undefined> {
  const ofPages = await firstDayOfPages(from, topic);
  const pending = pendingDays(from.pending, topic);
  const isBefore = (day: string): boolean => ofPages === undefined || day < ofPages;
  // Before the first day of the pages they hold nothing: what is pending there is all there is.
  const [earlier] = [...pending].flatMap(([day, sums]) => (isBefore(day) && hasSum(sums) ? [day] : [])).sort();
  if (earlier !== undefined || ofPages === undefined || !pending.has(ofPages)) return earlier ?? ofPages;
  return findEnd(from, topic, '9999', true);
}
