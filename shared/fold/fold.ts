/** How do records change the totals? One after the other: each adds the difference between what its entity contributes now and what it contributed before. Kept per record. */
import { messageOf } from '../errors.ts';
import type { Entity } from '../events/entity.ts';
import { contentHash, factsOf } from '../events/facts.ts';
import { isNewer, type StreamRecord } from '../events/record.ts';
import type { Subject } from '../events/subject.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import { holds, valueAt } from './conditions.ts';
import { contributions } from './contributions.ts';
import { type Delta, deltasOf, difference } from './delta.ts';
import { emptyEntity, keep, livePartsOf, type Part, type StoredEntity } from './parts.ts';
import { requireRoom, requireStorable, TooLarge } from './storable.ts';

/**
 * When a snapshot was said (ms), to decide whether it restates a day that is over. A change is said when it was made; the first snapshot of
 * a part when the business says it happened, so that history imported years later restates nothing.
 */
const saidAt = ({ event }: StreamRecord, isChange: boolean): number =>
  isChange ? event.entityversion : Math.min(event.entityversion, Date.parse(event.time));

/** A valid record with its place in the stream. */
export interface Incoming {
  seq: string;
  record: StreamRecord;
  entity: Entity;
  subject: Subject;
}

/** What one record changes; kept apart per record, so that whoever has it already can leave it out. */
export interface Change {
  seq: string;
  /** Its order with all parts, or its other entity. */
  root: string;
  deltas: Delta[];
  /** That of its entity: see Voided. */
  era?: number;
}

/** What records of a root from `from` on changed in an earlier era does not count: one of them was refused, and those behind it were folded again. */
export interface Voided {
  root: string;
  from: string;
  era: number;
}

export interface Folded {
  /** In the order of the records; those that move no number are left out. */
  changes: Change[];
  /** By root: the entity with its newest snapshots, the first record that changed it, and its state after every record. */
  changed: Map<string, { entity: StoredEntity; first: string; steps: StoredEntity[] }>;
  voided: Voided[];
  /** Records that could not contribute, with the reason. */
  refused: { seq: string; reason: string; isTooLarge?: boolean }[];
}

/** A record or a stored part was counted by definitions this code does not know yet: the creator's records wait from `seq` on. */
export class UnknownDefinitions extends Error {
  /** The record that has to wait; '' where no record is known. */
  seq = '';
}

/** Refuses definitions versions that only newer code knows: the record waits for that code. */
function requireKnown(version: number, dictionary: Dictionary): void {
  if (version > dictionary.latest)
    throw new UnknownDefinitions(
      `definitions version ${version} is not known here (newest is ${dictionary.latest}): deploy aggregate before collect`,
    );
}

/** Deadline (ISO, UTC) of an item that is open under its order's own definitions, else undefined. */
export function dueOf(stored: StoredEntity['parts'], dictionary: Dictionary = declared): string | undefined {
  const parts = livePartsOf(stored);
  const part = dictionary.open && parts[dictionary.open.of];
  const open = part && dictionary.openAt(part.definitions);
  if (!open || !holds(open.while, part.facts, parts)) return undefined;
  const due = valueAt(open.due, part.facts, parts);
  return typeof due === 'string' ? new Date(due).toISOString() : undefined;
}

function partOf({ record, entity, subject }: Incoming, dictionary: Dictionary): Part {
  const { event, stamp } = record;
  return {
    version: event.entityversion,
    definitions: stamp.definitions,
    profile: stamp.profile,
    hash: contentHash(event.data),
    facts: keep(factsOf(entity, event, stamp), subject.part, stamp.definitions, dictionary),
  };
}

function requireAllKnown({ seq, record }: Incoming, stored: StoredEntity, dictionary: Dictionary): void {
  try {
    requireKnown(record.stamp.definitions, dictionary);
    for (const part of Object.values(stored.parts)) requireKnown(part.definitions, dictionary);
  } catch (error) {
    throw error instanceof UnknownDefinitions ? Object.assign(error, { seq }) : error;
  }
}

/**
 * Folds one creator's records, in the order of the stream, into what each changes and the entities as they are then. Pure: `entities` holds what is
 * stored of every root named by a record, and is not changed. Throws UnknownDefinitions; a record that cannot contribute is refused.
 */
export function fold(
  records: Incoming[],
  entities: ReadonlyMap<string, StoredEntity>,
  dictionary: Dictionary = declared,
): Folded {
  const folded: Folded = { changes: [], changed: new Map(), voided: [], refused: [] };
  for (const incoming of records) {
    const { seq, subject, record } = incoming;
    const stored = folded.changed.get(subject.root)?.entity ?? entities.get(subject.root) ?? emptyEntity();
    if (seq <= stored.seq) continue;
    requireAllKnown(incoming, stored, dictionary);
    const isRefused = stored.refused?.includes(seq);
    const refused = stored.refused?.filter((later) => later > seq);
    let next: StoredEntity;
    let deltas: Delta[];
    try {
      const part = partOf(incoming, dictionary);
      const known = stored.parts[subject.part];
      if (known && !isNewer(part, known)) continue;
      const parts = { ...stored.parts, [subject.part]: part };
      next = { seq, parts, contributions: contributions(parts, dictionary), due: dueOf(parts, dictionary) };
      requireRoom(next);
      if (refused?.length) next.refused = refused;
      if (stored.era) next.era = stored.era;
      // Laying rows out can fail too, on a date that does not exist: one record's fault must not hold up its neighbours.
      deltas = deltasOf(
        difference(stored.contributions, next.contributions),
        saidAt(record, known !== undefined),
        record.stamp.zones,
      );
      requireStorable(subject.root, next, deltas);
    } catch (error) {
      folded.refused.push({ seq, reason: messageOf(error), isTooLarge: error instanceof TooLarge });
      continue;
    }
    // A record that the store refused counts nothing: its entity keeps its state, and its sequence passes the record.
    const { root } = subject;
    const { era } = stored;
    if (isRefused) {
      next = { ...stored, seq, ...(refused ? { refused } : {}) };
      folded.voided.push({ root, from: seq, era: era ?? 1 });
    } else if (deltas.length) folded.changes.push({ seq, root, deltas, ...(era ? { era } : {}) });
    const { first = seq, steps = [] } = folded.changed.get(subject.root) ?? {};
    steps.push(next);
    folded.changed.set(subject.root, { entity: next, first, steps });
  }
  return folded;
}

/** Why a record could not count even if it were the first of its entity; undefined where it could. */
export function faultAlone(incoming: Incoming): { reason: string; isTooLarge: boolean } | undefined {
  const [refused] = fold([incoming], new Map()).refused;
  return refused && { reason: refused.reason, isTooLarge: refused.isTooLarge === true };
}
