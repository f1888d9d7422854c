/** Are messages of a queue handed over as an event source mapping does: many at once, few runs, each failure alone? */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEventQueue } from '../../local/invokers/event-queue.ts';
import { makeQueueConsumer, type QueueConsumerSpec } from '../../local/invokers/queue-consumer.ts';
import type { QueueMessage } from '../../local/invokers/queue-endpoint.ts';

const spec = { batchSize: 3, windowSeconds: 0, concurrency: 1, isReportingItems: true };
const message = (n: number): QueueMessage => ({ messageId: `m-${n}`, body: String(n) });

/** A consumer whose runs end when the test says so. */
function consumer(more: Partial<QueueConsumerSpec> = {}) {
  const runs: { bodies: string[]; end: (answer?: unknown) => void; fail: (reason: unknown) => void }[] = [];
  const hand = makeQueueConsumer({ ...spec, ...more }, (event) => {
    const bodies = (event as { Records: QueueMessage[] }).Records.map(({ body }) => body);
    return new Promise((end, fail) => runs.push({ bodies, end, fail }));
  });
  return { runs, hand };
}

test('what comes while a run goes on is handed over together, no more than a batch', async () => {
  const { runs, hand } = consumer();
  const all = [0, 1, 2, 3, 4].map((n) => hand(message(n)));
  expect(runs.map(({ bodies }) => bodies)).toEqual([['0']]);
  for (let at = 0; at < 3; at++) {
    await expect.poll(() => runs.length).toBe(at + 1);
    runs[at]?.end({ batchItemFailures: [] });
  }
  await Promise.all(all);
  expect(runs.map(({ bodies }) => bodies)).toEqual([['0'], ['1', '2', '3'], ['4']]);
});

test('no more runs go on at once than the mapping allows', () => {
  const { runs, hand } = consumer({ concurrency: 2, batchSize: 1 });
  for (let n = 0; n < 5; n++) void hand(message(n));
  expect(runs).toHaveLength(2);
});

test('a batch that is not full waits for the window, one that is full does not', async () => {
  const slow = consumer({ windowSeconds: 600 });
  void slow.hand(message(0));
  void slow.hand(message(1));
  expect(slow.runs).toHaveLength(0);
  void slow.hand(message(2));
  expect(slow.runs.map(({ bodies }) => bodies)).toEqual([['0', '1', '2']]);
  const quick = consumer({ windowSeconds: 0.02 });
  void quick.hand(message(0));
  await expect.poll(() => quick.runs.length).toBe(1);
});

test.each([
  [
    'the one that the function names fails alone',
    (run: { end: (answer: unknown) => void }) => run.end({ batchItemFailures: [{ itemIdentifier: 'm-1' }] }),
    [true, false, true],
  ],
  [
    'all fail where it names one that was not there',
    (run: { end: (answer: unknown) => void }) => run.end({ batchItemFailures: [{ itemIdentifier: 'x' }] }),
    [false, false, false],
  ],
  [
    'all fail where the run does',
    (run: { fail: (reason: unknown) => void }) => run.fail(new Error('killed')),
    [false, false, false],
  ],
  ['none fails where it answers nothing', (run: { end: (answer: unknown) => void }) => run.end(null), [true, true, true]],
])('%s', async (_, end, expected) => {
  const { runs, hand } = consumer({ windowSeconds: 600 });
  const all = Promise.allSettled([0, 1, 2].map((n) => hand(message(n))));
  if (runs[0]) end(runs[0]);
  expect((await all).map(({ status }) => status === 'fulfilled')).toEqual(expected);
});

test('what waits for its batch when the runtime is killed is handed over by the next one, and what fails comes again alone', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'queue-')), 'events.json');
  const open = (hand: (message: QueueMessage) => Promise<void>) =>
    openEventQueue({ invoke: (_, event) => hand(event as QueueMessage), file, log: () => {}, pauses: [1, 1] });
  const killed = open(consumer({ windowSeconds: 600 }).hand);
  for (const n of [0, 1]) killed.add('webhooks', message(n));
  killed.stop();
  const seen: string[][] = [];
  const next = open(
    makeQueueConsumer({ ...spec, windowSeconds: 0.02 }, async (event) => {
      const messages = (event as { Records: QueueMessage[] }).Records;
      seen.push(messages.map(({ body }) => body));
      return { batchItemFailures: seen.length === 1 ? [{ itemIdentifier: 'm-1' }] : [] };
    }),
  );
  await expect.poll(() => seen).toEqual([['0', '1'], ['1']]);
  next.stop();
});
