/** Whose consent comes back? The state that a seller carries to the vendor and back: signed, for half an hour, of one creator and of the person who began it, good once. */
import { createHmac, randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { isSameDigest } from '../sources/digest.ts';
import type { Table } from '../store/table.ts';
import { takeConsent } from '../store/taken-consents.ts';

/** How long (ms) a seller may take. A code is good as long. */
export const stateLastsMs = 1_800_000;

/** Who begins or completes a consent: `sub` of the token, and for which creator. */
export interface Person {
  creatorId: string;
  subject: string;
}

export interface Begun {
  creatorId: string;
  /** Of a vendor whose consent is a shop's: which one. */
  shop: string;
  /** A keyed hash of the person's subject: the state passes through a vendor, which need not learn it. */
  by: string;
  until: number;
  nonce: string;
}

const signatureOf = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('base64url');
const hashOf = (subject: string, key: string): string => signatureOf(`person ${subject}`, key);

/** A state for a person and a creator; `now` in ms. */
export function makeState({ creatorId, subject }: Person, key: string, now: number, shop = ''): string {
  const nonce = randomBytes(18).toString('base64url');
  const said: Begun = { creatorId, shop, by: hashOf(subject, key), until: now + stateLastsMs, nonce };
  const text = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${text}.${signatureOf(text, key)}`;
}

/** What a state says; undefined where it is not ours or too old. */
export function readState(state: string, key: string, now: number): Begun | undefined {
  const [text = '', signature = ''] = state.split('.');
  if (!isSameDigest(signatureOf(text, key), signature)) return undefined;
  const begun = JSON.parse(Buffer.from(text, 'base64url').toString()) as Begun;
  // A state that a version of before gave out names nobody.
  return begun.until > now && begun.by ? begun : undefined;
}

export const notBegun = 'This did not begin here, or more than half an hour ago: connect the shop again from its settings.';

/** Throws forbidden where another person began it, or for another creator: a link that somebody was talked into opening connects nothing. */
export function requireBeginner(begun: Begun, { creatorId, subject }: Person, key: string): void {
  if (begun.creatorId === creatorId && isSameDigest(begun.by, hashOf(subject, key))) return;
  throw new ApiError(
    'forbidden',
    'Another person began this, or for another creator; nothing was connected. Only who began can complete it: connect the shop again yourself.',
  );
}

/** Uses the state up. Throws conflict where it was used before. */
export async function useOnce(table: Table, { nonce, until }: Begun): Promise<void> {
  if (await takeConsent(table, nonce, until)) return;
  throw new ApiError(
    'conflict',
    'This was completed before: coming back from the vendor’s page is good once. If the shop is not connected, connect it again.',
  );
}
