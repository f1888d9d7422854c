/**
 * How does what is pending get into the pages? Page by page, each put once for all records, over the watermark that was read. May be
 * repeated, overlap another merge or be killed anywhere: a page takes a record once, and the mark moves last.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { eachLimit } from '../map-limit.ts';
import { closeItem } from './append.ts';
import { putChangeLists } from './change-index.ts';
import { pendingByPage } from './changes.ts';
import { readKeys } from './items.ts';
import { addToPage, emptyPage, type Page, type PageEntry, partOf, putPage, unpackPage } from './pages.ts';
import { readPartition } from './partition.ts';
import type { Pending, PendingItem } from './pending.ts';
import { markMerged } from './progress.ts';
import { type Table, textOf } from './table.ts';

/** Merged when so many changes of a creator wait. Fewer are read by every report, more are cheaper to write. */
export const mergedAt = 128;
const pagesAtOnce = 16;

async function readPage(table: Table, partition: string, key: string): Promise<Page> {
  const Key = { pk: { S: partition }, sk: { S: key } };
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return Item ? unpackPage(Item) : emptyPage();
}

/** Brings one page up to date; `known` is what was read of it. */
async function mergePage(
  table: Table,
  partition: string,
  key: string,
  entries: readonly PageEntry[],
  known: Page,
): Promise<void> {
  for (let page = known; ; page = await readPage(table, partition, key)) {
    if (page.isSplit) {
      for (const [part, own] of Map.groupBy(entries, ({ item }) => partOf(key, item)))
        await mergePage(table, partition, part, own, await readPage(table, partition, part));
      return;
    }
    const fresh = entries.filter(({ seq }) => seq > page.watermark);
    if (!fresh.length || (await putPage(table, partition, key, addToPage(page, fresh), page.watermark))) return;
  }
}

/** What is pending up to a record. */
const upTo = ({ changes, marks, ...others }: Pending, through: string): Pending => ({
  ...others,
  changes: changes.filter(({ seq }) => seq <= through),
  marks: marks.filter(({ seq }) => seq <= through),
});

/**
 * Closes what was read but the last item: a batch is put into the item that is the newest when it is read, so only of what is closed, or
 * stands before the newest, can it be said that nothing comes into it any more.
 */
async function closeItems(table: Table, partition: string, items: readonly PendingItem[]): Promise<boolean> {
  for (const { open } of items.slice(0, -1)) if (open && !(await closeItem(table, partition, open))) return false;
  return true;
}

/** The first key from which items hold what is pending behind a record; the last item always, since more may be put into it. */
const pendingFrom = (items: readonly PendingItem[], through: string): string =>
  (items.find(({ seq }) => seq > through) ?? items.at(-1))?.key ?? '';

/**
 * Merges what is pending up to a record at which all entities are durable. Throws when a call fails: nothing is lost, what is not
 * merged stays pending.
 */
export async function mergePending(table: Table, partition: string, through: string): Promise<void> {
  const all = (await readPartition(table, partition)).pending;
  // A merge that goes less far would pass what voids them, and they would count again.
  if (all.hidden.some(({ seq }) => seq > through)) return;
  // Something was put into an item meanwhile: the next batch merges.
  if (!(await closeItems(table, partition, all.items))) return;
  const pending = upTo(all, through);
  await putChangeLists(table, partition, pending, through);
  const byPage = pendingByPage(pending);
  const keys = [...byPage.keys()].map((key) => ({ pk: { S: partition }, sk: { S: key } }));
  const pages = new Map((await readKeys(table, keys, 'pages')).map((item) => [textOf(item.sk), unpackPage(item)]));
  const failed = await eachLimit(byPage, pagesAtOnce, ([key, entries]) =>
    mergePage(table, partition, key, entries, pages.get(key) ?? emptyPage()),
  );
  if (failed[0]) throw failed[0].error;
  await markMerged(table, partition, pending.marks, pendingFrom(all.items, through));
}
