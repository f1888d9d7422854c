/** What happens in the demo shops while someone watches? History goes on in real time, and beside it orders come every few seconds and live fast. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import type { Target } from '../../shared/sources/post/send-batch.ts';
import { fastLifecycle } from './fast-lifecycle.ts';
import type { DemoOptions } from './history.ts';
import { aMinute, type OrderLifecycle } from './lifecycle.ts';
import { momentsOf, newsOf } from './lifecycle-events.ts';
import { makeNews } from './news.ts';
import { randomOf } from './random.ts';

export interface LiveMark {
  /** Instant (ms) through which history's news was posted. */
  through: number;
  /** When the orders were placed that still live fast: all that is needed to live on. */
  fast: number[];
}

export interface LiveOptions {
  demo: DemoOptions;
  target: Target;
  signal: AbortSignal;
  /** How far an earlier run was; the end of history where absent. */
  mark?: LiveMark;
  /** Told how far it is, so that a later run can go on from there. */
  onMark?: (mark: LiveMark) => void;
  /** Clock (ms); the machine's where absent. */
  now?: () => number;
  /** Mean seconds between two orders at first; they come slower as time goes by, so that a night does not drown the year. */
  everySeconds?: number;
  /** Milliseconds between two looks at the clock. */
  pace?: number;
  /** Told of what could not be sent; it is sent later. */
  log?: (line: string) => void;
}

// Fast lifecycles end within minutes; a cap keeps a service that is away for long from piling them up.
const mostFastLives = 300;

/** Runs until the signal is aborted; never throws for a service that is away. */
export async function generateLive(options: LiveOptions): Promise<void> {
  const { demo, target, signal, onMark, now = Date.now, everySeconds = 5, pace = 1000, log = () => {} } = options;
  const began = now();
  const random = randomOf(demo.seed, 'trickle', began);
  const newsOfHistory = makeNews(demo);
  let { through } = options.mark ?? { through: demo.now };
  // By the instant of placing, with the instant through which each was posted.
  const fast = new Map<number, { lifecycle: OrderLifecycle; through: number }>();
  for (const placedAt of options.mark?.fast ?? []) fast.set(placedAt, { lifecycle: fastLifecycle(demo, placedAt), through: 0 });
  let nextOrder = began;

  const mark = () => onMark?.({ through, fast: [...fast.keys()] });

  function placeOrder(at: number): void {
    if (at < nextOrder) return;
    const slower = 1 + (at - began) / (10 * aMinute);
    nextOrder = at + everySeconds * 1000 * slower * -Math.log(1 - random());
    if (fast.size >= mostFastLives || fast.has(at)) return;
    fast.set(at, { lifecycle: fastLifecycle(demo, at), through: 0 });
    mark();
  }

  async function post(events: CloudEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { rejected } = await postEvents(events, { target, signal });
    for (const [code, { examples }] of rejected) log(`demo: ${code}: ${examples[0]}`);
  }

  async function step(at: number): Promise<void> {
    placeOrder(at);
    await post([...fast.values()].flatMap((each) => newsOf(each.lifecycle, each.through, at)));
    for (const [placedAt, each] of fast) {
      each.through = at;
      if ((momentsOf(each.lifecycle).at(-1) ?? 0) <= at) fast.delete(placedAt);
    }
    if (at - through < aMinute) return;
    await post([...newsOfHistory(through, at)]);
    through = at;
    mark();
  }

  while (!signal.aborted) {
    // What failed is still news at the next step.
    await step(now()).catch((error: unknown) => {
      if (!signal.aborted) log(`demo: ${error instanceof Error ? error.message : String(error)}`);
    });
    await sleep(pace, undefined, { signal }).catch(() => {});
  }
}
