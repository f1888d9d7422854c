/** What would events change? Each is held against what is stored of its entity: new, changed, as it is, or older than what is known. */
import { contentHash } from '../events/facts.ts';
import { type CloudEvent, parseEvent } from '../events/parse.ts';
import { isNewer, type SnapshotOrder } from '../events/record.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { readEntities } from '../store/entities.ts';
import { type Profile, readGenerationOf } from '../store/profiles.ts';
import { partitionOf, type Table } from '../store/table.ts';

export type Change = 'created' | 'changed' | 'unchanged' | 'older';

/** Entities of a kind by what an import would do to them. */
export type Changes = { [change in Change]: number };

/** An event beside what is stored of its entity at the moment. */
export interface Held {
  event: CloudEvent;
  change: Change;
  stored: SnapshotOrder | undefined;
}

const atOnce = 100;
const nothing = (): Changes => ({ created: 0, changed: 0, unchanged: 0, older: 0 });

function changeOf(event: CloudEvent, stored: SnapshotOrder | undefined, profile: Profile | undefined): Change {
  if (!stored) return 'created';
  const hash = contentHash(event.data);
  if (hash === stored.hash) return 'unchanged';
  const order = { version: event.entityversion, definitions: dictionary.latest, profile: profile?.revision ?? 1, hash };
  return isNewer(order, stored) ? 'changed' : 'older';
}

/** A profile in the order of snapshots. */
const orderOfProfile = ({ version, data, revision }: Profile): SnapshotOrder => ({
  version,
  definitions: dictionary.latest,
  profile: revision,
  hash: contentHash(data),
});

/** Events of one creator beside what is stored; those that the service would not take are held against nothing. */
export async function holdAgainst(
  events: CloudEvent[],
  table: Table,
  profile: Profile | undefined,
  now: number,
): Promise<Held[]> {
  if (!profile) return events.map((event) => ({ event, change: 'created', stored: undefined }));
  const parsed = events.map((event) => ({ event, parsed: parseEvent(event, now) }));
  const roots = parsed.flatMap((each) => (each.parsed.ok ? [each.parsed.subject.root] : []));
  const stored = await readEntities(table, partitionOf(profile.creatorId, readGenerationOf(profile)), roots);
  return parsed.map(({ event, parsed: read }) => {
    const isProfile = read.ok && read.entity.name === 'creator';
    const part = read.ok && !isProfile ? stored.get(read.subject.root)?.parts[read.subject.part] : undefined;
    const known = isProfile ? orderOfProfile(profile) : part;
    return { event, change: changeOf(event, known, profile), stored: known };
  });
}

/** Hands events on and counts by entity what they would change. `now` in ms. */
export async function* counting(
  events: AsyncIterable<CloudEvent>,
  into: Map<string, Changes>,
  { table, profile, now }: { table: Table; profile: Profile | undefined; now: number },
): AsyncGenerator<CloudEvent> {
  let batch: CloudEvent[] = [];
  const count = async (): Promise<void> => {
    for (const { event, change } of await holdAgainst(batch, table, profile, now)) {
      const entity = event.type.split('.')[2] ?? '';
      const counts = into.get(entity) ?? nothing();
      counts[change]++;
      into.set(entity, counts);
    }
    batch = [];
  };
  for await (const event of events) {
    if (batch.push(event) >= atOnce) await count();
    yield event;
  }
  await count();
}
