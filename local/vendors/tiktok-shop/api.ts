/** How does the stand-in for TikTok Shop answer a request? It checks what the vendor checks, and serves the simulated shop as it is at that instant. */
import { isSameDigest } from '../../../shared/sources/digest.ts';
import { isTimely, signRequest } from '../../../shared/sources/tiktok-shop/sign.ts';
import { spoil } from './faults.ts';
import type { StandInOptions } from './options.ts';
import { Refusal, refusals, type StandInAnswer } from './refusals.ts';
import { resources } from './resources.ts';

export interface StandInRequest {
  method: string;
  /** With its query; the host does not matter. */
  url: string;
  headers: { [name: string]: string | string[] | undefined };
  body: string;
}

/** user_type 0 and 1. */
export type Persona = 'seller' | 'creator';

export interface StandIn {
  answer(request: StandInRequest): StandInAnswer;
  /** A code as the consent page hands it out, to a seller or to a creator who sells for others. */
  authorise(persona?: Persona): string;
  /** How many requests came for which path. */
  requests: Map<string, number>;
}

const tokenPath = '/api/v2/token/';
/** What creators ask carries no shop_cipher. */
const creatorPath = '/affiliate_creator/';

interface Granted {
  persona: Persona;
  /** In seconds. */
  until: number;
}

export function openStandIn(options: StandInOptions): StandIn {
  const {
    appKey,
    appSecret,
    shopCipher,
    now,
    tokenSeconds = 7 * 86_400,
    fault = () => undefined,
    ungranted = [],
    requestsPerSecond = 50,
  } = options;
  const requests = new Map<string, number>();
  const codes = new Map<string, Persona>();
  const access = new Map<string, Granted>();
  const refreshTokens = new Map<string, Granted>();
  const perSecond = new Map<string, number>();
  let served = 0;
  let tokens = 0;

  const seconds = () => Math.floor(now() / 1000);
  const json = (status: number, code: number, message: string, data: unknown): StandInAnswer => ({
    status,
    type: 'application/json',
    body: JSON.stringify({ code, message, request_id: `stand-in-${served}`, data }),
  });

  function grant(persona: Persona): StandInAnswer {
    const number = ++tokens;
    const [accessToken, refreshToken] = [`access-${number}`, `refresh-${number}`];
    const isCreator = persona === 'creator';
    const accessUntil = seconds() + tokenSeconds;
    const refreshUntil = seconds() + 365 * 86_400;
    access.set(accessToken, { persona, until: accessUntil });
    refreshTokens.set(refreshToken, { persona, until: refreshUntil });
    return json(200, 0, 'success', {
      access_token: accessToken,
      access_token_expire_in: accessUntil,
      refresh_token: refreshToken,
      refresh_token_expire_in: refreshUntil,
      open_id: `stand-in-${persona}`,
      seller_name: 'Stand-in shop',
      seller_base_region: 'US',
      user_type: isCreator ? 1 : 0,
      granted_scopes: isCreator ? ['creator.affiliate.info'] : ['seller.order.info', 'seller.finance.info'],
    });
  }

  function answerToken(path: string, query: URLSearchParams): StandInAnswer {
    if (query.get('app_key') !== appKey || query.get('app_secret') !== appSecret) throw new Refusal('app');
    const code = query.get('auth_code') ?? '';
    const persona = codes.get(code);
    if (path.endsWith('/get') && query.get('grant_type') === 'authorized_code' && persona && codes.delete(code))
      return grant(persona);
    // Whether the vendor's old refresh token stays good after a refresh is to be confirmed; here it does.
    const known = refreshTokens.get(query.get('refresh_token') ?? '');
    if (path.endsWith('/refresh') && query.get('grant_type') === 'refresh_token' && known && known.until > seconds())
      return grant(known.persona);
    throw new Refusal('code');
  }

  function check(path: string, query: URLSearchParams, { headers, body }: StandInRequest): void {
    if (query.get('app_key') !== appKey) throw new Refusal('app');
    if (!isTimely(query.get('timestamp') ?? '', now())) throw new Refusal('timestamp');
    const expected = signRequest({ path, query: Object.fromEntries(query), body }, appSecret);
    if (!isSameDigest(expected, query.get('sign') ?? '')) throw new Refusal('sign');
    const granted = access.get(String(headers['x-tts-access-token']));
    if (granted === undefined || granted.until <= seconds()) throw new Refusal('expired');
    const isOfCreator = path.startsWith(creatorPath);
    if (isOfCreator !== (granted.persona === 'creator') || ungranted.some((part) => path.startsWith(part)))
      throw new Refusal('scope');
    if (isOfCreator || path.startsWith('/authorization/')) return;
    if (!query.has('shop_cipher')) throw new Refusal('noCipher');
    if (query.get('shop_cipher') !== shopCipher) throw new Refusal('cipher');
  }

  function limitRate(path: string): void {
    const key = `${path} ${seconds()}`;
    const count = (perSecond.get(key) ?? 0) + 1;
    if (perSecond.size > 1000) perSecond.clear();
    perSecond.set(key, count);
    if (count > requestsPerSecond) throw new Refusal('tooMany');
  }

  function answerOrRefuse(request: StandInRequest): StandInAnswer {
    const { pathname: path, searchParams: query } = new URL(request.url, 'http://stand-in');
    requests.set(path, (requests.get(path) ?? 0) + 1);
    const wrong = fault(++served, path);
    if (wrong === 'expired') access.clear();
    if (wrong === 'too_many') throw new Refusal('tooMany');
    if (wrong === 'broken') return json(500, 36009003, 'Internal error', null);
    if (path.startsWith(tokenPath)) return answerToken(path, query);
    limitRate(path);
    check(path, query, request);
    const found = resources(request.method, path, options);
    if (!found) throw new Refusal('path');
    const data = found({
      query,
      body: request.body === '' ? {} : JSON.parse(request.body),
      now: seconds(),
      isEndless: wrong === 'endless',
    });
    return spoil(json(200, 0, 'Success', data), wrong);
  }

  return {
    requests,
    authorise(persona = 'seller') {
      const code = `code-${codes.size + tokens + 1}`;
      codes.set(code, persona);
      return code;
    },
    answer(request) {
      try {
        return answerOrRefuse(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const [status, code, message] = refusals[error.kind];
        return json(status, code, message, null);
      }
    },
  };
}
