/** Which entities stand behind a day's number? Each batch leaves a list; a list is a hint, the entities are read again. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { touchedKey, touchedPrefix } from '../fold/keys.ts';
import { readItems } from './items.ts';
import type { Item, Table } from './table.ts';

// An item holds 400 KB and a root at most 900 bytes.
const rootsPerItem = 400;

/** The items that name the roots moved on a subject's day, by the batch that ends with `seq`. */
export function packTouched(partition: string, subject: string, day: string, seq: string, roots: Iterable<string>): Item[] {
  const all = [...roots];
  const items: Item[] = [];
  for (let i = 0; i < all.length; i += rootsPerItem) {
    const roots = JSON.stringify(all.slice(i, i + rootsPerItem));
    // The content is part of the key: a retry that has less left to do must not replace the list of the first attempt.
    const content = createHash('sha256').update(roots).digest('base64url').slice(0, 8);
    items.push({
      pk: { S: partition },
      sk: { S: touchedKey(subject, day, `${seq}.${content}`) },
      roots: { B: deflateRawSync(roots) },
    });
  }
  return items;
}

/** Writes the list of a batch; a retry writes the same or adds another, both harmless. */
export async function putTouched(
  table: Table,
  partition: string,
  subject: string,
  day: string,
  seq: string,
  roots: Iterable<string>,
): Promise<void> {
  for (const item of packTouched(partition, subject, day, seq, roots))
    await table.send(new PutItemCommand({ TableName: table.name, Item: item }));
}

/** Roots that ever moved a subject's numbers on a day (or in a month), those that moved away again included. */
export async function readTouched(table: Table, partition: string, subject: string, dayOrMonth: string): Promise<string[]> {
  const roots = new Set<string>();
  for await (const item of readItems(table, partition, touchedPrefix(subject, dayOrMonth)))
    for (const root of JSON.parse(inflateRawSync(item.roots?.B ?? new Uint8Array()).toString()) as string[]) roots.add(root);
  return [...roots];
}

/** Did a batch that ended after `seq` move a subject's numbers on a day (or in a month)? */
export async function isTouchedAfter(
  table: Table,
  partition: string,
  subject: string,
  dayOrMonth: string,
  seq: string,
): Promise<boolean> {
  for await (const { sk } of readItems(table, partition, touchedPrefix(subject, dayOrMonth)))
    if ((sk?.S?.split('#').at(-1) ?? '') > `${seq}.~`) return true;
  return false;
}
