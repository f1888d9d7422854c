/** How does a batch reach the store exactly once? Aggregates first, entities last; what fails is named, so that it is sent again. */

import { newestProducts } from '../fold/catalogue.ts';
import { type Folded, fold, type Incoming, requireKnown } from '../fold/fold.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import { addToItem } from './aggregates.ts';
import { putProducts } from './catalogue.ts';
import { putEntity, readEntities } from './entities.ts';
import { markApplied } from './progress.ts';
import { partitionOf, type Table } from './table.ts';
import { together } from './together.ts';
import { putTouched } from './touched.ts';

const callsAtOnce = 16;
const creatorsAtOnce = 4;

/** A record that cannot contribute, and why. */
export interface Refused {
  seq: string;
  reason: string;
}

/** Keeps refused records somewhere; throws when it cannot. */
export type SetAside = (refused: Refused[]) => Promise<void>;

export interface Applied {
  /** First record not durable at its entity: it and all after it are to be sent again. */
  again: string | undefined;
  /** What went wrong there. */
  errors: unknown[];
  /** Records that could not contribute, set aside already. */
  refused: Refused[];
  /** Entities written. */
  entities: number;
}

const earliest = (seqs: string[]): string | undefined =>
  seqs.reduce<string | undefined>((least, seq) => (least === undefined || seq < least ? seq : least), undefined);

/** Aggregates of a fold, each acknowledged or failed. */
async function writeAggregates(table: Table, partition: string, folded: Folded, lastSeq: string): Promise<unknown[]> {
  const writes: (() => Promise<void>)[] = [];
  for (const [item, moves] of folded.moves) writes.push(() => addToItem(table, partition, item, moves));
  for (const [key, roots] of folded.touched) {
    const [subject = '', day = ''] = key.split('|');
    writes.push(() => putTouched(table, partition, subject, day, lastSeq, roots));
  }
  return (await together(writes, callsAtOnce, (write) => write())).map(({ error }) => error);
}

async function applyCreator(
  table: Table,
  partition: string,
  records: Incoming[],
  dictionary: Dictionary,
  setAside: SetAside,
): Promise<Applied> {
  const firstSeq = records[0]?.seq ?? '';
  let folded: Folded;
  try {
    const entities = await readEntities(
      table,
      partition,
      records.map(({ subject }) => subject.root),
    );
    folded = fold(records, entities, dictionary);
    // Before any write: once a later record of its entity is stored, the next attempt passes it over and would not name it.
    if (folded.refused.length) await setAside(folded.refused);
    // Whatever the fold found new: telling again brings a name that is missing, though it changes no entity.
    await putProducts(table, newestProducts(records).values());
  } catch (error) {
    return { again: firstSeq, errors: [error], refused: [], entities: 0 };
  }
  const changed = [...folded.changed];
  const failed = await writeAggregates(table, partition, folded, records.at(-1)?.seq ?? '');
  // No entity is written before every aggregate has everything it contributed: what is replayed finds its entity unchanged.
  if (failed.length)
    return { again: earliest(changed.map(([, { first }]) => first)), errors: failed, refused: folded.refused, entities: 0 };
  const unwritten = await together(changed, callsAtOnce, ([root, { entity }]) => putEntity(table, partition, root, entity));
  if (unwritten.length) {
    const again = earliest(unwritten.map(({ item: [, { first }] }) => first));
    return {
      again,
      errors: unwritten.map(({ error }) => error),
      refused: folded.refused,
      entities: changed.length - unwritten.length,
    };
  }
  const done = { refused: folded.refused, entities: changed.length };
  const newest = records.at(-1);
  try {
    if (newest) await markApplied(table, partition, newest.seq, newest.record.stamp.receivedAt);
  } catch (error) {
    // What was refused is answered now: once its entity is stored, the next attempt skips it and would not name it.
    return { again: firstSeq, errors: [error], ...done };
  }
  return { again: undefined, errors: [], ...done };
}

/**
 * Applies a batch in the order of the stream. Throws UnknownDefinitions before any write; every other failure is answered as the
 * first record to send again, so that what is durable already is not lost and not counted twice. `setAside` gets a creator's
 * records that cannot contribute before anything of that creator is written.
 */
export async function applyBatch(
  table: Table,
  records: Incoming[],
  dictionary: Dictionary = declared,
  setAside: SetAside = async () => {},
): Promise<Applied> {
  for (const { record } of records) requireKnown(record.stamp.definitions, dictionary);
  const byPartition = new Map<string, Incoming[]>();
  for (const incoming of records) {
    const partition = partitionOf(incoming.record.event.creatorid, incoming.record.stamp.generation);
    const group = byPartition.get(partition);
    if (group) group.push(incoming);
    else byPartition.set(partition, [incoming]);
  }
  const results: Applied[] = [];
  const broken = await together(byPartition, creatorsAtOnce, async ([partition, group]) => {
    results.push(await applyCreator(table, partition, group, dictionary, setAside));
  });
  const again = earliest([
    ...results.flatMap((result) => result.again ?? []),
    ...broken.flatMap(({ item: [, group] }) => group[0]?.seq ?? []),
  ]);
  return {
    again,
    errors: [...results.flatMap(({ errors }) => errors), ...broken.map(({ error }) => error)],
    refused: results.flatMap(({ refused }) => refused),
    entities: results.reduce((sum, { entities }) => sum + entities, 0),
  };
}
