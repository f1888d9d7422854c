/** Of whom does a report speak, and how far is what they sent applied? Read first, so that the numbers hold all that `asOf` promises. */
import { noSuchCreator } from '../api/refusals.ts';
import { type Days, everyDay } from '../fold/days.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { type Partition, type Progress, progressOf, readPartition } from '../store/partition.ts';
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

/** The scope of a creator's report. Throws not_found for an unknown creator. */
export async function openScope(table: Table, creatorId: string, now: number): Promise<Scope> {
  // Most creators are in their first generation: its mark is read along, and again where that was wrong.
  const first = partitionOf(creatorId, 1);
  const [profiles, guessed] = await Promise.all([readProfiles(table, [creatorId]), readPartition(table, first)]);
  const profile = profiles.get(creatorId);
  if (!profile) throw noSuchCreator();
  const partition = partitionOf(creatorId, readGenerationOf(profile));
  const { pending, backlog } = partition === first ? guessed : await readPartition(table, partition);
  const read = progressOf(backlog, now);
  const progress = profile.reading ? { ...read, lagSeconds: Math.max(read.lagSeconds, ageOf(profile.reading.since, now)) } : read;
  const moving = profile.reading ? everyDay : read.moving;
  return { table, partition, pending, profile, zones: profile.zones, progress, moving, now };
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
