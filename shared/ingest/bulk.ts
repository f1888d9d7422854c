/** How does history get in quickly? Folded in memory by the same code, each item written once, before the creator's first stream record. */
import { type CloudEvent, parseEvent } from '../events/parse.ts';
import { fold, type Incoming } from '../fold/fold.ts';
import { progressKey } from '../fold/keys.ts';
import type { StoredEntity } from '../fold/parts.ts';
import { newestProducts, type Product } from '../fold/product-directory.ts';
import { bulkSeq } from '../fold/sequence.ts';
import { addTo, type Sums } from '../fold/sums.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Refused } from '../store/apply-writes.ts';
import { packChangeLists } from '../store/change-index.ts';
import { changedRootsOf } from '../store/changes.ts';
import { packEntity } from '../store/entities.ts';
import { putItems } from '../store/histories.ts';
import { packPages, pageOf } from '../store/pages.ts';
import { packProduct } from '../store/product-directory.ts';
import type { Profile } from '../store/profiles.ts';
import type { Item, Table } from '../store/table.ts';

/** What a creator's history comes to, as far as it is held in memory. */
export interface History {
  entities: Map<string, StoredEntity>;
  sums: Sums;
  /** Roots that moved a day, by `topic|day`. */
  changedRoots: Map<string, Set<string>>;
  products: Map<string, Product>;
  count: number;
  /** What cannot count, and why; `seq` where it got as far as a record. */
  refused: { reason: string; subject: string; seq?: string }[];
}

export const emptyHistory = (): History => ({
  entities: new Map(),
  sums: new Map(),
  changedRoots: new Map(),
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

/** Names records that fold or archive refuse, each once. */
export function nameRefused(history: History, records: Incoming[], refused: Refused[]): void {
  const subjects = new Map(records.map(({ seq, record }) => [seq, record.event.subject]));
  for (const { seq, reason } of refused)
    if (!history.refused.some((one) => one.seq === seq)) history.refused.push({ seq, reason, subject: subjects.get(seq) ?? '' });
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
  nameRefused(history, records, folded.refused);
  for (const [root, { entity }] of folded.changed) history.entities.set(root, entity);
  for (const { deltas } of folded.changes) for (const { item, field, by } of deltas) addTo(history.sums, item, field, by);
  for (const [key, roots] of changedRootsOf(folded.changes)) {
    const known = history.changedRoots.get(key);
    if (known) for (const root of roots) known.add(root);
    else history.changedRoots.set(key, roots);
  }
  for (const [id, product] of newestProducts(records, history.products)) history.products.set(id, product);
  return records;
}

/** The entities that are held, as items. */
export function* entityItems({ entities }: History, partition: string): Generator<Item> {
  for (const [root, entity] of entities) yield packEntity(partition, root, entity);
}

/** The lists of what moved each day, since they were written last, as items. */
export const listItems = ({ changedRoots, count }: History, partition: string): Generator<Item> =>
  packChangeLists(partition, changedRoots, bulkSeq(count));

/** What stands once it is all there: the totals, the names of products, and how far it goes. */
export function* totalItems({ sums, products, count }: History, partition: string, receivedAt: string): Generator<Item> {
  const seq = bulkSeq(count);
  const pages = Map.groupBy(sums, ([item]) => pageOf(item));
  for (const [key, own] of pages) yield* packPages(partition, key, { watermark: seq, sums: new Map(own), isSplit: false });
  for (const product of products.values()) yield packProduct(product);
  yield {
    pk: { S: partition },
    sk: { S: progressKey },
    accepted: { S: seq },
    applied: { S: seq },
    asOf: { S: receivedAt },
    pendingSince: { S: receivedAt },
  };
}

function* itemsOf(history: History, partition: string, receivedAt: string): Generator<Item> {
  yield* entityItems(history, partition);
  yield* listItems(history, partition);
  yield* totalItems(history, partition, receivedAt);
}

/** Writes a history that is held whole, in any order: nothing else writes this creator yet, and the whole is repeatable. */
export function writeHistory(
  table: Table,
  partition: string,
  history: History,
  receivedAt: string,
  onItems?: (written: number) => void,
): Promise<number> {
  return putItems(table, itemsOf(history, partition, receivedAt), onItems);
}
