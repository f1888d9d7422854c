/** How do the events of an import get in? Batch by batch through the door of POST /v1/events, each noted when it has been taken. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CloudEvent } from '../events/parse.ts';
import { acceptBatch, type Collector } from '../ingest/accept.ts';
import { type Tally, tally } from '../sources/files/import-report.ts';

const mostEvents = 500;
const mostBytes = 1_000_000;
const mostTries = 6;

export interface Door {
  collector: Collector;
  /** The present instant in ms. */
  clock: () => number;
  /** Events of a batch at most; as many as the API takes where absent. */
  batchEvents?: number;
}

/** How far an import is: events sent, in their order, those of them that were taken, and the others by reason. */
export interface Sent {
  sent: number;
  accepted: number;
  refused: Map<string, Tally>;
}

/** Batches as the API takes them at once. */
async function* batchesOf(events: AsyncIterable<CloudEvent>, most: number): AsyncGenerator<CloudEvent[]> {
  let batch: CloudEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (batch.length > 0 && (batch.length >= most || bytes + size > mostBytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function* without(events: AsyncIterable<CloudEvent>, first: number): AsyncGenerator<CloudEvent> {
  let n = 0;
  for await (const event of events) if (n++ >= first) yield event;
}

/** Sends a batch; what the stream does not take at the moment is sent again, and thrown for in the end. */
async function sendBatch(batch: CloudEvent[], collector: Collector, clock: () => number, so: Sent): Promise<void> {
  let left = batch;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt >= mostTries) throw new Error('The stream does not take the events: the import goes on when it is run again.');
    if (attempt > 0) await wait(250 * 2 ** attempt);
    const { rejected } = await acceptBatch(left, collector, clock());
    const later = rejected.filter(({ code }) => code === 'unavailable');
    for (const { index, code, message } of rejected)
      if (code !== 'unavailable') tally(so.refused, code, `${left[index]?.subject}: ${message}`);
    so.accepted += left.length - rejected.length;
    left = later.flatMap(({ index }) => left[index] ?? []);
  }
}

/**
 * Sends the events behind those that were sent before: the same files give the same events in the same order. `note` is told after each
 * batch; `prepare` makes of a batch, by its place, what is sent. A batch that was taken and not noted is sent again, which changes nothing: its snapshots are known.
 */
export async function sendEvents(
  events: AsyncIterable<CloudEvent>,
  { collector, clock, batchEvents = mostEvents }: Door,
  before: Sent,
  note: (so: Sent) => Promise<void>,
  prepare: (batch: CloudEvent[], place: number) => Promise<CloudEvent[]> = async (batch) => batch,
): Promise<Sent> {
  const so = { ...before };
  for await (const batch of batchesOf(without(events, before.sent), batchEvents)) {
    await sendBatch(await prepare(batch, so.sent), collector, clock, so);
    so.sent += batch.length;
    await note(so);
  }
  return so;
}
