/** Is what stands in the table what should stand there? Every cell of every total, both ways, and what else a reader relies on. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Sums } from '../../shared/fold/sums.ts';
import { readChangedRoots } from '../../shared/store/change-index.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { type Item, partitionOf, type Table, textOf } from '../../shared/store/table.ts';
import { readAllSums } from '../../shared/store/totals.ts';
import type { Creator } from './collect.ts';
import { canCount, isRateless, type LakeRecord, newestOf } from './newest.ts';
import type { Scene } from './scene.ts';
import { type Truth, truthOf } from './truth.ts';

export interface Verdict {
  cells: number;
  /** A line for each wrong cell. */
  wrong: string[];
  /** A line for each other promise that is broken: lists of entities, deadlines, quarantine. */
  broken: string[];
}

const hourKept = 400 * 86_400;

async function itemsOf(client: DynamoDBClient, table: Table, partition: string): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    for (const item of page.Items ?? []) items.set(textOf(item.sk), item);
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** When an hour's item has served its time, seconds. */
function endOfHour(item: string): number {
  const hour = item.slice(item.lastIndexOf('#') + 1);
  return Date.parse(`${hour.slice(0, 13)}:00:00${hour.slice(13)}`) / 1000 + hourKept;
}

function compareCells(should: Map<string, number>, sums: Sums, now: number): { cells: number; wrong: string[] } {
  const is = new Map<string, number>();
  for (const [item, fields] of sums)
    for (const [field, sum] of fields) if (!field.endsWith('~')) is.set(`${item} ${field}`, Number(sum));
  const wrong: string[] = [];
  let cells = 0;
  for (const cell of new Set([...should.keys(), ...is.keys()])) {
    const item = cell.slice(0, cell.lastIndexOf(' '));
    if (item.startsWith('H#') && !is.has(cell) && endOfHour(item) <= now) continue;
    cells++;
    if ((should.get(cell) ?? 0) !== (is.get(cell) ?? 0))
      wrong.push(`${cell}: ${is.get(cell) ?? 0}, not ${should.get(cell) ?? 0}`);
  }
  return { cells, wrong };
}

function* brokenPromises(
  creator: Creator,
  partition: string,
  truth: Truth,
  items: Map<string, Item>,
  records: LakeRecord[],
  applied: string,
) {
  for (const [key, item] of items) {
    const should = truth.due.get(key.slice(2)) ?? '';
    if (key.startsWith('E#') && textOf(item.due) !== should) yield `${key} is due ${textOf(item.due)}, not ${should}`;
  }
  const isOfIt = ({ event, stamp }: LakeRecord): boolean => partitionOf(event.creatorid, stamp.generation) === partition;
  const last = records.findLast(isOfIt);
  if (last && !applied.endsWith(`:${last.place.split('/')[1]}`)) yield `applied through ${applied}, not ${last.place}`;
  if (!last) yield `nothing was told of ${creator.id}`;
}

/** Compares everything of a world's creators with what it should be. */
export async function compare({ client, table, creators, records, objects, lost, now }: Scene): Promise<Verdict> {
  const verdict: Verdict = { cells: 0, wrong: [], broken: [] };
  for (const creator of creators) {
    const partition = partitionOf(creator.id, creator.profile.generation);
    const items = await itemsOf(client, table, partition);
    const truth = truthOf(creator.id, records);
    const from = await readPartition(table, partition);
    const { cells, wrong } = compareCells(truth.cells, await readAllSums(from), now / 1000);
    verdict.cells += cells;
    verdict.wrong.push(...wrong.map((line) => `${partition} ${line}`));
    for (const line of brokenPromises(creator, partition, truth, items, records, from.backlog.applied))
      verdict.broken.push(`${partition} ${line}`);
    for (const [key, roots] of truth.roots) {
      const [subject = '', day = ''] = key.split('|');
      const listed = new Set(await readChangedRoots(from, subject, day));
      for (const root of roots) if (!listed.has(root)) verdict.broken.push(`${partition} ${key} does not list ${root}`);
    }
  }
  const seen = records.filter(({ place }) => !lost.has(place));
  for (const record of seen)
    if (isRateless(record.event) && !objects.has(`quarantine/${record.place}.json`))
      verdict.broken.push(`${record.place} has no rate and is in no quarantine`);
  for (const [key, record] of newestOf(seen))
    if (!canCount(record)) verdict.broken.push(`the newest of ${key} never counted: ${record.place}`);
  return verdict;
}
