/** What has changed since last time? Read in the order of change, remembered page by page, so that it goes on wherever it was broken off. */
import type { CloudEvent } from '../../events/parse.ts';
import type { Raw } from '../record.ts';
import { endlessGuard, type Page } from './client.ts';
import { TikTokShopError } from './error.ts';

/** How far a stream was read. */
export interface Checkpoint {
  /** Everything that changed before this second has been handed on. */
  readUntil: number;
  /** It was read to the end; false where it broke off in the middle. */
  isComplete: boolean;
  /** It belongs to the first reading: the list was never read to its end before. */
  isFirst: boolean;
}

/** Where checkpoints are kept, by the name of the stream. Two pollers of one stream only repeat each other. */
export interface Checkpoints {
  get(stream: string): Promise<Checkpoint | undefined>;
  put(stream: string, checkpoint: Checkpoint): Promise<void>;
}

/** Takes events; once it has answered they are kept for good. May be given the same events again. */
export type Sink = (events: CloudEvent[]) => Promise<void>;

/** A list of records in the order of their change. Times are Unix seconds; a window begins at `from` and ends before `to`. */
export interface Stream {
  name: string;
  read(window: { from: number; to: number }, token: string | undefined): Promise<Page>;
  changedAt(record: Raw): number;
  /** What the records of a page are as events, with all that has to be read besides; `isFirst` until the stream was read to its end once. */
  events(records: Raw[], isFirst: boolean): Promise<CloudEvent[]>;
}

export interface PollOptions {
  checkpoints: Checkpoints;
  sink: Sink;
  /** First second that is of interest, where nothing was read yet. */
  since: number;
  /** In ms. */
  now: () => number;
  /** How much of the last poll is read again: a change may show in the list a little later than it says. How long is to be confirmed. */
  overlapSeconds?: number;
  /** Longest window that is asked for at once. Whether the vendor has a limit is to be confirmed. */
  windowSeconds?: number;
}

const aDay = 86_400;
/** Pages of records that all changed in one and the same second. */
const mostOfOneSecond = 1000;

interface Step {
  records: Raw[];
  readUntil: number;
}

/**
 * The records of a window. After each page the next one is asked for by the time of the last record and not by page token: records that
 * change meanwhile move to the end of the list, and a token that counts places would then step over those that moved up. Only where a whole
 * page changed within one second the token leads on. Throws TikTokShopError where pages do not end or are not in order.
 */
async function* stepsOf({ name, read, changedAt }: Stream, from: number, to: number): AsyncGenerator<Step> {
  let start = from;
  let token: string | undefined;
  let endless = endlessGuard(name, mostOfOneSecond);
  for (;;) {
    const { items, next } = await read({ from: start, to }, token);
    const times = items.map(changedAt);
    if (times.some((time, i) => time < (times[i - 1] ?? 0)))
      throw new TikTokShopError({
        call: name,
        remedy: 'give up',
        says: 'the list is not in the order of change that was asked for',
      });
    if (next === undefined) {
      yield { records: items, readUntil: to };
      return;
    }
    const last = times.at(-1) ?? start;
    yield { records: items, readUntil: Math.max(start, last) };
    if (last > start) {
      start = last;
      token = undefined;
      endless = endlessGuard(name, mostOfOneSecond);
    } else {
      token = next;
      endless(token);
    }
  }
}

/**
 * Reads a stream up to now. Checkpoint is stored after the sink has taken a page: what is broken off goes on there, and a page between the two is
 * handed on twice, which changes nothing. Throws what the stream, the sink or the store throws.
 */
export async function poll(
  stream: Stream,
  { checkpoints, sink, since, now, overlapSeconds = 600, windowSeconds = 7 * aDay }: PollOptions,
): Promise<void> {
  const known = await checkpoints.get(stream.name);
  const until = Math.floor(now() / 1000);
  const isFirst = !known || (known.isFirst && !known.isComplete);
  let from = known ? Math.max(since, known.readUntil - (known.isComplete ? overlapSeconds : 0)) : since;
  while (from < until) {
    const to = Math.min(until, from + windowSeconds);
    for await (const { records, readUntil } of stepsOf(stream, from, to)) {
      const events = records.length ? await stream.events(records, isFirst) : [];
      if (events.length) await sink(events);
      await checkpoints.put(stream.name, { readUntil, isComplete: readUntil >= until, isFirst });
    }
    from = to;
  }
}
