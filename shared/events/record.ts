/** What travels on the stream? An event and the stamp that collect gave it, once and immutably. */
import type { ZoneSpan } from '../time.ts';
import type { CloudEvent } from './parse.ts';

/** What a retry could otherwise see differently: it is read at acceptance and travels with the record. */
export interface Stamp {
  /** Version of the KPI definitions that count it. */
  definitions: number;
  /** Version of the creator's zones and currency, counted up by each change. */
  profile: number;
  zones: ZoneSpan[];
  currency: string;
  /** Generation of the creator's namespace in the KPI table. */
  generation: number;
  /** Number of the stream, counted up when a new stream replaces the old one. */
  epoch: number;
  /** When it was accepted (ISO, UTC). */
  receivedAt: string;
}

export interface StreamRecord {
  event: CloudEvent;
  stamp: Stamp;
}

/** What puts snapshots of one entity in order. */
export interface SnapshotOrder {
  version: number;
  definitions: number;
  profile: number;
  hash: string;
}

/** Is `a` newer than `b`? One total order in fold and SQL: version, then stamp (definitions, profile), then content. */
export function isNewer(a: SnapshotOrder, b: SnapshotOrder): boolean {
  if (a.version !== b.version) return a.version > b.version;
  if (a.definitions !== b.definitions) return a.definitions > b.definitions;
  if (a.profile !== b.profile) return a.profile > b.profile;
  return a.hash > b.hash;
}
