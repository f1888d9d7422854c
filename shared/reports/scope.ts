/** Of whom does a report speak, and how far is what they sent applied? Read first, so that the numbers hold all that `asOf` promises. */
import { noSuchCreator } from '../api/refusals.ts';
import { type Days, everyDay } from '../fold/days.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Backlog } from '../store/backlog.ts';
import { type Partition, type Progress, progressOf, readPartition, readPosition } from '../store/partition.ts';
import { type Profile, readGenerationOf, readProfiles } from '../store/profiles.ts';
import { partitionOf, type Table } from '../store/table.ts';
import { type ZoneSpan, zoneAt } from '../time.ts';

export interface Scope extends Partition {
  profile: Profile;
  zones: ZoneSpan[];
  progress: Progress;
  /** Days whose numbers may move by what is accepted and not in them yet; all, while another generation is being filled. */
  moving: Days;
  /** When it was asked (ms). */
  now: number;
}

/** Seconds since an instant (ISO), rounded up. */
const ageOf = (since: string, now: number): number => Math.max(1, Math.ceil((now - Date.parse(since)) / 1000));

/** What an answer is made of and how far: enough to tell whether it is still the same. */
export type Glance = Pick<Scope, 'partition' | 'profile' | 'zones' | 'progress' | 'now'>;

/** A creator's profile with what `read` finds in the partition that reports read. Throws not_found for an unknown creator. */
async function openWith<Read>(table: Table, creatorId: string, read: (partition: string) => Promise<Read>) {
  // Most creators are in their first generation: it is read along, and again where that was wrong.
  const first = partitionOf(creatorId, 1);
  const [profiles, guessed] = await Promise.all([readProfiles(table, [creatorId]), read(first)]);
  const profile = profiles.get(creatorId);
  if (!profile) throw noSuchCreator();
  const partition = partitionOf(creatorId, readGenerationOf(profile));
  return { profile, partition, zones: profile.zones, read: partition === first ? guessed : await read(partition) };
}

/** Progress as reports tell it: while another generation is filled, as old as that takes. */
function toldProgress(backlog: Backlog, { reading }: Profile, now: number): Progress {
  const progress = progressOf(backlog, now);
  if (!reading) return progress;
  return { ...progress, lagSeconds: Math.max(progress.lagSeconds, ageOf(reading.since, now)), moving: everyDay };
}

/** A glance at a creator: three reads of a few hundred bytes. Throws not_found for an unknown creator. */
export async function openGlance(table: Table, creatorId: string, now: number): Promise<Glance> {
  const { read, ...opened } = await openWith(table, creatorId, (partition) => readPosition(table, partition));
  return { ...opened, progress: toldProgress(read, opened.profile, now), now };
}

/** The scope of a creator's report. Throws not_found for an unknown creator. */
export async function openScope(table: Table, creatorId: string, now: number): Promise<Scope> {
  const { read, ...opened } = await openWith(table, creatorId, (partition) => readPartition(table, partition));
  const progress = toldProgress(read.backlog, opened.profile, now);
  return { ...opened, table, merged: read.merged, pending: read.pending, progress, moving: progress.moving, now };
}

/** What every analytical answer carries. */
export function freshnessOf({ profile, zones, progress, now }: Scope) {
  return {
    creatorId: profile.creatorId,
    timeZone: zoneAt(zones, now),
    currency: profile.currency,
    asOf: progress.asOf || null,
    lagSeconds: progress.lagSeconds,
    definitionVersion: String(dictionary.latest),
  };
}
