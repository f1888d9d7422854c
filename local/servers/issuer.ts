/** Who signs the tokens on a laptop, where there is no Cognito? */
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { writeWhole } from '../data-dir.ts';

export type Role = 'creator' | 'analyst' | 'admin' | 'service';

export interface TokenRequest {
  creator?: string;
  roles?: Role[];
  /** Seconds until the token expires; an hour unless told. */
  expiresIn?: number;
}

export interface Issuer {
  url: string;
  /** The public keys, as the issuer serves them. */
  keys: JSONWebKeySet;
  token(request: TokenRequest): Promise<string>;
  /** Serves discovery, keys and the token endpoint; mounted under the path of `url`. */
  handle: RequestListener;
}

/**
 * An OpenID issuer at `url` whose key lies in `dataDir`, so that a token outlives a restart.
 * `audience` is the client id that the template's authorizer expects.
 */
export async function openIssuer(dataDir: string, url: string, audience: string): Promise<Issuer> {
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  const keyFile = join(dataDir, 'issuer-key.json');
  if (existsSync(keyFile)) await issuer.keys.add(JSON.parse(readFileSync(keyFile, 'utf8')));
  else writeWhole(keyFile, JSON.stringify(await issuer.keys.generate('RS256')), 0o600);

  const service = new OAuth2Service(issuer);
  service.on('beforeTokenSigning', ({ payload }: { payload: Record<string, unknown> }, { body }: { body: TokenForm }) => {
    const seconds = Number(body.expires_in ?? 3600);
    Object.assign(payload, claimsOf({ creator: body.creator_id, roles: rolesOf(body.roles) }, audience));
    if (Number.isFinite(seconds)) payload.exp = Math.floor(Date.now() / 1000) + seconds;
  });
  return {
    url,
    keys: { keys: issuer.keys.toJSON() },
    token: (request) =>
      issuer.buildToken({
        expiresIn: request.expiresIn ?? 3600,
        scopesOrTransform: (_header, payload) => void Object.assign(payload, claimsOf(request, audience)),
      }),
    handle: service.requestHandler,
  };
}

/** What the token endpoint reads beside the standard fields. */
interface TokenForm {
  creator_id?: string;
  roles?: string;
  expires_in?: string;
}

function claimsOf({ creator, roles = ['creator'] }: TokenRequest, audience: string): Record<string, unknown> {
  const sub = creator ?? roles[0] ?? 'nobody';
  return { sub, roles, aud: audience, client_id: audience, token_use: 'access', ...(creator ? { creator_id: creator } : {}) };
}

function rolesOf(words: string | undefined): Role[] {
  return words ? (words.split(/[ ,]+/).filter(Boolean) as Role[]) : ['creator'];
}
