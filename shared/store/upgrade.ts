/**
 * How does a table become one of pages that holds an item for each total? Every partition's totals and lists are written once more, as pages,
 * beside what is there: code from before goes on reading its own items until it is replaced. Aggregate must not run meanwhile.
 */

import { inflateRawSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { progressKey } from '../fold/keys.ts';
import type { Sum, Sums } from '../fold/sums.ts';
import { packChangeLists } from './change-index.ts';
import { putItems } from './histories.ts';
import { readItems } from './items.ts';
import { packPages, pageOf, pagePrefix } from './pages.ts';
import { readNewest } from './pending.ts';
import { readStored } from './progress.ts';
import { type Item, type Table, textOf } from './table.ts';

const kinds = ['D#', 'M#', 'H#'];
const beside = new Set(['pk', 'sk', 'w', 'expires', 'undone']);

/** Creators' partitions that have marks, found by a scan of the table. */
async function* partitionsOf(table: Table): AsyncGenerator<string> {
  let start: Item | undefined;
  do {
    const page = await table.send(
      new ScanCommand({
        TableName: table.name,
        ProjectionExpression: 'pk',
        FilterExpression: 'sk = :marks AND begins_with(pk, :creator)',
        ExpressionAttributeValues: { ':marks': { S: progressKey }, ':creator': { S: 'C#' } },
        ExclusiveStartKey: start,
      }),
    );
    for (const { pk } of page.Items ?? []) yield textOf(pk);
    start = page.LastEvaluatedKey;
  } while (start);
}

const sumOf = (text: string): Sum => (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text));

/** Totals as they stand in items of their own. Throws where one holds more than the marks say: a batch was cut off. */
async function totalsOf(table: Table, partition: string, applied: string): Promise<Sums> {
  const sums: Sums = new Map();
  for (const kind of kinds)
    for await (const item of readItems(table, partition, kind)) {
      if (textOf(item.w) > applied)
        throw new Error(
          `${partition} has a batch that was cut off: let the version that wrote it catch up first, then stop its aggregate.`,
        );
      const fields = Object.entries(item).flatMap(([field, { N }]): [string, Sum][] =>
        N === undefined || beside.has(field) ? [] : [[field, sumOf(N)]],
      );
      sums.set(textOf(item.sk), new Map(fields));
    }
  return sums;
}

/** Roots by `topic|day` from lists of before: `L#sales#2026-03-01#<seq>`. */
async function rootsOf(table: Table, partition: string): Promise<Map<string, Set<string>>> {
  const roots = new Map<string, Set<string>>();
  for await (const item of readItems(table, partition, 'L#')) {
    const [, topic = '', day = '', seq] = textOf(item.sk).split('#');
    if (seq === undefined) continue;
    const known = roots.get(`${topic}|${day}`) ?? new Set<string>();
    roots.set(`${topic}|${day}`, known);
    for (const root of JSON.parse(inflateRawSync(item.roots?.B ?? new Uint8Array()).toString()) as string[]) known.add(root);
  }
  return roots;
}

/** Throws where records were counted in pages already: the totals of before are behind them. */
async function requireUncounted(table: Table, partition: string, applied: string): Promise<void> {
  const counted = new Error(
    `${partition} is upgraded, and more was counted since: upgrade only what nothing was counted in since.`,
  );
  if (await readNewest(table, partition)) throw counted;
  for await (const page of readItems(table, partition, pagePrefix)) if (textOf(page.w) !== applied) throw counted;
}

/** Writes the pages and lists of a partition. May be repeated until something is counted. Answers how many items it wrote. */
export async function upgradePartition(table: Table, partition: string): Promise<number> {
  const { applied } = await readStored(table, partition);
  await requireUncounted(table, partition, applied);
  const sums = await totalsOf(table, partition, applied);
  const pages = Map.groupBy(sums, ([item]) => pageOf(item));
  const items = [...pages].flatMap(([key, own]) => [
    ...packPages(partition, key, { watermark: applied, sums: new Map(own), isSplit: false }),
  ]);
  return putItems(table, [...items, ...packChangeLists(partition, await rootsOf(table, partition), applied)]);
}

/** The same for every creator; `onPartition` is told of each. Throws where one cannot be upgraded: nothing of before was changed. */
export async function upgradeTable(table: Table, onPartition: (partition: string) => void = () => {}): Promise<number> {
  let count = 0;
  for await (const partition of partitionsOf(table)) {
    await upgradePartition(table, partition);
    onPartition(partition);
    count++;
  }
  return count;
}
