/**
 * How does the first import of a creator get in? As history, folded here and written in bulk into a generation that nobody knows. The profile
 * comes last, in one write: with it the creator is known, and all of the history counts; without it none of it does.
 */
import type { CloudEvent } from '../events/parse.ts';
import type { Track, Tracked } from '../ingest/accept.ts';
import { openHistory } from '../ingest/load-history.ts';
import type { Lake } from '../lake/store.ts';
import { newReport, type Tally, tally } from '../sources/files/import-report.ts';
import { creatorEvent, sellerCenterBatches } from '../sources/seller-center/events.ts';
import type { ImportPlan } from '../sources/seller-center/plan.ts';
import { listCreator } from '../store/creators.ts';
import { claimGeneration, removeGeneration } from '../store/histories.ts';
import { nextProfile, type Profile, putProfile } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import { markOf, openLoadNotes } from './notes.ts';

export interface LoadStores {
  table: Table;
  lake: Lake;
  /** Where it is noted what an undo has to take back. */
  uploads: Lake;
  /** Keeps where tracking numbers lead; where absent, they are dropped. */
  track?: Track | undefined;
}

/** Events that were loaded, those of them that count, and the others by reason. */
export interface Loaded {
  events: number;
  accepted: number;
  refused: Map<string, Tally>;
  /** What carriers had told of parcels in it before: to be sent behind it. */
  told: CloudEvent[];
}

/** Entities in memory at once; an order of a file is whole when it comes. */
const mostEntities = 4_000;
const recordsAFile = 10_000;
const eventsANote = 10_000;

/** Words for a reason begin with its code where the event itself was refused. */
function tallies(refused: { reason: string; subject: string }[]): Map<string, Tally> {
  const counts = new Map<string, Tally>();
  for (const { reason, subject } of refused) {
    const [, code = 'invalid', message = reason] = /^([a-z_]+): (.*)$/s.exec(reason) ?? [];
    tally(counts, code, `${subject}: ${message}`);
  }
  return counts;
}

/**
 * Loads all events of a plan for a creator that nobody knows. `note` is told how far it is, and last of all what it came to. Undefined where the
 * creator has become known meanwhile: nothing of it counts then, and it has to be sent.
 */
export async function loadImport(
  { table, lake, uploads, track }: LoadStores,
  plan: ImportPlan,
  { id, at }: { id: string; at: number },
  note: (so: Loaded) => Promise<void>,
): Promise<Loaded | undefined> {
  const { creatorId } = plan.shop;
  const generation = await claimGeneration(table, creatorId);
  const own = creatorEvent(plan);
  const profile: Profile = { ...(nextProfile(undefined, own) as Profile), generation, highest: generation, loadedBy: id };
  const receivedAt = new Date(at).toISOString();
  const load = openHistory(table, profile, { name: `import-${generation}`, receivedAt, lake, mostEntities, recordsAFile });
  await load.add([own]);
  const notes = openLoadNotes(uploads, { creatorId, id });
  let events = 0;
  let noted = 0;
  const told: CloudEvent[] = [];
  for await (const made of sellerCenterBatches(plan, { report: newReport(), now: at, isChecked: false })) {
    const batch = made.map((event) => ({ ...event, source: `${event.source}${markOf({ id })}` }));
    await load.add(batch);
    await notes.add(batch);
    told.push(...((await track?.(trackedIn(batch), at)) ?? []));
    events += batch.length;
    if (events - noted < eventsANote) continue;
    noted = events;
    await note({ events, accepted: 0, refused: new Map(), told });
  }
  await notes.end();
  const { refused } = await load.end();
  const so = { events, accepted: events - refused.length, refused: tallies(refused), told };
  await note(so);
  if (!(await putProfile(table, profile, undefined))) {
    await removeGeneration(table, creatorId, generation);
    return undefined;
  }
  await finishLoad(table, profile);
  return so;
}

/** Of these a carrier has nothing more to tell. */
const ended = new Set(['delivered', 'cancelled']);

/** Shipments under way whose number the file knows: of a history they are few. */
const trackedIn = (events: CloudEvent[]): Tracked[] =>
  events.flatMap((event) => {
    const { trackingkey, ...rest } = event;
    return trackingkey === undefined || ended.has(String(event.data.status)) ? [] : [{ event: rest, trackingKey: trackingkey }];
  });

/** What follows once the profile is there: the creator is listed, and what attempts before left is taken away. May be repeated. */
export async function finishLoad(table: Table, profile: Profile): Promise<void> {
  await listCreator(table, profile);
  for (let left = 1; left < profile.generation; left++) await removeGeneration(table, profile.creatorId, left);
}
