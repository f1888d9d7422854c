/** How is one batch brought through? Sent until the API has answered for every event, with growing pauses while it cannot. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent } from '../../events/parse.ts';

export interface Target {
  /** Asked before each attempt: a service that was started again may answer elsewhere. */
  url(): string;
  /** A service token; asked for a fresh one after the API has refused the last. */
  token(options: { fresh: boolean }): Promise<string>;
  /** Milliseconds without any answer after which to give up. */
  timeoutMs?: number;
  now?: () => number;
}

interface Rejection {
  index: number;
  code: string;
  message: string;
}

/** Where the newest accepted event of a creator stands, and how many of its events were in quarantine then. */
export interface Position {
  creatorId: string;
  position: string;
  quarantined: number;
}

export interface BatchAnswer {
  accepted: number;
  rejected: Rejection[];
  /** Undefined where the service does not tell them. */
  positions: Position[] | undefined;
}

/** The service stayed away for too long. */
export class Unreachable extends Error {}
/** The service refuses the request as a whole: trying again would not help. */
export class ApiRefusal extends Error {}

const longestPause = 4000;
const requestTimeout = 60_000;

interface Attempt {
  status: number;
  retryAfter: number;
  text: string;
}

async function attempt(body: string, target: Target, fresh: boolean, signal?: AbortSignal): Promise<Attempt> {
  const timeout = AbortSignal.timeout(requestTimeout);
  const response = await fetch(new URL('/v1/events', target.url()), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${await target.token({ fresh })}` },
    body,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  return { status: response.status, retryAfter: Number(response.headers.get('retry-after')) || 0, text: await response.text() };
}

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function explain({ status, text }: Attempt): string {
  try {
    const { title, detail, message } = JSON.parse(text) as { title?: string; detail?: string; message?: string };
    return `${status} ${detail ?? title ?? message ?? text}`;
  } catch {
    return `${status} ${text.slice(0, 200)}`;
  }
}

function readAnswer({ text }: Attempt): BatchAnswer {
  const { accepted, rejected = [], positions } = JSON.parse(text) as Pick<BatchAnswer, 'accepted'> & Partial<BatchAnswer>;
  return { accepted, rejected, positions };
}

/** All positions of two answers: an event is counted once the later one of its creator is. */
const both = (a: Position[] | undefined, b: Position[] | undefined): Position[] | undefined => a && b && [...a, ...b];

/** Sends a body until it is answered with 202 or 413; waits and tries again while the service is away or busy. */
async function persist(body: string, target: Target, onRetry: () => void, signal?: AbortSignal): Promise<Attempt> {
  const { timeoutMs = 60_000, now = Date.now } = target;
  const since = now();
  let isTokenRefused = false;
  for (let tries = 0; ; tries++) {
    let trouble: string;
    let retryAfter = 0;
    try {
      const answer = await attempt(body, target, isTokenRefused, signal);
      if (answer.status === 202 || answer.status === 413) return answer;
      // One refused token may have run out, or be from before a restart; a refused fresh one is final.
      if (answer.status === 401 && !isTokenRefused) {
        isTokenRefused = true;
        continue;
      }
      if (!isPassing(answer.status)) throw new ApiRefusal(`${target.url()} refuses events: ${explain(answer)}`);
      isTokenRefused = false;
      trouble = explain(answer);
      retryAfter = answer.retryAfter * 1000;
    } catch (error) {
      if (error instanceof ApiRefusal || signal?.aborted) throw error;
      const { message, cause } = error as Error & { cause?: { code?: string } };
      trouble = cause?.code ?? message;
    }
    if (now() - since >= timeoutMs)
      throw new Unreachable(`${target.url()} did not take events for ${Math.round(timeoutMs / 1000)} s: ${trouble}`);
    onRetry();
    await pause(Math.max(retryAfter, Math.min(longestPause, 100 * 2 ** tries)), undefined, { signal });
  }
}

async function sendHalves(events: CloudEvent[], target: Target, onRetry: () => void, signal?: AbortSignal): Promise<BatchAnswer> {
  const half = Math.ceil(events.length / 2);
  const first = await sendBatch(events.slice(0, half), target, onRetry, signal);
  const second = await sendBatch(events.slice(half), target, onRetry, signal);
  return {
    accepted: first.accepted + second.accepted,
    rejected: [...first.rejected, ...second.rejected.map((each) => ({ ...each, index: each.index + half }))],
    positions: both(first.positions, second.positions),
  };
}

/**
 * Sends events as one batch, in order; events that the service could not take at the moment are sent again.
 * Repeating is harmless: a snapshot that is not newer changes nothing. Throws Unreachable or ApiRefusal.
 */
export async function sendBatch(
  events: CloudEvent[],
  target: Target,
  onRetry: () => void,
  signal?: AbortSignal,
): Promise<BatchAnswer> {
  const { timeoutMs = 60_000, now = Date.now } = target;
  const since = now();
  const total: BatchAnswer = { accepted: 0, rejected: [], positions: [] };
  let places = events.map((_, index) => index);
  for (let tries = 0; ; tries++) {
    const answer = await persist(JSON.stringify(places.map((index) => events[index])), target, onRetry, signal);
    if (answer.status === 413) {
      const message = 'this event alone is larger than a request may be';
      if (events.length === 1)
        return { accepted: 0, rejected: [{ index: 0, code: 'payload_too_large', message }], positions: [] };
      return sendHalves(events, target, onRetry, signal);
    }
    const { accepted, rejected, positions } = readAnswer(answer);
    total.accepted += accepted;
    total.positions = both(total.positions, positions);
    const isOver = now() - since >= timeoutMs;
    const again = isOver ? [] : rejected.filter(({ code }) => code === 'unavailable');
    for (const each of rejected)
      if (!again.includes(each)) total.rejected.push({ ...each, index: places[each.index] ?? each.index });
    if (again.length === 0) return total;
    onRetry();
    places = again.map(({ index }) => places[index] ?? index);
    await pause(Math.min(longestPause, 100 * 2 ** tries), undefined, { signal });
  }
}
