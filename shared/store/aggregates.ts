/** How do deltas reach an item exactly once? Added under a watermark: a refused write is filtered record by record and tried again. */
import { type AttributeValue, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isDataFault, RecordFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import type { RecordedDelta } from '../fold/fold.ts';
import { expiryOf } from '../fold/keys.ts';
import { type Item, type Table, writeIf } from './table.ts';
import { takeBack } from './take-back.ts';

// An update may hold 300 operators and 4 KB of expression; 100 added fields stay far below both.
const fieldsPerUpdate = 100;

/** Cuts deltas for one update each, between records, never between the fields of one. */
export function cut(deltas: RecordedDelta[], limit = fieldsPerUpdate): RecordedDelta[][] {
  const chunks: RecordedDelta[][] = [];
  let chunk: RecordedDelta[] = [];
  let fields = new Set<string>();
  for (let i = 0; i < deltas.length; ) {
    let end = i;
    while (end < deltas.length && deltas[end]?.seq === deltas[i]?.seq) end++;
    const record = deltas.slice(i, end);
    const grown = new Set([...fields, ...record.map((delta) => delta.field)]);
    if (chunk.length && grown.size > limit) {
      chunks.push(chunk);
      chunk = [];
      fields = new Set(record.map((delta) => delta.field));
    } else fields = grown;
    chunk.push(...record);
    i = end;
  }
  if (chunk.length) chunks.push(chunk);
  return chunks;
}

/** Sums by field as decimal text: many amounts of which each is exact may add up to more than a number holds exactly. */
export function sumsOf(deltas: RecordedDelta[]): Map<string, string> {
  const sums = new Map<string, number | bigint>();
  for (const { field, by } of deltas) {
    const known = sums.get(field) ?? 0;
    const sum = typeof known === 'bigint' ? known + BigInt(by) : known + by;
    const isExact = typeof sum === 'bigint' || !Number.isInteger(sum) || Number.isSafeInteger(sum);
    sums.set(field, isExact ? sum : BigInt(known) + BigInt(by));
  }
  return new Map([...sums].map(([field, sum]) => [field, String(sum)]));
}

function updateOf(
  table: Table,
  key: Item,
  item: string,
  deltas: RecordedDelta[],
  condition: string,
  values: Record<string, AttributeValue>,
): UpdateItemCommand {
  const names: Record<string, string> = { '#w': 'w' };
  const adds = [...sumsOf(deltas)].map(([field, by], i) => {
    names[`#${i}`] = field;
    values[`:${i}`] = { N: by };
    return `#${i} :${i}`;
  });
  values[':last'] = { S: deltas.at(-1)?.seq ?? '' };
  const expires = expiryOf(item);
  if (expires !== undefined) {
    names['#expires'] = 'expires';
    values[':expires'] = { N: String(expires) };
  }
  return new UpdateItemCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: `SET #w = :last${expires === undefined ? '' : ', #expires = :expires'} ADD ${adds.join(', ')}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  });
}

async function addChunk(table: Table, key: Item, item: string, deltas: RecordedDelta[]): Promise<void> {
  const first = { ':first': { S: deltas[0]?.seq ?? '' } };
  if (await writeIf(table, updateOf(table, key, item, deltas, 'attribute_not_exists(#w) OR #w < :first', first))) return;
  for (;;) {
    const read = await table.send(
      new GetItemCommand({ TableName: table.name, Key: key, ConsistentRead: true, ProjectionExpression: 'w' }),
    );
    const seen = read.Item?.w?.S;
    const rest = deltas.filter((delta) => delta.seq > (seen ?? ''));
    if (!rest.length) return;
    const update =
      seen === undefined
        ? updateOf(table, key, item, rest, 'attribute_not_exists(#w)', {})
        : updateOf(table, key, item, rest, '#w = :seen', { ':seen': { S: seen } });
    if (await writeIf(table, update)) return;
  }
}

/** Finds the first record that the store refuses for what it holds: each of them alone, in order, under the same watermark. */
async function addOneByOne(table: Table, key: Item, item: string, deltas: RecordedDelta[]): Promise<void> {
  for (const [seq, own] of Map.groupBy(deltas, (delta) => delta.seq))
    try {
      await addChunk(table, key, item, own);
    } catch (error) {
      throw isDataFault(error) ? new RecordFault(seq, `${item}: ${messageOf(error)}`) : error;
    }
}

/** Deltas in runs: those that are added, and each refused record's, which are taken back. */
function stretchesOf(deltas: RecordedDelta[]): RecordedDelta[][] {
  if (!deltas.some(({ isRefused }) => isRefused)) return [deltas];
  const stretches: RecordedDelta[][] = [];
  for (const delta of deltas) {
    const before = stretches.at(-1)?.at(-1);
    const belongs = before && !before.isRefused === !delta.isRefused && (!delta.isRefused || before.seq === delta.seq);
    if (belongs) stretches.at(-1)?.push(delta);
    else stretches.push([delta]);
  }
  return stretches;
}

async function addDeltas(table: Table, key: Item, item: string, deltas: RecordedDelta[]): Promise<void> {
  for (const chunk of cut(deltas))
    try {
      await addChunk(table, key, item, chunk);
    } catch (error) {
      if (!isDataFault(error)) throw error;
      await addOneByOne(table, key, item, chunk);
    }
}

/**
 * Adds the deltas (in order of their records) that the item does not have yet, and takes those back that the store refused. Throws
 * RecordFault with the first record that it does not take for what the record holds; otherwise when a call fails: to be sent again.
 */
export async function addToItem(table: Table, partition: string, item: string, deltas: RecordedDelta[]): Promise<void> {
  const key = { pk: { S: partition }, sk: { S: item } };
  for (const stretch of stretchesOf(deltas))
    if (stretch[0]?.isRefused) await takeBack(table, key, item, stretch, sumsOf(stretch));
    else await addDeltas(table, key, item, stretch);
}
