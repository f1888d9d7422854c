/** Whose consent comes back? The state that a seller carries to the vendor and back: signed, for half an hour, of one creator. */
import { createHmac, randomBytes } from 'node:crypto';
import { isSameDigest } from '../sources/digest.ts';

/** How long (ms) a seller may take. A code is good as long. */
export const stateLastsMs = 1_800_000;

const signatureOf = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** A state for a creator; `now` in ms. */
export function makeState(creatorId: string, key: string, now: number): string {
  const said = { creatorId, until: now + stateLastsMs, nonce: randomBytes(12).toString('base64url') };
  const text = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${text}.${signatureOf(text, key)}`;
}

/** The creator of a state; undefined where it is not ours or too old. */
export function readState(state: string, key: string, now: number): string | undefined {
  const [text = '', signature = ''] = state.split('.');
  if (!isSameDigest(signatureOf(text, key), signature)) return undefined;
  const { creatorId, until } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { creatorId: string; until: number };
  return until > now ? creatorId : undefined;
}
