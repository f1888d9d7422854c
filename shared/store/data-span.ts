/** On which days does a creator have numbers? The outermost days of subjects of the kpi table, found from both ends without a scan. */
import { lateField } from '../fold/delta.ts';
import { dayKey } from '../fold/keys.ts';
import { pagesOf } from './items.ts';
import { type Item, type Table, textOf } from './table.ts';

export interface DataSpan {
  /** First and last day. */
  from: string;
  to: string;
}

/** Days that corrections emptied still have their items: a few are looked at together, and more only where all of them are empty. */
const lookedAtOnce = 8;

const isLate = (field: string): boolean => field.endsWith(lateField(''));
const hasNumber = (item: Item): boolean =>
  Object.entries(item).some(([field, { N }]) => N !== undefined && Number(N) !== 0 && !isLate(field));

/** The first or the last day that has a number other than zero, up to a day; undefined where there is none. */
async function findEnd(table: Table, partition: string, topic: string, upTo: string, isForward: boolean) {
  const prefix = dayKey(topic, 'total', '');
  const pages = pagesOf(table, {
    Limit: lookedAtOnce,
    ScanIndexForward: isForward,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: prefix }, ':to': { S: prefix + upTo } },
  });
  for await (const items of pages) {
    const found = items.find(hasNumber);
    if (found) return textOf(found.sk).slice(prefix.length);
  }
  return undefined;
}

/** The days of a topic with any number other than zero, up to a day; undefined where there is none. Two queries of one page each. */
export async function readDataSpan(table: Table, partition: string, topic: string, upTo: string): Promise<DataSpan | undefined> {
  const [from, to] = await Promise.all([true, false].map((isForward) => findEnd(table, partition, topic, upTo, isForward)));
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

/** The first day of a topic with any number other than zero; undefined before its first event. */
export const readFirstDay = (table: Table, partition: string, topic: string): Promise<string | undefined> =>
  findEnd(table, partition, topic, '9999', true);
