/** What does an answer of TikTok Shop say? Its data, or what is wrong with it: an error code, a page of HTML, half a body. */

import { readJson } from '../read-json.ts';
import { type Raw, textOf } from '../record.ts';
import type { Failure } from './error.ts';
import { meaningOf } from './rules/errors.ts';

export interface Received {
  status: number;
  text: string;
}

export type Answer = { ok: true; data: Raw; requestId: string | undefined } | { ok: false; failure: Failure };

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What to do about a body that is not the vendor's envelope. Such bodies come of something between, or of an outage: asked again. */
function strange(call: string, status: number, says: string): Answer {
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return { ok: false, failure: { call, remedy: isRefused ? 'give up' : 'retry', says, status } };
}

/** Reads an answer; `call` names it in what is said of a failure. The vendor's own message is left out: it may repeat what was sent. */
export function readAnswer(call: string, { status, text }: Received): Answer {
  if (/^\s*</.test(text))
    return strange(call, status, 'the answer is a page of HTML and not JSON; is the address right, is a proxy between?');
  let body: unknown;
  try {
    body = readJson(text);
  } catch {
    return strange(call, status, text === '' ? 'the answer is empty' : 'the answer is no JSON, or only a part of it came');
  }
  if (!isObject(body)) return strange(call, status, 'the answer is not the envelope of TikTok Shop');
  const code = body.code === undefined ? undefined : Number(body.code);
  const requestId = textOf(body.request_id);
  if (code === 0 && status < 300) return { ok: true, data: isObject(body.data) ? body.data : {}, requestId };
  return { ok: false, failure: { call, status, code, requestId, ...meaningOf(status, code) } };
}
