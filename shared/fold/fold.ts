/** How do records change the totals? In order, each against the stored entity: the difference to what it told before, kept per record. */
import type { Entity } from '../events/entity.ts';
import { contentHash, factsOf } from '../events/facts.ts';
import { isNewer, type StreamRecord } from '../events/record.ts';
import type { Subject } from '../events/subject.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import { dayOf } from '../time.ts';
import { holds, valueAt } from './conditions.ts';
import { contributions } from './contributions.ts';
import { difference, type Move, movesOf } from './delta.ts';
import { emptyEntity, keep, type Part, type Row, type StoredEntity } from './parts.ts';

/** A valid record with its place in the stream. */
export interface Incoming {
  seq: string;
  record: StreamRecord;
  entity: Entity;
  subject: Subject;
}

/** A move as one record made it; kept apart per record, so that a retry can leave out what an item already has. */
export interface RecordedMove extends Move {
  seq: string;
}

export interface Folded {
  /** Moves by item, in order of the records. */
  moves: Map<string, RecordedMove[]>;
  /** Entities with a newer version, and the first record that changed each. */
  changed: Map<string, { entity: StoredEntity; first: string }>;
  /** By `subject|day`, the roots whose contributions moved there. */
  touched: Map<string, Set<string>>;
  /** Records that could not contribute, with the reason. */
  refused: { seq: string; reason: string }[];
}

/** Thrown before any write when a record or a stored part was counted by definitions this code does not know yet. */
export class UnknownDefinitions extends Error {}

/** Refuses definitions versions that only newer code knows: the batch waits for that code. */
export function requireKnown(version: number, dictionary: Dictionary): void {
  if (version > dictionary.latest)
    throw new UnknownDefinitions(
      `definitions version ${version} is not known here (newest is ${dictionary.latest}): deploy aggregate before collect`,
    );
}

// An item of DynamoDB holds 400 KB. A row or a part takes some 60 bytes of it, deflated: these limits leave half of it free.
const mostRows = 3000;
const mostParts = 500;

/** Refuses what would no longer fit into its item: left alone, it would fail for ever and hold up everything behind it. */
function requireRoom({ parts, told }: StoredEntity): void {
  if (told.length > mostRows || Object.keys(parts).length > mostParts)
    throw new RangeError(`too large: an item holds at most ${mostParts} parts and ${mostRows} rows of contributions`);
}

/** Deadline (ISO, UTC) of an item that is open under its order's own definitions, else undefined. */
export function dueOf(parts: StoredEntity['parts'], dictionary: Dictionary = declared): string | undefined {
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

/**
 * Folds one creator's records, in the order of the stream, into moves of items and changed entities. Pure: `entities` holds what is
 * stored of every root named by a record, and is not changed. Throws UnknownDefinitions; a record that cannot contribute is refused.
 */
export function fold(
  records: Incoming[],
  entities: ReadonlyMap<string, StoredEntity>,
  dictionary: Dictionary = declared,
): Folded {
  const folded: Folded = { moves: new Map(), changed: new Map(), touched: new Map(), refused: [] };
  for (const incoming of records) {
    const { seq, subject, record } = incoming;
    const stored = folded.changed.get(subject.root)?.entity ?? entities.get(subject.root) ?? emptyEntity();
    if (seq <= stored.seq) continue;
    requireKnown(record.stamp.definitions, dictionary);
    for (const part of Object.values(stored.parts)) requireKnown(part.definitions, dictionary);
    let next: StoredEntity;
    let rows: Row[];
    let moves: Move[];
    try {
      const part = partOf(incoming, dictionary);
      const known = stored.parts[subject.part];
      if (known && !isNewer(part, known)) continue;
      const parts = { ...stored.parts, [subject.part]: part };
      next = { seq, parts, told: contributions(parts, dictionary), due: dueOf(parts, dictionary) };
      requireRoom(next);
      rows = difference(stored.told, next.told);
      // Laying them out can fail too, on a day that is none: one record's fault must not hold up its neighbours.
      moves = movesOf(rows, record.event.entityversion, record.stamp.zones);
    } catch (error) {
      folded.refused.push({ seq, reason: error instanceof Error ? error.message : String(error) });
      continue;
    }
    for (const move of moves) {
      const known = folded.moves.get(move.item);
      if (known) known.push({ ...move, seq });
      else folded.moves.set(move.item, [{ ...move, seq }]);
    }
    for (const [kpiSubject, at] of rows) {
      const key = `${kpiSubject}|${dayOf(at)}`;
      const roots = folded.touched.get(key) ?? new Set<string>();
      folded.touched.set(key, roots.add(subject.root));
    }
    folded.changed.set(subject.root, { entity: next, first: folded.changed.get(subject.root)?.first ?? seq });
  }
  return folded;
}
