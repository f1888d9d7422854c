/** How do events get to the API? In batches, a creator's in order, again and again while the service is away. */
import type { CloudEvent } from '../../events/parse.ts';
import { type Tally, tally } from '../files/import-report.ts';
import { type BatchAnswer, sendBatch, type Target } from './send-batch.ts';

/** What the API holds for one request. */
const mostEvents = 500;
const mostBytes = 1_000_000;

export interface PostOptions {
  target: Target;
  /** Batches under way at once; the events of one creator are never in two of them. */
  queues?: number;
  onProgress?: (result: PostResult) => void;
  /** Told of every batch that was answered, with the answer. */
  onAnswer?: (batch: CloudEvent[], answer: BatchAnswer) => void;
  signal?: AbortSignal;
}

export interface PostResult {
  accepted: number;
  /** Refused events by code, with the API's words as examples. */
  rejected: Map<string, Tally>;
  batches: number;
  retries: number;
}

interface CreatorQueue {
  events: CloudEvent[];
  bytes: number;
  /** The batch under way; settles when the API has answered for it. */
  busy: Promise<void>;
}

function queueOf(creatorId: string, queues: CreatorQueue[]): CreatorQueue {
  let hash = 0;
  for (const char of creatorId) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return queues[Math.abs(hash) % queues.length] as CreatorQueue;
}

const isCreator = (event: CloudEvent | undefined): boolean => event?.type.includes('.creator.') ?? false;

/**
 * Posts events as they come; a slow API slows the source down. Answers what became of them.
 * Throws Unreachable when the service stayed away for the target's `timeoutMs`, ApiRefusal when it refuses whole requests.
 */
export async function postEvents(
  events: Iterable<CloudEvent> | AsyncIterable<CloudEvent>,
  options: PostOptions,
): Promise<PostResult> {
  const { target, queues: count = 4, onProgress, onAnswer, signal } = options;
  const result: PostResult = { accepted: 0, rejected: new Map(), batches: 0, retries: 0 };
  const queues = Array.from({ length: count }, (): CreatorQueue => ({ events: [], bytes: 2, busy: Promise.resolve() }));
  let failed: unknown;

  async function deliver(batch: CloudEvent[]): Promise<void> {
    const answer = await sendBatch(batch, target, () => result.retries++, signal);
    result.batches++;
    result.accepted += answer.accepted;
    for (const { index, code, message } of answer.rejected) tally(result.rejected, code, `${batch[index]?.subject}: ${message}`);
    onAnswer?.(batch, answer);
    onProgress?.(result);
  }

  /** Sends what a queue holds once its last batch is through. */
  async function flush(queue: CreatorQueue): Promise<void> {
    const batch = queue.events;
    if (batch.length === 0) return;
    queue.events = [];
    queue.bytes = 2;
    await queue.busy;
    if (failed) throw failed;
    queue.busy = deliver(batch).catch((error: unknown) => {
      failed ??= error;
    });
  }

  for await (const event of events) {
    signal?.throwIfAborted();
    if (failed) throw failed;
    const queue = queueOf(event.creatorid, queues);
    const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
    // A creator's own event goes ahead in a batch of its own kind: what follows then finds the creator.
    const isOther = queue.events.length > 0 && isCreator(queue.events.at(-1)) !== isCreator(event);
    if (isOther || queue.events.length >= mostEvents || queue.bytes + bytes > mostBytes) await flush(queue);
    queue.events.push(event);
    queue.bytes += bytes;
  }
  for (const queue of queues) await flush(queue);
  await Promise.all(queues.map((queue) => queue.busy));
  if (failed) throw failed;
  return result;
}
