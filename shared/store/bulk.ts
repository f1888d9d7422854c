/** How does history get in quickly? Folded in memory by the same code, each item written once, before the creator's first stream record. */
import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type CloudEvent, parseEvent } from '../events/parse.ts';
import { newestProducts, type Product } from '../fold/catalogue.ts';
import { fold, type Incoming } from '../fold/fold.ts';
import { expiryOf, progressKey } from '../fold/keys.ts';
import type { StoredEntity } from '../fold/parts.ts';
import { bulkSeq } from '../fold/sequence.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { archiveBatch } from '../lake/archive.ts';
import type { Lake } from '../lake/store.ts';
import { packProduct } from './catalogue.ts';
import { packEntity } from './entities.ts';
import { acceptProfile, type Profile } from './profiles.ts';
import { type Item, partitionOf, settingsOf, type Table } from './table.ts';
import { together } from './together.ts';
import { packTouched } from './touched.ts';

const recordsAtOnce = 1000;
const writesAtOnce = 8;
const recordsAFile = 20_000;

/** Everything a creator's history comes to, held in memory until it is written. */
export interface History {
  entities: Map<string, StoredEntity>;
  sums: Map<string, Map<string, number>>;
  touched: Map<string, Set<string>>;
  products: Map<string, Product>;
  count: number;
  refused: { reason: string; subject: string }[];
}

export const emptyHistory = (): History => ({
  entities: new Map(),
  sums: new Map(),
  touched: new Map(),
  products: new Map(),
  count: 0,
  refused: [],
});

function incomingOf(event: CloudEvent, profile: Profile, receivedAt: string, n: number): Incoming | string {
  const parsed = parseEvent(event, Date.parse(receivedAt));
  if (!parsed.ok) return `${parsed.code}: ${parsed.message}`;
  const stamp = {
    definitions: dictionary.latest,
    profile: profile.revision,
    zones: profile.zones,
    currency: profile.currency,
    generation: profile.generation,
    epoch: 0,
    receivedAt,
  };
  return { seq: bulkSeq(n), record: { event: parsed.event, stamp }, entity: parsed.entity, subject: parsed.subject };
}

/** Folds a creator's events into a history (changed in place) and answers their records. Events that are no good are named in `refused`. */
export function foldInto(history: History, events: Iterable<CloudEvent>, profile: Profile, receivedAt: string): Incoming[] {
  const records: Incoming[] = [];
  for (const event of events) {
    history.count++;
    const incoming = incomingOf(event, profile, receivedAt, history.count);
    if (typeof incoming === 'string') history.refused.push({ reason: incoming, subject: event.subject });
    else records.push(incoming);
  }
  const folded = fold(records, history.entities);
  for (const [root, { entity }] of folded.changed) history.entities.set(root, entity);
  for (const [item, moves] of folded.moves) {
    const sums = history.sums.get(item) ?? new Map<string, number>();
    history.sums.set(item, sums);
    for (const { field, by } of moves) sums.set(field, (sums.get(field) ?? 0) + by);
  }
  for (const [key, roots] of folded.touched) {
    const known = history.touched.get(key);
    if (known) for (const root of roots) known.add(root);
    else history.touched.set(key, new Set(roots));
  }
  for (const [id, product] of newestProducts(records, history.products)) history.products.set(id, product);
  return records;
}

function* itemsOf(history: History, partition: string, receivedAt: string): Generator<Item> {
  const seq = bulkSeq(history.count);
  const now = Date.parse(receivedAt) / 1000;
  for (const [sk, sums] of history.sums) {
    const expires = expiryOf(sk);
    if (expires !== undefined && expires <= now) continue;
    const item: Item = { pk: { S: partition }, sk: { S: sk }, w: { S: seq } };
    for (const [field, sum] of sums) if (sum !== 0) item[field] = { N: String(sum) };
    if (expires !== undefined) item.expires = { N: String(expires) };
    yield item;
  }
  for (const [key, roots] of history.touched) {
    const [subject = '', day = ''] = key.split('|');
    yield* packTouched(partition, subject, day, seq, roots);
  }
  for (const [root, entity] of history.entities) yield packEntity(partition, root, entity);
  for (const product of history.products.values()) yield packProduct(product);
  yield {
    pk: { S: partition },
    sk: { S: progressKey },
    accepted: { S: seq },
    applied: { S: seq },
    asOf: { S: receivedAt },
    pendingSince: { S: receivedAt },
  };
}

async function writeBatch(table: Table, items: Item[]): Promise<void> {
  let requests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; requests.length; attempt++) {
    if (attempt > 9) throw new Error(`the store left ${requests.length} items unwritten`);
    const answer = await table.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
    requests = (answer.UnprocessedItems?.[table.name] ?? []) as typeof requests;
  }
}

/** Items by the 25 that one call takes; made as they are written, so that a large history is not held twice. */
function* batchesOf(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    if (batch.push(item) < 25) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

/** Writes a history; entities last are no matter here, because nothing else writes this creator yet and the whole is repeatable. */
export async function writeHistory(
  table: Table,
  partition: string,
  history: History,
  receivedAt: string,
  onItems?: (written: number) => void,
): Promise<number> {
  let written = 0;
  const failed = await together(batchesOf(itemsOf(history, partition, receivedAt)), writesAtOnce, async (batch) => {
    await writeBatch(table, batch);
    written += batch.length;
    onItems?.(written);
  });
  if (failed[0]) throw failed[0].error;
  return written;
}

const marker = (creatorId: string, name: string): Item => ({ pk: { S: settingsOf(creatorId) }, sk: { S: `S#history#${name}` } });

/** Was this creator's history of that name loaded to its end? */
export async function isHistoryLoaded(table: Table, creatorId: string, name: string): Promise<boolean> {
  const answer = await table.send(
    new GetItemCommand({ TableName: table.name, Key: marker(creatorId, name), ConsistentRead: true }),
  );
  return answer.Item !== undefined;
}

/**
 * Loads one creator's history: the creator event, then the others in any order. Only for a creator without stream records; killed on
 * the way, it can be run again. Answers counts of events, items and refusals.
 */
export async function loadHistory(
  table: Table,
  creatorEvent: CloudEvent,
  events: Iterable<CloudEvent>,
  {
    name = 'demo',
    receivedAt = new Date().toISOString(),
    onProgress,
    lake,
  }: { name?: string; receivedAt?: string; onProgress?: (done: { events: number; items: number }) => void; lake?: Lake } = {},
): Promise<{ events: number; items: number; refused: History['refused'] }> {
  const profile = await acceptProfile(table, creatorEvent);
  const history = emptyHistory();
  let chunk: CloudEvent[] = [creatorEvent];
  let toArchive: Incoming[] = [];
  const archive = async () => {
    // What the fold refused is named there already.
    if (lake && toArchive.length) await archiveBatch(lake, toArchive, `bulk-${name}-${profile.creatorId}`, async () => {});
    toArchive = [];
  };
  const flush = async () => {
    const records = foldInto(history, chunk, profile, receivedAt);
    if (lake) toArchive.push(...records);
    if (toArchive.length >= recordsAFile) await archive();
    chunk = [];
    onProgress?.({ events: history.count, items: 0 });
  };
  for (const event of events) if (chunk.push(event) >= recordsAtOnce) await flush();
  await flush();
  await archive();
  const items = await writeHistory(table, partitionOf(profile.creatorId, profile.generation), history, receivedAt, (written) =>
    onProgress?.({ events: history.count, items: written }),
  );
  await writeBatch(table, [marker(profile.creatorId, name)]);
  return { events: history.count, items, refused: history.refused };
}
