/** How are entities kept? One item an order with its parts, read consistently and put only over a lower sequence. */
import { BatchGetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isDataFault } from '../data-fault.ts';
import { entityKey } from '../fold/keys.ts';
import { packState, unpackState } from '../fold/packed.ts';
import type { StoredEntity } from '../fold/parts.ts';
import { type Item, numberOf, type Table, textOf, writeIf } from './table.ts';

/** As an item. */
export function packEntity(partition: string, root: string, entity: StoredEntity): Item {
  const state = { B: packState(entity) };
  const item: Item = { pk: { S: partition }, sk: { S: entityKey(root) }, seq: { S: entity.seq }, state };
  if (entity.due) Object.assign(item, { open: { S: partition }, due: { S: entity.due } });
  if (entity.refused?.length) item.refused = { SS: entity.refused };
  if (entity.era) item.era = { N: String(entity.era) };
  return item;
}

export function unpackEntity(item: Item): StoredEntity {
  const state = item.state?.B ? unpackState(item.state.B) : { parts: {}, contributions: [] };
  const refused = item.refused?.SS;
  const era = numberOf(item.era);
  return { seq: textOf(item.seq), ...state, due: item.due?.S, ...(refused ? { refused } : {}), ...(era ? { era } : {}) };
}

async function readChunk(table: Table, partition: string, roots: string[], into: Map<string, StoredEntity>): Promise<void> {
  let keys: Item[] = roots.map((root) => ({ pk: { S: partition }, sk: { S: entityKey(root) } }));
  for (let attempt = 0; keys.length > 0; attempt++) {
    // TRICKY: an unprocessed key is no absent entity; folding it as one would count everything twice.
    if (attempt > 4) throw new Error(`the store left ${keys.length} entities unread`);
    const answer = await table.send(
      new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of answer.Responses?.[table.name] ?? []) into.set(textOf(item.sk).slice(2), unpackEntity(item));
    keys = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
}

/** Reads the entities of these roots consistently; absent ones are left out. Throws when the store leaves some unread. */
export async function readEntities(table: Table, partition: string, roots: Iterable<string>): Promise<Map<string, StoredEntity>> {
  const all = [...new Set(roots)];
  const entities = new Map<string, StoredEntity>();
  const chunks = Array.from({ length: Math.ceil(all.length / 100) }, (_, i) => all.slice(i * 100, i * 100 + 100));
  await Promise.all(chunks.map((chunk) => readChunk(table, partition, chunk, entities)));
  return entities;
}

/** Is any entity of a kind stored that stands alone (one of an order stands in its order's item)? */
export async function hasEntity(table: Table, partition: string, kind: string): Promise<boolean> {
  const query = new QueryCommand({
    TableName: table.name,
    Limit: 1,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ProjectionExpression: 'pk',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':prefix': { S: entityKey(`${kind}/`) } },
  });
  return (await table.send(query)).Items?.length === 1;
}

/** Puts an entity over a lower sequence; a refusal means that a newer one is there already, which is success. */
export async function putEntity(table: Table, partition: string, root: string, entity: StoredEntity): Promise<void> {
  const put = new PutItemCommand({
    TableName: table.name,
    Item: packEntity(partition, root, entity),
    ConditionExpression: 'attribute_not_exists(seq) OR seq < :seq',
    ExpressionAttributeValues: { ':seq': { S: entity.seq } },
  });
  await writeIf(table, put);
}

/**
 * Marks a record of an entity as refused by the store: whatever happens from now on, it does not count, and what it changed is voided
 * before its entity passes it. Where a later record of the entity is stored already, it has counted, and nothing is marked.
 */
export async function markRefused(table: Table, partition: string, root: string, seq: string): Promise<void> {
  const mark = new UpdateItemCommand({
    TableName: table.name,
    Key: { pk: { S: partition }, sk: { S: entityKey(root) } },
    UpdateExpression: 'ADD refused :refused, era :one',
    ConditionExpression:
      '(seq < :seq OR attribute_not_exists(seq)) AND (attribute_not_exists(refused) OR NOT contains(refused, :seq))',
    ExpressionAttributeValues: { ':refused': { SS: [seq] }, ':seq': { S: seq }, ':one': { N: '1' } },
  });
  try {
    await writeIf(table, mark);
  } catch (error) {
    // An entity that takes no mark takes no snapshot either: the next attempt finds the same.
    if (!isDataFault(error)) throw error;
  }
}
