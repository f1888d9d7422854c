/** Is this token one that the API's authorizer lets through, and which claims does the function see? */
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

export interface AuthorizerOptions {
  issuer: string;
  audience: string[];
  /** The issuer's public keys. */
  keys: JSONWebKeySet;
}

/** Resolves to the claims, or to undefined for a token that is missing, expired, unsigned, tampered with or not for us. */
export type Authorizer = (authorization: string | undefined) => Promise<Record<string, string> | undefined>;

/** An authorizer with the checks of API Gateway's: signature (RS256 only), issuer, audience, expiry. */
export function makeAuthorizer({ issuer, audience, keys }: AuthorizerOptions): Authorizer {
  const keySet = createLocalJWKSet(keys);
  return async (authorization) => {
    const token = authorization?.replace(/^Bearer /i, '');
    if (!token) return undefined;
    try {
      const { payload } = await jwtVerify(token, keySet, { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] });
      return isMeantFor(payload, audience) ? stringsOf(payload) : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Cognito's access tokens have no `aud` but a `client_id`: the gateway looks at that one only where the other is missing. */
function isMeantFor({ aud, client_id }: JWTPayload, audience: string[]): boolean {
  const meant = aud === undefined ? [client_id] : [aud].flat();
  return meant.some((one) => typeof one === 'string' && audience.includes(one));
}

/** The gateway hands all claims over as text, a list as `[creator admin]`. */
function stringsOf(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}
