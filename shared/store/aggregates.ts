/** How do moves reach an item exactly once? Added under a watermark: a refused write is filtered record by record and tried again. */
import { type AttributeValue, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { RecordedMove } from '../fold/fold.ts';
import { expiryOf } from '../fold/keys.ts';
import { type Item, isRefusal, type Table } from './table.ts';

// An update may hold 300 operators and 4 KB of expression; 100 added fields stay far below both.
const fieldsPerUpdate = 100;

/** Cuts moves for one update each, between records, never between the fields of one. */
export function cut(moves: RecordedMove[], limit = fieldsPerUpdate): RecordedMove[][] {
  const chunks: RecordedMove[][] = [];
  let chunk: RecordedMove[] = [];
  let fields = new Set<string>();
  for (let i = 0; i < moves.length; ) {
    let end = i;
    while (end < moves.length && moves[end]?.seq === moves[i]?.seq) end++;
    const record = moves.slice(i, end);
    const grown = new Set([...fields, ...record.map((move) => move.field)]);
    if (chunk.length && grown.size > limit) {
      chunks.push(chunk);
      chunk = [];
      fields = new Set(record.map((move) => move.field));
    } else fields = grown;
    chunk.push(...record);
    i = end;
  }
  if (chunk.length) chunks.push(chunk);
  return chunks;
}

function updateOf(
  table: Table,
  key: Item,
  item: string,
  moves: RecordedMove[],
  condition: string,
  values: Record<string, AttributeValue>,
): UpdateItemCommand {
  const sums = new Map<string, number>();
  for (const { field, by } of moves) sums.set(field, (sums.get(field) ?? 0) + by);
  const names: Record<string, string> = { '#w': 'w' };
  const adds = [...sums].map(([field, by], i) => {
    names[`#${i}`] = field;
    values[`:${i}`] = { N: String(by) };
    return `#${i} :${i}`;
  });
  values[':last'] = { S: moves.at(-1)?.seq ?? '' };
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

/** Sends an update; answers whether its condition held. */
async function holds(table: Table, update: UpdateItemCommand): Promise<boolean> {
  try {
    await table.send(update);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

async function addChunk(table: Table, key: Item, item: string, moves: RecordedMove[]): Promise<void> {
  const first = { ':first': { S: moves[0]?.seq ?? '' } };
  if (await holds(table, updateOf(table, key, item, moves, 'attribute_not_exists(#w) OR #w < :first', first))) return;
  for (;;) {
    const read = await table.send(
      new GetItemCommand({ TableName: table.name, Key: key, ConsistentRead: true, ProjectionExpression: 'w' }),
    );
    const seen = read.Item?.w?.S;
    const rest = moves.filter((move) => move.seq > (seen ?? ''));
    if (!rest.length) return;
    const update =
      seen === undefined
        ? updateOf(table, key, item, rest, 'attribute_not_exists(#w)', {})
        : updateOf(table, key, item, rest, '#w = :seen', { ':seen': { S: seen } });
    if (await holds(table, update)) return;
  }
}

/** Adds the moves (in order of their records) that the item does not have yet. Throws when a call fails: the batch is sent again. */
export async function addToItem(table: Table, partition: string, item: string, moves: RecordedMove[]): Promise<void> {
  for (const chunk of cut(moves)) await addChunk(table, { pk: { S: partition }, sk: { S: item } }, item, chunk);
}
