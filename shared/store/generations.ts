/** What if records were lost? A new generation is filled beside the one that is read, then reads switch at once; and the way back. */
import { changeProfile, type Profile, readProfiles } from './profiles.ts';
import type { Table } from './table.ts';

/** Collect sends to a new, empty generation from now on; reports go on reading the old one, and say how old it is. `now` in ms. */
export function openGeneration(table: Table, creatorId: string, now: number): Promise<Profile> {
  return changeProfile(table, creatorId, (known) => {
    const highest = Math.max(known.highest ?? 0, known.generation) + 1;
    const reading = known.reading ?? { generation: known.generation, since: new Date(now).toISOString() };
    return { ...known, generation: highest, highest, reading };
  });
}

/**
 * Reports read what collect fills, at once, after `untilFilled` has resolved for that generation. Nothing changes where they do already.
 * Throws not_found for an unknown creator.
 */
export async function switchReads(
  table: Table,
  creatorId: string,
  untilFilled: (generation: number) => Promise<void>,
): Promise<Profile> {
  const known = (await readProfiles(table, [creatorId])).get(creatorId);
  if (known) await untilFilled(known.generation);
  return changeProfile(table, creatorId, ({ reading, ...known }) => ({
    ...known,
    ...(reading ? { previous: reading.generation } : {}),
  }));
}

/**
 * Back to the generation that was read before: reports read it and collect fills it again. What came in between is not in it until the
 * newest snapshots are replayed. Throws RangeError where there is none.
 */
export function goBack(table: Table, creatorId: string): Promise<Profile> {
  return changeProfile(table, creatorId, ({ reading, previous, ...known }) => {
    if (reading) return { ...known, generation: reading.generation, ...(previous === undefined ? {} : { previous }) };
    if (previous === undefined) throw new RangeError(`${creatorId} has no generation before the one that is read`);
    return { ...known, generation: previous, previous: known.generation };
  });
}
