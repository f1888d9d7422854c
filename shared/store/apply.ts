/** How does a batch reach the store exactly once? What it changes is appended first, its entities are put last; what fails is named, so that it is sent again. */

import { isDataFault, RecordFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import { decodeId } from '../events/subject.ts';
import { daysOfEntity, mergeDays } from '../fold/days.ts';
import { type Change, type Folded, fold, type Incoming, UnknownDefinitions } from '../fold/fold.ts';
import { emptyEntity, type StoredEntity } from '../fold/parts.ts';
import { newestProducts } from '../fold/product-directory.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import { eachLimit } from '../map-limit.ts';
import type { Appending } from './append.ts';
import { appendChanges, type Fault, putChanged, type Refused } from './apply-writes.ts';
import { markRefused, readEntities } from './entities.ts';
import { mergedAt, mergePending } from './merge.ts';
import { readPartition, readWaiting } from './partition.ts';
import { putProducts } from './product-directory.ts';
import { partitionOf, type Table } from './table.ts';

const creatorsAtOnce = 16;
/** Calls of the store that one creator's records make at once. */
const callsAtOnce = 16;

/** What is pending could not be merged; it counts all the same, and the next batch tries again. */
export class NotMerged extends Error {
  constructor(cause: unknown) {
    super(`not merged: ${messageOf(cause)}`, { cause });
    this.name = 'NotMerged';
  }
}

/** Keeps refused records somewhere; throws when it cannot. */
export type Quarantine = (refused: Refused[]) => Promise<void>;

export interface Applied {
  /** First record not durable at its entity: it and all after it are to be sent again. */
  retryFrom: string | undefined;
  /** What went wrong there. */
  errors: unknown[];
  /** Records that could not contribute, quarantined already. */
  refused: Refused[];
  /** Entities written. */
  entities: number;
  /** Records that came after a later one of their creator: the stream is assumed to keep the order of a key. */
  disordered?: number;
}

const earliest = (seqs: string[]): string | undefined =>
  seqs.reduce<string | undefined>((least, seq) => (least === undefined || seq < least ? seq : least), undefined);

/** How many records come right after one with a higher sequence? The stream promises none. */
const disorderedIn = (records: Incoming[]): number =>
  records.filter(({ seq }, index) => seq < (records[index - 1]?.seq ?? '')).length;

/** What is stored, and as refused also the records that this run found refused: where the store could not even keep that mark, the next run finds them again. */
function withJudged(entities: Map<string, StoredEntity>, judged: ReadonlyMap<string, Fault>): Map<string, StoredEntity> {
  for (const { root, seq } of judged.values()) {
    const stored = entities.get(root) ?? emptyEntity();
    if (seq > stored.seq && !stored.refused?.includes(seq))
      entities.set(root, { ...stored, refused: [...(stored.refused ?? []), seq], era: (stored.era ?? 0) + 1 });
  }
  return entities;
}

/** Reads the entities of these records; of a root that the store cannot read for what it holds, the records are refused. */
async function readRoots(table: Table, partition: string, records: Incoming[]) {
  const read = (roots: string[]) => readEntities(table, partition, roots);
  const roots = [...new Set(records.map(({ subject }) => subject.root))];
  try {
    return { entities: await read(roots), readable: records, unreadable: [] };
  } catch (error) {
    if (!isDataFault(error)) throw error;
  }
  const entities = new Map<string, StoredEntity>();
  const reasons = new Map<string, string>();
  for (const root of roots)
    try {
      for (const [name, entity] of await read([root])) entities.set(name, entity);
    } catch (error) {
      if (!isDataFault(error)) throw error;
      reasons.set(root, `${root} cannot be read from the store: ${messageOf(error)}`);
    }
  return {
    entities,
    readable: records.filter(({ subject }) => !reasons.has(subject.root)),
    unreadable: records.flatMap(({ seq, subject }): Refused[] => {
      const reason = reasons.get(subject.root);
      return reason === undefined ? [] : [{ seq, reason }];
    }),
  };
}

/** Folds the records before the first one that has to wait for newer code. */
function foldKnown(records: Incoming[], entities: ReadonlyMap<string, StoredEntity>, dictionary: Dictionary) {
  try {
    return { folded: fold(records, entities, dictionary), known: records, waiting: undefined };
  } catch (error) {
    if (!(error instanceof UnknownDefinitions)) throw error;
    const known = records.filter(({ seq }) => seq < error.seq);
    return { folded: fold(known, entities, dictionary), known, waiting: error };
  }
}

/** Puts the names of products; answers the records of those that the store does not take. */
async function nameProducts(table: Table, records: Incoming[]): Promise<Refused[]> {
  const untaken = await putProducts(table, newestProducts(records).values());
  return untaken.flatMap(({ product, reason }) =>
    records
      .filter(
        ({ subject, record }) =>
          decodeId(subject.ids.productId ?? '') === product.productId && record.event.entityversion === product.version,
      )
      .map(({ seq }) => ({ seq, reason })),
  );
}

interface Attempt extends Applied {
  /** Records that the store refused; any other failure is in `errors` and is retried. */
  faults?: Fault[];
}

/** Is something of this appended nowhere yet? Behind a later record that is out of order; what an attempt appended that broke off is not. */
async function isUnknown(table: Table, partition: string, changes: readonly Change[]): Promise<boolean> {
  const { pending } = await readPartition(table, partition);
  const known = new Set(pending.changes.map(({ seq }) => seq));
  return changes.some(({ seq }) => !known.has(seq));
}

/** One creator's records of a batch, and what they are applied with. */
interface Work {
  table: Table;
  partition: string;
  records: Incoming[];
  dictionary: Dictionary;
  quarantineRefused: Quarantine;
}

/** What an attempt has read and folded, before anything of it is written. */
interface Prepared {
  entities: Map<string, StoredEntity>;
  folded: Folded;
  /** Records before the first one that waits for newer definitions, which is in `waiting`. */
  known: Incoming[];
  waiting: UnknownDefinitions | undefined;
  /** How far the creator is appended, and what waits to be merged. */
  stands: Awaited<ReturnType<typeof readWaiting>>;
}

/** Reads, folds and quarantines what cannot count. Throws when a call fails. */
async function prepare(work: Work, judged: ReadonlyMap<string, Fault>): Promise<Prepared> {
  const { table, partition, records, dictionary, quarantineRefused } = work;
  const [roots, stands] = await Promise.all([readRoots(table, partition, records), readWaiting(table, partition)]);
  const { entities, readable, unreadable } = roots;
  const { folded, known, waiting } = foldKnown(readable, withJudged(entities, judged), dictionary);
  folded.refused.push(...unreadable);
  // Before any write: once a later record of its entity is stored, the next attempt passes it over and would not name it.
  if (folded.refused.length) await quarantineRefused(folded.refused);
  // Products of every record that was read, changed or not: a replay fills in a missing name, though it changes no entity.
  const unnamed = await nameProducts(table, known);
  if (unnamed.length) await quarantineRefused(unnamed);
  folded.refused.push(...unnamed);
  return { entities, folded, known, waiting, stands };
}

/** What is appended of a batch that ends with `newest`. */
function appendingOf({ entities, folded, stands }: Prepared, newest: Incoming, judged: number): Appending {
  const changed = folded.changed.values().map(({ entity }) => entity);
  return {
    seq: newest.seq,
    asOf: newest.record.stamp.receivedAt,
    // Days of what was stored before too: a retry that only finds its own writes has to name the days as well.
    days: mergeDays(...[...entities.values(), ...changed].map(daysOfEntity)),
    // A batch that was appended before has named them there.
    quarantined: stands.newest >= newest.seq ? 0 : folded.refused.length + judged,
    changes: folded.changes,
    voided: folded.voided,
    before: stands.before,
    tail: stands.tail,
  };
}

/** One attempt at a creator's records. */
async function attempt(work: Work, judged: ReadonlyMap<string, Fault>): Promise<Attempt> {
  const { table, partition, records } = work;
  const firstSeq = records[0]?.seq ?? '';
  let prepared: Prepared;
  try {
    prepared = await prepare(work, judged);
  } catch (error) {
    return { retryFrom: firstSeq, errors: [error], refused: [], entities: 0 };
  }
  const { folded, known, waiting, stands } = prepared;
  const { refused, changes } = folded;
  const changed = [...folded.changed];
  const newest = known.at(-1);
  const rootOf = new Map(records.map(({ seq, subject }) => [seq, subject.root]));
  const faultsOf = (errors: unknown[]): Fault[] =>
    errors
      .filter((error) => error instanceof RecordFault)
      .map(({ seq, message }) => ({ seq, reason: message, root: rootOf.get(seq) ?? '' }));
  let disordered = disorderedIn(known);
  try {
    if (newest && stands.newest > newest.seq && (await isUnknown(table, partition, changes))) disordered += changed.length;
    // Every change is durable before any entity: what is sent again finds its entity unchanged, and what that changed appended.
    if (newest) await appendChanges(table, partition, appendingOf(prepared, newest, judged.size));
  } catch (error) {
    return { retryFrom: firstSeq, errors: [error], refused, entities: 0, faults: faultsOf([error]) };
  }
  const unwritten = await eachLimit(changed, callsAtOnce, ([root, { steps }]) =>
    putChanged(table, partition, root, steps, judged),
  );
  if (unwritten.length) {
    const retryFrom = earliest(unwritten.map(({ item: [, { first }] }) => first));
    const errors = unwritten.map(({ error }) => error);
    return { retryFrom, errors, refused, entities: changed.length - unwritten.length, faults: faultsOf(errors) };
  }
  const errors: unknown[] = waiting ? [waiting] : [];
  if (newest && stands.before.changes + changes.length >= mergedAt)
    // What cannot be merged now stays pending and is read all the same: the next batch tries again.
    await mergePending(table, partition, newest.seq).catch((error) => errors.push(new NotMerged(error)));
  return { retryFrom: waiting?.seq, errors, refused, entities: changed.length, disordered };
}

/**
 * Applies one creator's records. A record that the store refuses for what it holds is quarantined and marked as refused at its entity;
 * then the rest is folded again from what is stored, which voids what was appended of it. Each round finds another record.
 */
async function applyCreator(work: Work): Promise<Applied> {
  const { table, partition, records, quarantineRefused } = work;
  const judged = new Map<string, Fault>();
  for (let round = 0; ; round++) {
    const { faults = [], ...applied } = await attempt(work, judged);
    const fresh = [...new Map(faults.map((one) => [one.seq, one])).values()].filter(({ seq }) => !judged.has(seq));
    const refused = [
      ...new Map([...judged.values(), ...applied.refused].map(({ seq, reason }) => [seq, { seq, reason }])).values(),
    ];
    if (!fresh.length || round > records.length) return { ...applied, refused };
    try {
      await quarantineRefused(fresh);
      for (const { root, seq } of fresh) await markRefused(table, partition, root, seq);
    } catch (error) {
      return { retryFrom: records[0]?.seq, errors: [error], refused, entities: 0 };
    }
    for (const fault of fresh) judged.set(fault.seq, fault);
  }
}

/**
 * Applies a batch in the order of the stream. A failure is answered as the first record to send again, so that what is durable already
 * is not lost and not counted twice; a creator whose records wait for newer definitions (UnknownDefinitions among the errors) holds up
 * no other. `quarantineRefused` gets a creator's records that cannot contribute before anything of that creator is written, and those that the
 * store refuses before they are marked.
 */
export async function applyBatch(
  table: Table,
  records: Incoming[],
  dictionary: Dictionary = declared,
  quarantineRefused: Quarantine = async () => {},
): Promise<Applied> {
  const byPartition = new Map<string, Incoming[]>();
  for (const incoming of records) {
    const partition = partitionOf(incoming.record.event.creatorid, incoming.record.stamp.generation);
    const group = byPartition.get(partition);
    if (group) group.push(incoming);
    else byPartition.set(partition, [incoming]);
  }
  const results: Applied[] = [];
  const broken = await eachLimit(byPartition, creatorsAtOnce, async ([partition, group]) => {
    results.push(await applyCreator({ table, partition, records: group, dictionary, quarantineRefused }));
  });
  const retryFrom = earliest([
    ...results.flatMap((result) => result.retryFrom ?? []),
    ...broken.flatMap(({ item: [, group] }) => group[0]?.seq ?? []),
  ]);
  return {
    retryFrom,
    errors: [...results.flatMap(({ errors }) => errors), ...broken.map(({ error }) => error)],
    refused: results.flatMap(({ refused }) => refused),
    entities: results.reduce((sum, { entities }) => sum + entities, 0),
    disordered: results.reduce((sum, { disordered = 0 }) => sum + disordered, 0),
  };
}
