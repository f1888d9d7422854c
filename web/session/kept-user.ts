/** What does this tab keep of who is signed in? The tokens as the sign-in library writes them, and when the sign-in was; in sessionStorage alone. */
import type { Config } from '../data/config.ts';

export interface KeptUser {
  access_token: string;
  /** Seconds since 1970. */
  expires_at?: number;
  profile: { sub: string };
}

/** When the session of this tab began (ms): the sign-in, in whichever tab it was. */
const begunKey = 'session-begun';

export const readBegun = (): number => Number(sessionStorage.getItem(begunKey) ?? 0);
export const writeBegun = (begun: number): void => sessionStorage.setItem(begunKey, String(begun));

/** As the library names it. */
const keyOf = ({ issuer, clientId }: Config): string => `oidc.user:${issuer}:${clientId}`;

export const readText = (config: Config): string | undefined => sessionStorage.getItem(keyOf(config)) ?? undefined;
export const writeText = (config: Config, text: string): void => sessionStorage.setItem(keyOf(config), text);

export function readUser(config: Config): KeptUser | undefined {
  const text = readText(config);
  return text === undefined ? undefined : (JSON.parse(text) as KeptUser);
}

export function forget(config: Config): void {
  sessionStorage.removeItem(begunKey);
  sessionStorage.removeItem(keyOf(config));
}

/** Milliseconds until its token is taken no more. */
export const timeLeft = ({ expires_at = 0 }: KeptUser): number => expires_at * 1000 - Date.now();
