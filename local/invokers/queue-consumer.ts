/** How does an event source mapping hand messages of a queue to a function: many at a time, a few runs at once, each failure alone? */
import type { QueueSpec } from '../deployment.ts';
import type { QueueMessage } from './queue-endpoint.ts';

export type QueueConsumerSpec = Pick<QueueSpec, 'batchSize' | 'windowSeconds' | 'concurrency' | 'isReportingItems'>;

interface Held {
  message: QueueMessage;
  since: number;
  done: () => void;
  failed: (reason: unknown) => void;
}

/**
 * Makes what a message is handed to: it waits until a batch is full or the window over, and resolves once its message is worked off; it
 * rejects where the run failed or named it as failed. Who keeps the messages hands one that failed over again.
 */
export function makeQueueConsumer(
  { batchSize, windowSeconds, concurrency, isReportingItems }: QueueConsumerSpec,
  invoke: (event: unknown) => Promise<unknown>,
): (message: QueueMessage) => Promise<void> {
  const waiting: Held[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    clearTimeout(timer);
    while (running < concurrency && waiting[0]) {
      const early = waiting[0].since + windowSeconds * 1000 - Date.now();
      if (waiting.length < batchSize && early > 0) {
        timer = setTimeout(look, early).unref();
        return;
      }
      running += 1;
      void deliver(waiting.splice(0, batchSize));
    }
  }

  async function deliver(batch: Held[]): Promise<void> {
    try {
      const answer = await invoke({ Records: batch.map(({ message }) => message) });
      const failed = isReportingItems ? failedIn(batch, answer) : new Set<string>();
      for (const held of batch)
        if (failed.has(held.message.messageId)) held.failed(new Error('the function reports that it failed'));
        else held.done();
    } catch (reason) {
      for (const held of batch) held.failed(reason);
    }
    running -= 1;
    look();
  }

  return (message) =>
    new Promise((done, failed) => {
      waiting.push({ message, since: Date.now(), done, failed });
      if (waiting.length === 1 || waiting.length >= batchSize) look();
    });
}

/** As in AWS, all of them failed where an identifier is empty or unknown. */
function failedIn(batch: readonly Held[], answer: unknown): ReadonlySet<string> {
  const failures = (answer as { batchItemFailures?: { itemIdentifier?: unknown }[] | null } | null)?.batchItemFailures ?? [];
  const ids = new Set(batch.map(({ message }) => message.messageId));
  const named = failures.map(({ itemIdentifier }) => String(itemIdentifier ?? ''));
  return named.every((id) => ids.has(id)) ? new Set(named) : ids;
}
