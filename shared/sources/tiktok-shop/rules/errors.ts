/** What does an error of TikTok Shop mean for us, and what is to be done? By its code, or else by the HTTP status. */

/**
 * refresh: the token is renewed and the call made again. retry: the call is made again after a pause.
 * reconnect: the seller has to give consent anew. give up: a person has to mend something first.
 */
export type Remedy = 'refresh' | 'retry' | 'reconnect' | 'give up';

export interface Meaning {
  remedy: Remedy;
  /** What happened and what to do, in words. */
  says: string;
}

/** The app, or the seller, has not got the scope that a call needs. */
export const scopeIsMissing = 105005;

/** Codes of the vendor's page "Common errors". */
const meanings: { readonly [code: number]: Meaning } = {
  105002: { remedy: 'refresh', says: 'the access token has run out' },
  36009002: { remedy: 'retry', says: 'too many requests: it is asked again after a pause' },
  36009003: { remedy: 'retry', says: 'an error inside TikTok Shop: it is asked again after a pause' },
  36009007: { remedy: 'retry', says: 'TikTok Shop took too long: it is asked again after a pause' },
  101000: { remedy: 'reconnect', says: 'the shop cipher or the token does not belong to this shop: connect the shop again' },
  36004004: {
    remedy: 'reconnect',
    says: 'the authorisation code or the refresh token is no longer good: connect the shop again',
  },
  [scopeIsMissing]: {
    remedy: 'reconnect',
    says: 'the seller has not granted the scope that this needs: add it to the app and connect the shop again',
  },
  106001: { remedy: 'give up', says: 'the signature is wrong: check app key and app secret' },
  106013: { remedy: 'give up', says: 'the shop cipher is missing: read it from the list of authorised shops' },
  36009004: {
    remedy: 'give up',
    says: 'timestamp, app key or token are wrong: check the clock of this machine (5 minutes behind and 30 seconds ahead are taken) and the app key',
  },
  36009014: { remedy: 'give up', says: 'this version of the API is retired: a newer release of Creator Analytics is needed' },
};

/** What an answer with an error means. A code that is not listed is judged by the HTTP status. */
export function meaningOf(status: number, code: number | undefined): Meaning {
  const known = code === undefined ? undefined : meanings[code];
  if (known) return known;
  if (status === 429) return { remedy: 'retry', says: 'too many requests: it is asked again after a pause' };
  if (status >= 500) return { remedy: 'retry', says: 'TikTok Shop has a fault: it is asked again after a pause' };
  // 401 without a known code: documented as possible, its meaning is inferred.
  if (status === 401) return { remedy: 'refresh', says: 'the access token is not taken' };
  return { remedy: 'give up', says: 'TikTok Shop refuses the request, and the code is not known here' };
}
