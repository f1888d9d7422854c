/** What is marked of a batch that is on the stream? Of each creator how far it goes and which days it may move, of each shard how far. */
import type { Entity, Facts } from '../events/entity.ts';
import { factsOf } from '../events/facts.ts';
import type { CloudEvent } from '../events/parse.ts';
import type { Subject } from '../events/subject.ts';
import { type Days, daysOfEntity, daysOfFacts, mergeDays, noDays } from '../fold/days.ts';
import { keep } from '../fold/parts.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { eachLimit } from '../map-limit.ts';
import { readEntities } from '../store/entities.ts';
import type { Profile } from '../store/profiles.ts';
import { markAccepted } from '../store/progress.ts';
import { markShard } from '../store/settled.ts';
import { partitionOf, type Table } from '../store/table.ts';

/** An event with its place on the stream. */
export interface Put {
  event: CloudEvent;
  entity: Entity;
  subject: Subject;
  profile: Profile;
  seq: string;
  shardId: string;
}

/** How far a creator's events of a batch go: what is counted of them can be told by it. */
export interface Position {
  creatorId: string;
  position: string;
  /** Records of this creator that are in quarantine. */
  quarantined: number;
}

const marksAtOnce = 8;

const newestOf = (put: Put[]): string =>
  put
    .map(({ seq }) => seq)
    .sort()
    .at(-1) ?? '';

/** Days of the facts that would be stored of it. What has none that can be told is refused by the fold, and moves nothing. */
function daysOfEvent({ event, entity, subject, profile }: Put): Days {
  let facts: Facts;
  try {
    facts = factsOf(entity, event, { ...profile, definitions: dictionary.latest });
  } catch {
    return noDays;
  }
  return daysOfFacts(keep(facts, subject.part, dictionary.latest));
}

/** What applying them may move: days that they name, and those on which their entities stand now. */
function touchingOf(table: Table, partition: string, put: Put[]) {
  const roots = new Set(put.map(({ subject }) => subject.root));
  return {
    days: mergeDays(...put.map(daysOfEvent)),
    stored: async () => mergeDays(...(await readEntities(table, partition, roots)).values().map(daysOfEntity)),
  };
}

/** Marks a batch before it is answered; throws when a mark fails. `receivedAt`: arrival (ISO); `latest` as of markShard. */
export async function markBatch(
  table: Table,
  put: Put[],
  epoch: number,
  receivedAt: string,
  latest?: Map<string, number>,
): Promise<Position[]> {
  const byPartition = Map.groupBy(put, ({ profile }) => partitionOf(profile.creatorId, profile.generation));
  const byShard = Map.groupBy(put, ({ shardId }) => shardId);
  const positions: Position[] = [];
  const marks = [
    ...byPartition.entries().map(([partition, some]) => async () => {
      const position = newestOf(some);
      const { quarantined } = await markAccepted(table, partition, position, receivedAt, touchingOf(table, partition, some));
      positions.push({ creatorId: some[0]?.profile.creatorId ?? '', position, quarantined });
    }),
    ...byShard.entries().map(([shardId, some]) => async () => {
      await markShard(table, { epoch, shardId }, newestOf(some), receivedAt, latest);
    }),
  ];
  const unmarked = await eachLimit(marks, marksAtOnce, (mark) => mark());
  if (unmarked[0]) throw unmarked[0].error;
  return positions.sort((a, b) => (a.creatorId < b.creatorId ? -1 : 1));
}
