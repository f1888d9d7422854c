/** Which entities stand behind a day's number? Each batch writes a list of those that it moved. A list may name too many: whoever uses it reads the entities again. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { changeIndexKey, changeIndexPrefix } from '../fold/keys.ts';
import { pagesOf, readItems } from './items.ts';
import { type Item, type Table, textOf } from './table.ts';

// An item holds 400 KB and a root at most 900 bytes.
const rootsPerItem = 400;

/** The items that name the roots moved on a topic's day, by the batch that ends with `seq`. */
export function packChangeIndex(partition: string, topic: string, day: string, seq: string, roots: Iterable<string>): Item[] {
  const all = [...roots];
  const items: Item[] = [];
  for (let i = 0; i < all.length; i += rootsPerItem) {
    const roots = JSON.stringify(all.slice(i, i + rootsPerItem));
    // The content is part of the key: a retry that has less left to do must not replace the list of the first attempt.
    const content = createHash('sha256').update(roots).digest('base64url').slice(0, 8);
    items.push({
      pk: { S: partition },
      sk: { S: changeIndexKey(topic, day, `${seq}.${content}`) },
      roots: { B: deflateRawSync(roots) },
    });
  }
  return items;
}

/** Writes the list of a batch; a retry writes the same or adds another, both harmless. */
export async function putChangeIndex(
  table: Table,
  partition: string,
  topic: string,
  day: string,
  seq: string,
  roots: Iterable<string>,
): Promise<void> {
  for (const item of packChangeIndex(partition, topic, day, seq, roots))
    await table.send(new PutItemCommand({ TableName: table.name, Item: item }));
}

/** Roots of the lists of a topic's day (or month). */
export interface ChangeIndex {
  roots: Set<string>;
  /** Equal keys mean equal lists. */
  keys: string;
  /** Sequence of the last batch that has a list; '' where there is none. */
  newest: string;
}

/** Reads all lists of a topic's day (or month). */
export async function readChangeIndex(table: Table, partition: string, topic: string, dayOrMonth: string): Promise<ChangeIndex> {
  const roots = new Set<string>();
  let newest = '';
  const keys = createHash('sha256');
  for await (const item of readItems(table, partition, changeIndexPrefix(topic, dayOrMonth))) {
    keys.update(textOf(item.sk));
    const seq = textOf(item.sk).split('#').at(-1)?.split('.', 1)[0] ?? '';
    if (seq > newest) newest = seq;
    for (const root of JSON.parse(inflateRawSync(item.roots?.B ?? new Uint8Array()).toString()) as string[]) roots.add(root);
  }
  return { roots, keys: keys.digest('base64url'), newest };
}

/** Roots that ever moved a topic's numbers on a day (or in a month), those that moved away again included. */
export const readChangedRoots = async (table: Table, partition: string, topic: string, dayOrMonth: string): Promise<string[]> => [
  ...(await readChangeIndex(table, partition, topic, dayOrMonth)).roots,
];

/** Did a batch that ended after `seq` move a topic's numbers on a day (or in a month)? Of a day only the later lists are read. */
export async function isChangedAfter(
  table: Table,
  partition: string,
  topic: string,
  dayOrMonth: string,
  seq: string,
): Promise<boolean> {
  const isDay = dayOrMonth.length === 'yyyy-mm-dd'.length;
  const days = changeIndexPrefix(topic, dayOrMonth);
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':from': { S: isDay ? changeIndexKey(topic, dayOrMonth, `${seq}.~`) : days },
      ':to': { S: `${days}~` },
    },
    ProjectionExpression: 'sk',
    ...(isDay ? { Limit: 1 } : {}),
  });
  for await (const items of pages) for (const { sk } of items) if ((sk?.S?.split('#').at(-1) ?? '') > `${seq}.~`) return true;
  return false;
}
