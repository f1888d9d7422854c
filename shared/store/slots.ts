/** How does a limit hold when many ask at once? A thing takes one of so many numbered slots by a conditional write before it is there. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { type Item, settingsOf, type Table, textOf, writeIf } from './table.ts';

export interface SlotRequest {
  creatorId: string;
  /** What is limited: `export`, `export-schedule`. */
  kind: string;
  /** How many there may be. */
  most: number;
  /** Who takes the slot. */
  id: string;
  /** Ids that count now. What counted before there were slots takes one of them in its place. */
  counting: ReadonlySet<string>;
  /** Ids that are known to count no more. */
  ended: ReadonlySet<string>;
  /** Now (ms). */
  now: number;
}

/** A slot whose holder was never heard of is taken for abandoned after this (ms): whoever took it did not come to its second write. */
const abandonedAfter = 60_000;

/**
 * Takes a slot; false where all are taken. A crash between this and the thing itself leaks nothing: a slot whose holder is not there
 * after a minute is free, and so is one whose holder has ended.
 */
export async function takeSlot(table: Table, request: SlotRequest): Promise<boolean> {
  const { creatorId, kind, most, id, counting, ended, now } = request;
  const prefix = `S#slot#${kind}#`;
  const held = new Map<string, { by: string; at: string }>();
  for await (const item of readItems(table, settingsOf(creatorId), prefix))
    held.set(textOf(item.sk).slice(prefix.length), { by: textOf(item.by), at: textOf(item.at) });
  const holders = new Set([...held.values()].map(({ by }) => by));
  const unslotted = [...counting].filter((each) => each !== id && !holders.has(each)).length;
  const isFree = ({ by, at }: { by: string; at: string }): boolean =>
    ended.has(by) || (!counting.has(by) && now - Date.parse(at) > abandonedAfter);
  const own = [...held].find(([, { by }]) => by === id)?.[0];
  // A slot of one's own is taken anew: it may be thought abandoned, and go to somebody else meanwhile.
  const order = own === undefined ? [] : [own];
  for (let n = 0; n < most - unslotted; n++) if (String(n) !== own) order.push(String(n));
  for (const n of order) {
    const known = held.get(n);
    if (known && n !== own && !isFree(known)) continue;
    const key: Item = { pk: { S: settingsOf(creatorId) }, sk: { S: `${prefix}${n}` } };
    const put = new PutItemCommand({
      TableName: table.name,
      Item: { ...key, by: { S: id }, at: { S: new Date(now).toISOString() } },
      ...(known
        ? {
            ConditionExpression: '#by = :by AND #at = :at',
            ExpressionAttributeNames: { '#by': 'by', '#at': 'at' },
            ExpressionAttributeValues: { ':by': { S: known.by }, ':at': { S: known.at } },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    });
    if (await writeIf(table, put)) return true;
    // Asked for the same thing twice at once: one slot is enough for both.
    const { Item: there } = await table.send(new GetItemCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    if (there && textOf(there.by) === id) return true;
  }
  return false;
}

/** Gives back the slot of a thing that has gone, unless it was taken anew meanwhile. Cut off before it, a slot is free after a minute. */
export async function freeSlot(table: Table, creatorId: string, kind: string, id: string): Promise<void> {
  for await (const item of readItems(table, settingsOf(creatorId), `S#slot#${kind}#`)) {
    if (textOf(item.by) !== id) continue;
    const free = new DeleteItemCommand({
      TableName: table.name,
      Key: { pk: { S: settingsOf(creatorId) }, sk: { S: textOf(item.sk) } },
      ConditionExpression: '#by = :by AND #at = :at',
      ExpressionAttributeNames: { '#by': 'by', '#at': 'at' },
      ExpressionAttributeValues: { ':by': { S: id }, ':at': { S: textOf(item.at) } },
    });
    await writeIf(table, free);
  }
}
