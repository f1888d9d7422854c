/** What of a queue is accepted and not applied yet, since when, and which days may it still move? Pure: marks in, marks out. */
import { type Days, everyDay, mergeDays, packDays, unpackDays } from '../fold/days.ts';

/** Accepted records that came one soon after the other. */
export interface Group {
  /** Sequence of the last of them. */
  seq: string;
  /** Arrival (ms) of the first and of the last. */
  since: number;
  until: number;
  /** Days that applying them may move. */
  days: Days;
}

export interface Backlog {
  /** Sequences of the last record accepted and applied; '' before the first. */
  accepted: string;
  applied: string;
  /** Arrival (ISO) of the last record applied. */
  asOf: string;
  /** What waits, oldest first: no group between two others is left out. */
  groups: readonly Group[];
  /** Records that were put into quarantine, at least. */
  quarantined: number;
}

export interface Accepting {
  seq: string;
  /** Arrival (ms). */
  at: number;
  days: Days;
}

/** What a batch leaves: everything up to `seq` is in the numbers. Its entities may be written a moment later. */
export interface Mark {
  seq: string;
  /** Arrival (ISO) of its last record. */
  asOf: string;
  /** Days on which the entities of the batch contribute now: what waits may move them off again. */
  days: Days;
  /** Records of the batch that went into quarantine. */
  quarantined: number;
}

export const emptyBacklog: Backlog = { accepted: '', applied: '', asOf: '', groups: [], quarantined: 0 };

/**
 * A longer pause begins a new group. Inside a group nobody waits longer for the next record than this, so the arrival of the last record
 * applied tells the oldest one that is not to within this time.
 */
const longestPause = 3_000;
/** A group ends after this time, so that under a stream that never pauses days are given free again. */
const longestGroup = 15_000;
// All marks of a creator have to stay within a kilobyte, which is a write unit. Groups of a shard have no days, and are written seldom.
const mostGroups = { creator: 4, shard: 6 };

const joined = (a: Group, b: Group): Group => ({
  seq: b.seq,
  since: Math.min(a.since, b.since),
  until: Math.max(a.until, b.until),
  days: mergeDays(a.days, b.days),
});

/**
 * As many groups as are kept: those with the shortest pause between them become one, of equal pauses the shorter groups. What is told of
 * one that was joined over a pause may be older than what waits of it, never younger.
 */
function within(groups: Group[], most: number): Group[] {
  while (groups.length > most) {
    const costOf = (i: number): number => {
      const [a, b] = groups.slice(i, i + 2) as [Group, Group];
      return Math.max(longestPause, b.since - a.until) * 1e6 + (b.until - a.since);
    };
    let cheapest = 0;
    for (let i = 1; i < groups.length - 1; i++) if (costOf(i) < costOf(cheapest)) cheapest = i;
    const [a, b] = groups.slice(cheapest, cheapest + 2) as [Group, Group];
    groups.splice(cheapest, 2, joined(a, b));
  }
  return groups;
}

/** After records up to `seq` were put on the stream. Marks may come in any order, and after the records were applied. */
export function accept(known: Backlog, { seq, at, days }: Accepting, of: keyof typeof mostGroups = 'creator'): Backlog {
  const accepted = seq > known.accepted ? seq : known.accepted;
  if (seq <= known.applied) return { ...known, accepted };
  const groups = [...known.groups];
  const own: Group = { seq, since: at, until: at, days };
  const place = groups.findIndex((group) => group.seq >= seq);
  const group = place < 0 ? groups.at(-1) : groups[place];
  if (group && place >= 0) groups[place] = { ...joined(group, own), seq: group.seq };
  else if (group && at - group.until <= longestPause && at - group.since <= longestGroup)
    groups[groups.length - 1] = joined(group, own);
  else groups.push(own);
  return { ...known, accepted, groups: within(groups, mostGroups[of]) };
}

/** After everything up to `seq` was made durable. */
export function apply(known: Backlog, { seq, asOf, days, quarantined }: Mark): Backlog {
  if (seq <= known.applied) return known;
  const waiting = known.groups.filter((group) => group.seq > seq);
  const groups = waiting.map((group) => ({ ...group, days: mergeDays(group.days, days) }));
  return { ...known, applied: seq, asOf, groups, quarantined: known.quarantined + quarantined };
}

/** Arrival (ms) of the oldest record that waits, or some seconds before it; undefined where none does. */
export function oldestOf({ groups, asOf }: Backlog): number | undefined {
  if (!groups.length) return undefined;
  // Marks can come late, and their arrival lie before that of records in front of them.
  const since = Math.min(...groups.map((group) => group.since));
  // What waits of a group arrived after what is applied; of a group that nothing is applied of, `asOf` is before its beginning.
  return Math.max(since, Date.parse(asOf) || 0);
}

/** Upper estimate of the age in seconds of the oldest record that waits, one at least; 0 where none does. `now` in ms. */
export function lagOf(backlog: Backlog, now: number): number {
  const oldest = oldestOf(backlog);
  return oldest === undefined ? 0 : Math.max(1, Math.ceil((now - oldest) / 1000));
}

/** Days that what waits may move. */
export const movingDays = ({ groups }: Backlog): Days => mergeDays(...groups.map(({ days }) => days));

type Packed = [seq: string, since: string, length: string, days: string];

export const packGroups = (groups: readonly Group[]): string =>
  JSON.stringify(
    groups.map(({ seq, since, until, days }): Packed => [seq, since.toString(36), (until - since).toString(36), packDays(days)]),
  );

/** What waits, as stored; where code that knew no groups has accepted more since then, that waits too, and may move every day. */
export function unpackGroups(
  text: string,
  { accepted, applied }: { accepted: string; applied: string },
  pendingSince: number,
): Group[] {
  const groups = (text ? (JSON.parse(text) as Packed[]) : []).map(([seq, since, length, days]): Group => {
    const first = Number.parseInt(since, 36);
    return { seq, since: first, until: first + Number.parseInt(length, 36), days: unpackDays(days) };
  });
  const waiting = groups.filter(({ seq }) => seq > applied);
  const last = waiting.at(-1);
  if (accepted <= (last?.seq ?? applied)) return waiting;
  const since = last?.until ?? pendingSince;
  return [...waiting, { seq: accepted, since, until: since, days: everyDay }];
}
