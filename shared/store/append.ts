/**
 * How is a batch appended? Into the newest item while that is small, since a write costs the same up to a kilobyte; else into an item of
 * its own. An item is made once, and put only over what was read of it: nothing that stands in one is lost.
 */
import { createHash } from 'node:crypto';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Batch, newestOf, packBatch, pendingItem, pendingKey, textsOf, type Waiting } from './pending-item.ts';
import { type Item, type Table, textOf, writeIf } from './table.ts';

/** What is appended for a batch. */
export interface Appending extends Batch {
  /** What waits from before. */
  before: Waiting;
  /** The newest item as it was read; undefined where there is none. */
  tail?: Item | undefined;
}

const changesPerItem = 500;
const bytesPerItem = 300_000;
/** Up to so many bytes a write costs one unit. */
const unitBytes = 1024;
/** An item with so many bytes of batches is full: what follows seldom fits in. */
const fullAt = 600;

const bytesOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, { S = '', N = '', B = [] }]) => sum + name.length + S.length + N.length + B.length, 0);

/** May a batch still be put into this item? Follows from the item alone, so that all who read it agree. */
export const isOpen = ({ batches, closed }: Item): boolean => batches?.B !== undefined && batches.B.length < fullAt && !closed;

const waitingWith = ({ before, changes, quarantined }: Appending): Waiting => ({
  changes: before.changes + changes.length,
  quarantined: before.quarantined + quarantined,
});

/** The items of a batch, each within what the store takes. Their keys name what they begin with: another content has another key. */
export function packPending(partition: string, appending: Appending): Item[] {
  const { changes, before, voided } = appending;
  const text = packBatch(appending);
  const content = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const key = { pk: partition, sk: pendingKey(appending.seq, content) };
  const item = pendingItem(key, [text], appending, waitingWith(appending));
  if (changes.length < 2 || (changes.length <= changesPerItem && bytesOf(item) <= bytesPerItem)) return [item];
  const first = changes.slice(0, changes.length >> 1);
  const rest = changes.slice(first.length);
  const seq = first.at(-1)?.seq ?? appending.seq;
  return [
    ...packPending(partition, { ...appending, seq, quarantined: 0, changes: first, voided }),
    ...packPending(partition, {
      ...appending,
      changes: rest,
      voided: [],
      before: { ...before, changes: before.changes + first.length },
    }),
  ];
}

/** Puts a batch into the newest item; false where it has to have one of its own. */
async function appendToTail(table: Table, appending: Appending): Promise<boolean> {
  const { tail } = appending;
  if (!tail?.batches?.B || !isOpen(tail)) return false;
  const [known, text] = [textsOf(tail), packBatch(appending)];
  // An attempt before this one has appended it.
  if (known.includes(text)) return true;
  const key = { pk: textOf(tail.pk), sk: textOf(tail.sk) };
  const newest = newestOf(tail);
  // What is sent again comes behind what is newer, and the newest stays what it is.
  const last = newest.seq > appending.seq ? newest : appending;
  const Item = pendingItem(key, [...known, text], last, waitingWith(appending));
  if (bytesOf(Item) > unitBytes) return false;
  const put = new PutItemCommand({
    TableName: table.name,
    Item,
    ConditionExpression: 'batches = :known AND attribute_not_exists(closed)',
    ExpressionAttributeValues: { ':known': tail.batches },
  });
  return writeIf(table, put);
}

/** Appends a batch. What needs several items gets them one after the other: whoever finds one finds all before it. */
export async function appendBatch(table: Table, partition: string, appending: Appending): Promise<void> {
  if (await appendToTail(table, appending)) return;
  for (const Item of packPending(partition, appending)) {
    const put = new PutItemCommand({ TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' });
    // Where the key is there, the item begins with this very batch.
    await writeIf(table, put);
  }
}

/** Closes an item as it was read, so that nothing is put into it any more; false where something was meanwhile. */
export const closeItem = (table: Table, partition: string, { sk, batches }: Item): Promise<boolean> =>
  writeIf(
    table,
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: partition }, sk } as Item,
      UpdateExpression: 'SET closed = :closed',
      ConditionExpression: 'batches = :known',
      ExpressionAttributeValues: { ':closed': { N: '1' }, ':known': batches } as Item,
    }),
  );
