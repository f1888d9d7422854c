/** When is everything that was accepted counted? Asks the service how far it is until it has come past the last event. */
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Ledger, Reached } from './ledger.ts';
import { ApiRefusal, type Target, Unreachable } from './send-batch.ts';

export interface Waiting {
  accepted: number;
  counted: number;
  /** Age of the oldest event that waits, of the creators just asked about. */
  lagSeconds: number;
  /** At the rate of the last seconds; undefined where nothing was counted in them. */
  secondsLeft: number | undefined;
}

export interface WaitOptions {
  target: Target;
  onProgress?: (waiting: Waiting) => void;
  signal?: AbortSignal;
  pause?: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
}

const creatorsAtOnce = 100;
const betweenQuestions = 1000;
const longestPause = 4000;
/** The rate is measured over so long: a service that has just started, or is held up, soon counts for what it does now. */
const measuredOver = 20_000;

async function ask(creators: string[], target: Target, fresh: boolean, signal?: AbortSignal): Promise<Response> {
  const url = new URL('/v1/events/progress', target.url());
  url.searchParams.set('creators', creators.join());
  const timeout = AbortSignal.timeout(30_000);
  return fetch(url, {
    headers: { authorization: `Bearer ${await target.token({ fresh })}` },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
}

/** The answer, asked for again while the service is away or busy. */
async function persist(creators: string[], { target, signal, pause = wait }: WaitOptions): Promise<Reached[]> {
  const { timeoutMs = 60_000, now = Date.now } = target;
  const since = now();
  let isTokenRefused = false;
  for (let tries = 0; ; tries++) {
    let trouble: string;
    try {
      const response = await ask(creators, target, isTokenRefused, signal);
      if (response.ok) return ((await response.json()) as { creators: Reached[] }).creators;
      if (response.status === 401 && !isTokenRefused) {
        isTokenRefused = true;
        continue;
      }
      if (response.status < 500 && response.status !== 429)
        throw new ApiRefusal(`${target.url()} does not say how far it is: ${response.status}`);
      trouble = String(response.status);
    } catch (error) {
      if (error instanceof ApiRefusal || signal?.aborted) throw error;
      const { message, cause } = error as Error & { cause?: { code?: string } };
      trouble = cause?.code ?? message;
    }
    if (now() - since >= timeoutMs)
      throw new Unreachable(`${target.url()} did not say how far it is for ${Math.round(timeoutMs / 1000)} s: ${trouble}`);
    await pause(Math.min(longestPause, 100 * 2 ** tries), signal);
  }
}

const wait = (milliseconds: number, signal?: AbortSignal) => pauseFor(milliseconds, undefined, { signal });

/**
 * Resolves when everything in the ledger is counted or in quarantine. Throws Unreachable when the service stayed away, ApiRefusal when it
 * does not tell, and what the signal says when it is aborted: none of that loses anything.
 */
export async function awaitCounted(ledger: Ledger, options: WaitOptions): Promise<void> {
  const { target, onProgress, signal, pause = wait } = options;
  const { now = Date.now } = target;
  let seen: { at: number; counted: number }[] = [];
  for (;;) {
    const creators = ledger.open(creatorsAtOnce);
    if (!creators.length) return;
    const answers = await persist(creators, options);
    for (const reached of answers) ledger.reach(reached);
    const here = { at: now(), counted: ledger.counted };
    seen = [...seen.filter(({ at }) => here.at - at <= measuredOver), here];
    const since = seen[0] ?? here;
    const rate = (here.counted - since.counted) / (here.at - since.at);
    const { accepted, counted } = ledger;
    const lagSeconds = Math.max(0, ...answers.map((each) => each.lagSeconds));
    onProgress?.({
      accepted,
      counted,
      lagSeconds,
      secondsLeft: rate > 0 ? Math.ceil((accepted - counted) / rate / 1000) : undefined,
    });
    if (!ledger.open(1).length) return;
    await pause(betweenQuestions, signal);
  }
}
