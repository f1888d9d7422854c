/** Which access token is good? Kept in a store, renewed before it runs out, once even where several ask at the same time. */
import { objectOf, type Raw, requireText, requireTime, textOf } from '../record.ts';

export interface Token {
  accessToken: string;
  /** Instants (ms). */
  accessExpiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
  openId?: string | undefined;
  scopes: string[];
  /** Of a creator who sells for others, not of a seller; absent where the vendor did not say. */
  isCreator?: boolean;
}

export interface StoredToken {
  token: Token;
  /** Changes with every put. */
  version: string;
}

/** Where the token of one connection is kept. Its values are secrets. */
export interface TokenStore {
  get(): Promise<StoredToken | undefined>;
  /** Puts a token while the stored version is still this one; false where another was put meanwhile. */
  put(token: Token, ifVersion: string | undefined): Promise<boolean>;
}

/** `user_type` of a creator; a seller is 0, a partner 3. */
const creatorType = 1;

/**
 * The token in `data` of token/get and token/refresh. What is called `…_expire_in` are instants in Unix seconds, not durations.
 * Throws RangeError where one is missing.
 */
export function tokenOf(data: unknown): Token {
  const answer: Raw = objectOf(data);
  return {
    accessToken: requireText(answer, 'access_token'),
    accessExpiresAt: requireTime(answer, 'access_token_expire_in'),
    refreshToken: requireText(answer, 'refresh_token'),
    refreshExpiresAt: requireTime(answer, 'refresh_token_expire_in'),
    openId: textOf(answer.open_id),
    scopes: Array.isArray(answer.granted_scopes) ? answer.granted_scopes.map(String) : [],
    ...(Number(answer.user_type) === creatorType ? { isCreator: true } : {}),
  };
}

export interface TokensOptions {
  store: TokenStore;
  /** Asks the vendor for a new token. */
  refresh: (refreshToken: string) => Promise<Token>;
  /** How long (ms) before it runs out a token is renewed. */
  aheadMs?: number;
  now?: () => number;
}

export interface Tokens {
  /** A token that is good for a while. */
  current(): Promise<Token>;
  /** Another token than this one, which was refused. */
  renew(refused: Token): Promise<Token>;
}

const anHour = 3_600_000;

/** Nobody has connected, or what was granted has run out: the seller has to give consent. */
export class NotConnected extends Error {}

export function openTokens({ store, refresh, aheadMs = anHour, now = Date.now }: TokensOptions): Tokens {
  let renewing: Promise<Token> | undefined;

  async function stored(): Promise<StoredToken> {
    const found = await store.get();
    if (!found) throw new NotConnected('no token is stored: connect the shop');
    return found;
  }

  async function renewOnce(refused: Token): Promise<Token> {
    const found = await stored();
    // Another process was faster.
    if (found.token.accessToken !== refused.accessToken) return found.token;
    if (found.token.refreshExpiresAt <= now())
      throw new NotConnected('the authorisation has run out: the seller has to connect the shop again');
    const token = await refresh(found.token.refreshToken);
    // Where another process renewed it meanwhile, both tokens were granted; everybody goes on with the one that is stored.
    return (await store.put(token, found.version)) ? token : (await stored()).token;
  }

  function renew(refused: Token): Promise<Token> {
    renewing ??= renewOnce(refused).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    async current() {
      const { token } = await stored();
      if (token.accessExpiresAt - now() > aheadMs) return token;
      return renew(token).catch((error: unknown) => {
        // It was asked for ahead of time: as long as the old one is good, reading goes on.
        if (token.accessExpiresAt > now()) return token;
        throw error;
      });
    },
    renew,
  };
}
