/** How do events get to the API? In batches, a creator's in order, again and again while the service is away. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { type Tally, tally } from './import-report.ts';
import { sendBatch, type Target } from './send-batch.ts';

/** What the API holds for one request. */
const mostEvents = 500;
const mostBytes = 1_000_000;

export interface PostOptions {
  target: Target;
  /** Batches under way at once; the events of one creator are never in two of them. */
  lanes?: number;
  onProgress?: (result: PostResult) => void;
  signal?: AbortSignal;
}

export interface PostResult {
  accepted: number;
  /** Refused events by code, with the API's words as examples. */
  rejected: Map<string, Tally>;
  batches: number;
  retries: number;
}

interface Lane {
  events: CloudEvent[];
  bytes: number;
  /** The batch under way; settles when the API has answered for it. */
  busy: Promise<void>;
}

function laneOf(creatorId: string, lanes: Lane[]): Lane {
  let hash = 0;
  for (const char of creatorId) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return lanes[Math.abs(hash) % lanes.length] as Lane;
}

const isCreator = (event: CloudEvent | undefined): boolean => event?.type.includes('.creator.') ?? false;

/**
 * Posts events as they come; a slow API slows the source down. Answers what became of them.
 * Throws Unreachable when the service stayed away for the target's patience, ApiRefusal when it refuses whole requests.
 */
export async function postEvents(
  events: Iterable<CloudEvent> | AsyncIterable<CloudEvent>,
  options: PostOptions,
): Promise<PostResult> {
  const { target, lanes: count = 4, onProgress, signal } = options;
  const result: PostResult = { accepted: 0, rejected: new Map(), batches: 0, retries: 0 };
  const lanes = Array.from({ length: count }, (): Lane => ({ events: [], bytes: 2, busy: Promise.resolve() }));
  let failed: unknown;

  async function deliver(batch: CloudEvent[]): Promise<void> {
    const answer = await sendBatch(batch, target, () => result.retries++, signal);
    result.batches++;
    result.accepted += answer.accepted;
    for (const { index, code, message } of answer.rejected) tally(result.rejected, code, `${batch[index]?.subject}: ${message}`);
    onProgress?.(result);
  }

  /** Sends what a lane holds once its last batch is through. */
  async function flush(lane: Lane): Promise<void> {
    const batch = lane.events;
    if (batch.length === 0) return;
    lane.events = [];
    lane.bytes = 2;
    await lane.busy;
    if (failed) throw failed;
    lane.busy = deliver(batch).catch((error: unknown) => {
      failed ??= error;
    });
  }

  for await (const event of events) {
    if (failed) throw failed;
    const lane = laneOf(event.creatorid, lanes);
    const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
    // A creator's own event goes ahead in a batch of its own kind: what follows then finds the creator.
    const isOther = lane.events.length > 0 && isCreator(lane.events.at(-1)) !== isCreator(event);
    if (isOther || lane.events.length >= mostEvents || lane.bytes + bytes > mostBytes) await flush(lane);
    lane.events.push(event);
    lane.bytes += bytes;
  }
  for (const lane of lanes) await flush(lane);
  await Promise.all(lanes.map((lane) => lane.busy));
  if (failed) throw failed;
  return result;
}
