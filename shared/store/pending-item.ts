/** How does what is pending stand in an item? As batches, one behind the other, each with its mark and with what its records change. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packDays, unpackDays } from '../fold/days.ts';
import type { Change, Voided } from '../fold/fold.ts';
import type { Mark } from './backlog.ts';
import { pendingWords } from './pending-words.ts';
import { type Item, numberOf, textOf } from './table.ts';

/** What a batch changes, with its mark. */
export interface Batch extends Mark {
  changes: Change[];
  voided: readonly Voided[];
}

/** What waits to be merged: how many changes, and how many records went into quarantine since the last merge. */
export interface Waiting {
  changes: number;
  quarantined: number;
}

const prefix = 'Q#';
/** Behind every key of a sequence, and behind all of them. */
export const behind = (seq: string): string => (seq === '' ? prefix : `${prefix}${seq}~`);
export const behindAll = `${prefix}~`;

/** Key of an item that begins with a batch: of its sequence and its content. */
export const pendingKey = (seq: string, content: string): string => `${prefix}${seq}.${content}`;
const seqOfKey = (key: string): string => key.slice(prefix.length).split('.', 1)[0] ?? '';

// Merged long before, at the latest by the daily run; then nobody reads it any more.
const keptSeconds = 35 * 24 * 3600;

type PackedChange = [seq: string, root: string, items: [item: string, ...fields: (string | number)[]][], era?: number];
type PackedBatch = [
  seq: string,
  asOf: string,
  days: string,
  quarantined: number,
  changes: PackedChange[],
  voided: readonly Voided[],
];

function packChange({ seq, root, deltas, era }: Change): PackedChange {
  const byItem = Map.groupBy(deltas, ({ item }) => item);
  const items = [...byItem].map(([item, own]): PackedChange[2][number] => [item, ...own.flatMap(({ field, by }) => [field, by])]);
  return era ? [seq, root, items, era] : [seq, root, items];
}

function unpackChange([seq, root, items, era]: PackedChange): Change {
  const deltas = items.flatMap(([item, ...fields]) =>
    Array.from({ length: fields.length / 2 }, (_, i) => ({ item, field: String(fields[2 * i]), by: Number(fields[2 * i + 1]) })),
  );
  return { seq, root, deltas, ...(era ? { era } : {}) };
}

/** A batch as text; the same for the same batch. */
export const packBatch = ({ seq, asOf, days, quarantined, changes, voided }: Batch): string =>
  JSON.stringify([seq, asOf, packDays(days), quarantined, changes.map(packChange), voided] satisfies PackedBatch);

function unpackBatch([seq, asOf, days, quarantined, changes, voided]: PackedBatch): Batch {
  return { seq, asOf, days: unpackDays(days), quarantined, changes: changes.map(unpackChange), voided };
}

/** Texts of batches as an attribute. */
export const packTexts = (texts: string[]): { B: Uint8Array } => ({
  B: deflateRawSync(texts.join('\n'), { dictionary: pendingWords }),
});

/** Batches of an item as texts, in the order in which they were appended. */
export const textsOf = ({ batches }: Item): string[] =>
  batches?.B ? inflateRawSync(batches.B, { dictionary: pendingWords }).toString().split('\n') : [];

/** Batches of an item, in the order in which they were appended. */
export function batchesOf(item: Item): Batch[] {
  if (item.batches) return textsOf(item).map((text) => unpackBatch(JSON.parse(text)));
  // Written by code that appended each batch in an item of its own, and counted the quarantine since the last merge only.
  const [changes, voided]: [PackedChange[], Voided[]] = item.changes?.B
    ? JSON.parse(inflateRawSync(item.changes.B).toString())
    : [[], []];
  const mark = { seq: seqOfKey(textOf(item.sk)), asOf: textOf(item.asOf), days: unpackDays(textOf(item.days)), quarantined: 0 };
  return [{ ...mark, changes: changes.map(unpackChange), voided }];
}

/** An item that holds these batches; `last` is the newest of them, `waiting` what waits with it. */
export function pendingItem(
  key: { pk: string; sk: string },
  texts: string[],
  last: Pick<Mark, 'seq' | 'asOf'>,
  waiting: Waiting,
): Item {
  return {
    pk: { S: key.pk },
    sk: { S: key.sk },
    seq: { S: last.seq },
    asOf: { S: last.asOf },
    waiting: { N: String(waiting.changes) },
    quarantined: { N: String(waiting.quarantined) },
    expires: { N: String(Math.floor(Date.parse(last.asOf) / 1000) + keptSeconds) },
    batches: packTexts(texts),
  };
}

/** The newest batch of an item: its mark without days, and what waits with it. */
export function newestOf(item: Item): Waiting & { seq: string; asOf: string } {
  const { sk, seq, asOf, waiting, quarantined } = item;
  return {
    seq: seq ? textOf(seq) : seqOfKey(textOf(sk)),
    asOf: textOf(asOf),
    changes: numberOf(waiting),
    quarantined: numberOf(quarantined),
  };
}
