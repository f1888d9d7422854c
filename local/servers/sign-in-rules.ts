/** What does the embedded issuer refuse? What Cognito refuses: another client, another address, a code without its proof or used twice. */
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Account } from './accounts.ts';

export const knownRoles = ['creator', 'analyst', 'admin', 'service'] as const;

export interface Client {
  clientId: string;
  /** Addresses of pages that may be sent back to, whole. */
  redirects: string[];
}

/** What the token endpoint reads. */
export interface TokenForm {
  grant_type?: string;
  client_id?: string;
  redirect_uri?: string;
  code?: string;
  code_verifier?: string;
  refresh_token?: string;
  creator_id?: string;
  roles?: string;
  expires_in?: string;
}

/** As OAuth names it (RFC 6749, 5.2), with words for who reads it. */
export interface TokenRefusal {
  error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type';
  error_description: string;
}

const scopes = ['openid', 'email', 'profile', 'phone'];
/** S256 of anything, in base64url. */
const challengeLook = /^[A-Za-z0-9_-]{43}$/;
export const idLook = /^[A-Za-z0-9._~-]{1,128}$/;

/** Why a request for a code is refused, if it is. A code goes to our own page only, and only to who can prove (PKCE) that it asked. */
export function refusalOfSignIn(asked: URLSearchParams, { clientId, redirects }: Client): string | undefined {
  const twice = [...asked.keys()].find((name) => asked.getAll(name).length > 1);
  if (twice !== undefined) return `${twice} is there twice`;
  if (asked.get('client_id') !== clientId) return `client_id must be ${clientId}`;
  if (!redirects.includes(asked.get('redirect_uri') ?? '')) return `redirect_uri must be ${redirects.join(' or ')}`;
  if (asked.get('response_type') !== 'code') return 'response_type must be code';
  if (asked.get('code_challenge_method') !== 'S256') return 'code_challenge_method must be S256';
  if (!challengeLook.test(asked.get('code_challenge') ?? ''))
    return 'code_challenge must be the SHA-256 of a verifier, in base64url';
  const scope = (asked.get('scope') ?? 'openid').split(' ').find((each) => !scopes.includes(each));
  return scope === undefined ? undefined : `scope ${scope} is none of ${scopes.join(', ')}`;
}

const codeLastsMs = 5 * 60_000;

interface Issued {
  account: Account;
  challenge: string;
  redirect: string;
  until: number;
}

/** Codes that were given out, each good for one trade within five minutes. */
export class Codes {
  readonly #issued = new Map<string, Issued>();
  readonly #now: () => number;
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Remembers who asked, with which challenge, to be sent where. */
  give(code: string, account: Account, asked: URLSearchParams): void {
    for (const [old, { until }] of this.#issued) if (until <= this.#now()) this.#issued.delete(old);
    const [challenge, redirect] = [asked.get('code_challenge') ?? '', asked.get('redirect_uri') ?? ''];
    this.#issued.set(code, { account, challenge, redirect, until: this.#now() + codeLastsMs });
  }

  /** Trades a code for its account. It is spent by the first try, right or wrong: a guesser has one guess. */
  trade({ code = '', code_verifier, redirect_uri }: TokenForm): Account | TokenRefusal {
    const issued = this.#issued.get(code);
    this.#issued.delete(code);
    if (!issued || issued.until <= this.#now())
      return invalidGrant('The code is unknown, too old or used before: sign in again.');
    if (redirect_uri !== issued.redirect) return invalidGrant('redirect_uri is not the one that the code was asked for.');
    if (!code_verifier) return invalidGrant('code_verifier is missing.');
    const proof = createHash('sha256').update(code_verifier).digest('base64url');
    return isSame(proof, issued.challenge) ? issued.account : invalidGrant('code_verifier does not belong to the code.');
  }
}

/** Refresh tokens that need no memory: they name their account and are signed, so that they outlive a restart and nobody makes one up. */
export function makeRefreshTokens(secret: string) {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    give: ({ id }: Account): string => {
      const text = `${id} ${randomUUID()}`;
      return `${text} ${sign(text)}`;
    },
    /** Whose it is: the id of an account; undefined where we did not sign it. */
    read: (token = ''): string | undefined => {
      const end = token.lastIndexOf(' ');
      return end > 0 && isSame(sign(token.slice(0, end)), token.slice(end + 1)) ? token.split(' ')[0] : undefined;
    },
  };
}

const longestSeconds = 30 * 86_400;

/** Why a machine gets no token, if it does not: roles, creator and time must make sense. On this machine anyone may ask for any of them. */
export function refusalOfMachine({ roles = 'creator', creator_id, expires_in = '3600' }: TokenForm): TokenRefusal | undefined {
  const words = rolesOf(roles);
  const wrong = words.find((role) => !(knownRoles as readonly string[]).includes(role));
  if (wrong !== undefined || words.length === 0)
    return { error: 'invalid_scope', error_description: `roles must be of ${knownRoles.join(', ')}.` };
  if (creator_id !== undefined && !idLook.test(creator_id))
    return { error: 'invalid_request', error_description: 'creator_id is no id of a creator.' };
  if (!/^\d+$/.test(expires_in) || Number(expires_in) < 1 || Number(expires_in) > longestSeconds)
    return { error: 'invalid_request', error_description: `expires_in must be 1 to ${longestSeconds} seconds.` };
  return undefined;
}

export const rolesOf = (words: string): string[] => words.split(/[ ,]+/).filter(Boolean);

export const invalidGrant = (error_description: string): TokenRefusal => ({ error: 'invalid_grant', error_description });

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
