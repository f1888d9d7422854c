/** What happens in the demo shops while someone watches? History goes on in real time, and beside it orders come every few seconds and live fast. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { postEvents } from '../post-events.ts';
import type { Target } from '../send-batch.ts';
import { fastLife } from './fast-life.ts';
import type { DemoOptions } from './history.ts';
import { aMinute, type Life } from './life.ts';
import { momentsOf, newsOf } from './life-events.ts';
import { makeNews } from './news.ts';
import { randomOf } from './random.ts';

export interface TrickleOptions {
  demo: DemoOptions;
  target: Target;
  signal: AbortSignal;
  /** Instant (ms) through which everything was posted by an earlier run; the end of history where absent. */
  since?: number;
  /** Told now and then how far it is, so that a later run can go on from there. */
  onThrough?: (at: number) => void;
  /** Clock (ms); the machine's where absent. */
  now?: () => number;
  /** Mean seconds between two orders at first; they come slower as time goes by, so that a night does not drown the year. */
  everySeconds?: number;
  /** Milliseconds between two looks at the clock. */
  pace?: number;
  /** Told of what could not be sent; it is sent later. */
  tell?: (line: string) => void;
}

// Fast lives end within minutes; a cap keeps a service that is away for long from piling them up.
const mostFastLives = 300;

/** Runs until the signal is aborted; never throws for a service that is away. */
export async function trickle(options: TrickleOptions): Promise<void> {
  const { demo, target, signal, onThrough, now = Date.now, everySeconds = 5, pace = 1000, tell = () => {} } = options;
  const began = now();
  const random = randomOf(demo.seed, 'trickle', began);
  const newsOfHistory = makeNews(demo);
  let fast: Life[] = [];
  let nextOrder = began;
  let through = began;
  let historyThrough = options.since ?? demo.now;

  function newOrders(at: number): void {
    if (at < nextOrder) return;
    if (fast.length < mostFastLives) fast.push(fastLife(demo, at));
    const slower = 1 + (at - began) / (10 * aMinute);
    nextOrder = at + everySeconds * 1000 * slower * -Math.log(1 - random());
  }

  async function post(events: CloudEvent[]): Promise<void> {
    const { rejected } = await postEvents(events, { target, signal });
    for (const [code, { examples }] of rejected) tell(`demo: ${code}: ${examples[0]}`);
  }

  async function step(at: number): Promise<void> {
    newOrders(at);
    const news = fast.flatMap((life) => newsOf(life, through, at));
    if (news.length > 0) await post(news);
    through = at;
    fast = fast.filter((life) => (momentsOf(life).at(-1) ?? 0) > at);
    if (at - historyThrough < aMinute) return;
    const ofHistory = [...newsOfHistory(historyThrough, at)];
    if (ofHistory.length > 0) await post(ofHistory);
    historyThrough = at;
    onThrough?.(at);
  }

  while (!signal.aborted) {
    // What failed is still news at the next step.
    await step(now()).catch((error: unknown) => {
      if (!signal.aborted) tell(`demo: ${error instanceof Error ? error.message : String(error)}`);
    });
    await sleep(pace, undefined, { signal }).catch(() => {});
  }
}
