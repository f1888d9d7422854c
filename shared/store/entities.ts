/** How are entities kept? One item an order with its parts, read consistently and put only over a lower sequence. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Facts } from '../events/entity.ts';
import { entityKey } from '../fold/keys.ts';
import type { Part, Row, StoredEntity } from '../fold/parts.ts';
import { type Item, isRefusal, type Table, textOf } from './table.ts';

type PackedPart = [version: number, definitions: number, profile: number, hash: string, facts: Facts];

/** As an item. Parts and told rows are deflated JSON: half the size, and a write unit is a kilobyte. */
export function packEntity(partition: string, root: string, entity: StoredEntity): Item {
  const parts = Object.fromEntries(
    Object.entries(entity.parts).map(([name, { version, definitions, profile, hash, facts }]): [string, PackedPart] => [
      name,
      [version, definitions, profile, hash, facts],
    ]),
  );
  const state = deflateRawSync(JSON.stringify({ parts, told: entity.told }));
  const item: Item = { pk: { S: partition }, sk: { S: entityKey(root) }, seq: { S: entity.seq }, state: { B: state } };
  if (entity.due) Object.assign(item, { open: { S: partition }, due: { S: entity.due } });
  return item;
}

export function unpackEntity(item: Item): StoredEntity {
  const { parts: packed, told } = JSON.parse(inflateRawSync(item.state?.B ?? new Uint8Array()).toString()) as {
    parts: { [name: string]: PackedPart };
    told: Row[];
  };
  const parts = Object.fromEntries(
    Object.entries(packed).map(([name, [version, definitions, profile, hash, facts]]): [string, Part] => [
      name,
      { version, definitions, profile, hash, facts },
    ]),
  );
  return { seq: textOf(item.seq), parts, told, due: item.due?.S };
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

/** Puts an entity over a lower sequence; a refusal means that a newer one is there already, which is success. */
export async function putEntity(table: Table, partition: string, root: string, entity: StoredEntity): Promise<void> {
  try {
    await table.send(
      new PutItemCommand({
        TableName: table.name,
        Item: packEntity(partition, root, entity),
        ConditionExpression: 'attribute_not_exists(seq) OR seq < :seq',
        ExpressionAttributeValues: { ':seq': { S: entity.seq } },
      }),
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
