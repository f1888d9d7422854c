/** Who is signed in, and how do they come and go? OpenID Connect code flow with PKCE; tokens live in tabs and nowhere else. */
import { ApiFailure, type Bearer } from '../data/api.ts';
import type { Config } from '../data/config.ts';
import { say } from '../formatting/say.ts';
import type { Issuer } from './issuer.ts';
import { forget, type KeptUser, readBegun, readText, readUser, timeLeft, writeBegun, writeText } from './kept-user.ts';
import { hasEndedSince, joinTabs, type Shared } from './tabs.ts';

export interface Claims {
  sub: string;
  creatorId: string | undefined;
  roles: string[];
}

export interface Session extends Bearer {
  claims: Claims;
  signOut(): Promise<void>;
}

export interface Door {
  session: Session | undefined;
  /** Why a sign-in that was begun did not end in one. */
  problem: string | undefined;
  /** Leaves for the issuer and comes back to the page as it stands now; `hint` names an account of the embedded runtime. */
  signIn(hint?: string): Promise<void>;
}

/** What the token says of its bearer; the API checks it, the dashboard only shows it. */
export function claimsOf(token: string): Claims {
  const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(part), (sign) => sign.charCodeAt(0));
  const { sub = '', creator_id, roles = [] } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  const words = Array.isArray(roles) ? roles.map(String) : String(roles).split(/[\s,]+/);
  return { sub: String(sub), creatorId: typeof creator_id === 'string' ? creator_id : undefined, roles: words };
}

const isComingBack = (): boolean => {
  const query = new URLSearchParams(location.search);
  return location.pathname === '/' && query.has('state') && (query.has('code') || query.has('error'));
};

/** Ends a sign-in that left for the issuer: the address becomes again what it was. Answers what went wrong, if anything. */
async function comeBack(issuer: Issuer): Promise<string | undefined> {
  try {
    const state = await issuer.comeBack();
    writeBegun(Date.now());
    const back = typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/';
    history.replaceState(null, '', back);
    return undefined;
  } catch (reason) {
    history.replaceState(null, '', '/');
    return reason instanceof Error ? reason.message : String(reason);
  }
}

/** Fresh tokens are asked for so long (ms) before the old ones end. */
const ahead = 120_000;

/** Opens the door: a sign-in in flight is ended, one that is there is taken up. `onEnd` is called when a session ends for good. */
export async function openDoor(config: Config, onEnd: () => void): Promise<Door> {
  let opened: Promise<Issuer> | undefined;
  const issuer = (): Promise<Issuer> => {
    opened ??= import('./issuer.ts').then(({ openIssuer }) => openIssuer(config));
    // What could not be loaded is loaded again the next time.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  let user: KeptUser | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (fresh: KeptUser | undefined): void => {
    user = fresh;
    clearTimeout(timer);
    if (fresh) timer = setTimeout(() => void renew().catch(() => {}), Math.max(0, timeLeft(fresh) - ahead));
  };
  const leave = (): void => {
    take(undefined);
    forget(config);
  };
  const tabs = joinTabs({
    onRenewed({ user: text }) {
      // Two people may have signed in at once, each in a tab.
      if (user?.profile.sub !== (JSON.parse(text) as KeptUser).profile.sub) return;
      writeText(config, text);
      take(readUser(config));
    },
    onEnded() {
      if (!user) return;
      leave();
      onEnd();
    },
  });
  const share = (): Shared | undefined => {
    const text = user && readText(config);
    return text === undefined ? undefined : { user: text, begun: readBegun() };
  };
  const end = async (): Promise<void> => {
    tabs.announceEnded();
    leave();
    onEnd();
  };
  /** Trades for fresh tokens, unless another tab did so while this one waited for its turn; false where the issuer refuses. */
  const trade = (): Promise<boolean> => {
    const old = user?.access_token;
    return tabs.inTurn(async () => {
      if (user?.access_token !== old) return user !== undefined;
      if (!(await (await issuer()).renew())) return false;
      // Signed out meanwhile: what came back is not kept.
      if (!user) {
        forget(config);
        return false;
      }
      take(readUser(config));
      const session = share();
      if (session) tabs.announceRenewed(session);
      return true;
    });
  };
  let renewal: Promise<boolean> | undefined;
  const renew = (): Promise<boolean> => {
    // Several answers of 401 at once are one renewal.
    renewal ??= trade()
      .then(
        async (isRenewed) => {
          if (!isRenewed && user) await end();
          return isRenewed;
        },
        () => {
          throw new ApiFailure(0, 'unreachable', say('failure.text.unreachable'));
        },
      )
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };
  /** What this tab has, unless somebody signed out since; else what another tab hands over. */
  const present = async (): Promise<KeptUser | undefined> => {
    if (hasEndedSince(readBegun())) forget(config);
    if (readText(config) === undefined) {
      const shared = await tabs.find();
      if (!shared || hasEndedSince(shared.begun)) return undefined;
      writeBegun(shared.begun);
      writeText(config, shared.user);
    }
    const kept = readUser(config);
    if (!kept || timeLeft(kept) > 0) return kept;
    const isRenewed = await (await issuer()).renew().catch(() => false);
    return isRenewed ? readUser(config) : undefined;
  };
  const problem = isComingBack() ? await comeBack(await issuer()) : undefined;
  take(await present());
  if (user) tabs.offer(share);
  // A page that the browser kept whole must not show numbers of a session that has ended since.
  window.addEventListener('pageshow', ({ persisted }) => persisted && !user && location.reload());
  return {
    problem,
    session: user && {
      claims: claimsOf(user.access_token),
      token: () => user?.access_token,
      renew,
      end,
      signOut: async () => {
        tabs.announceEnded();
        leave();
        location.assign(config.signOutUrl);
      },
    },
    signIn: async (hint) => (await issuer()).leaveFor(location.pathname + location.search, hint),
  };
}
