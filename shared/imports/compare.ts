/** What would events change? Each is held against what is stored of its entity: new, changed, as it is, or older than what is known. */
import { isTold, type ShopReach } from '../connections/shop-reach.ts';
import { contentHash } from '../events/facts.ts';
import { type CloudEvent, parseEvent } from '../events/parse.ts';
import { isNewer, type SnapshotOrder } from '../events/record.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { readEntities } from '../store/entities.ts';
import { type Profile, readGenerationOf } from '../store/profiles.ts';
import { partitionOf, type Table } from '../store/table.ts';
import type { TakenBack } from './notes.ts';

export type Change = 'created' | 'changed' | 'unchanged' | 'older';

/** Entities of a kind by what an import would do to them. */
export type Changes = { [change in Change]: number };

/** An event beside what is stored of its entity at the moment. */
export interface Held {
  event: CloudEvent;
  change: Change;
  /** A connected shop has told it itself: it is not sent. */
  isTold: boolean;
  /** The version under which it counts: its own, or where its entity was taken back meanwhile, one behind the snapshot that says so. */
  version: number;
  /** The order that it is a part of is stored itself. */
  isOfKnownOrder: boolean;
}

/** Payouts of an import: how many, and of how many the order is known. */
export interface Payouts {
  all: number;
  ofKnownOrders: number;
}

/** What an import is held against. */
export interface Against {
  table: Table;
  profile: Profile | undefined;
  /** What earlier imports changed and took back. */
  takenBack: ReadonlyMap<string, TakenBack>;
  /** What a connected shop has told itself; undefined where none is connected. */
  reach: ShopReach | undefined;
  /** Present instant (ms). */
  now: number;
}

/** What a stored snapshot stands for: where an import was taken back, for what was known before it. */
export function standsFor(stored: SnapshotOrder | undefined, taken: TakenBack | undefined): SnapshotOrder | undefined {
  if (!stored || stored.version !== taken?.version) return stored;
  return taken.before ? { ...stored, ...taken.before } : undefined;
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
export async function holdAgainst(events: CloudEvent[], { table, profile, takenBack, reach, now }: Against): Promise<Held[]> {
  if (!profile)
    return events.map((event) => ({
      event,
      change: 'created',
      isTold: false,
      version: event.entityversion,
      isOfKnownOrder: false,
    }));
  const parsed = events.map((event) => ({ event, parsed: parseEvent(event, now) }));
  const roots = parsed.flatMap((each) => (each.parsed.ok ? [each.parsed.subject.root] : []));
  const stored = await readEntities(table, partitionOf(profile.creatorId, readGenerationOf(profile)), roots);
  return parsed.map(({ event, parsed: read }): Held => {
    const { entityversion: own } = event;
    if (read.ok && read.entity.name === 'creator')
      return {
        event,
        change: changeOf(event, orderOfProfile(profile), profile),
        isTold: false,
        version: own,
        isOfKnownOrder: false,
      };
    const parts = read.ok ? stored.get(read.subject.root)?.parts : undefined;
    const isOfKnownOrder = parts?.order !== undefined;
    if (reach && isTold(event, reach)) return { event, change: 'older', isTold: true, version: own, isOfKnownOrder };
    const part = read.ok ? parts?.[read.subject.part] : undefined;
    const taken = takenBack.get(event.subject);
    const change = changeOf(event, standsFor(part, taken), profile);
    const isBehind = part !== undefined && part.version === taken?.version && (change === 'created' || change === 'changed');
    return { event, change, isTold: false, version: isBehind ? Math.max(own, part.version + 1) : own, isOfKnownOrder };
  });
}

/** Hands events on and counts by entity what they would change, and of payouts whether their orders are known. */
export async function* counting(
  events: AsyncIterable<CloudEvent>,
  into: Map<string, Changes>,
  payouts: Payouts,
  against: Against,
): AsyncGenerator<CloudEvent> {
  let batch: CloudEvent[] = [];
  const count = async (): Promise<void> => {
    for (const { event, change, isOfKnownOrder } of await holdAgainst(batch, against)) {
      const entity = event.type.split('.')[2] ?? '';
      if (entity === 'settlement') {
        payouts.all++;
        if (isOfKnownOrder) payouts.ofKnownOrders++;
      }
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
