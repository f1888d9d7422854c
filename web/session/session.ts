/** Who is signed in, and how do they come and go? OpenID Connect code flow with PKCE; tokens live in this tab alone. */
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { ApiFailure, type Bearer } from '../data/api.ts';
import type { Config } from '../data/config.ts';

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

function makeManager({ issuer, clientId, scope }: Config): UserManager {
  const origin = `${location.origin}/`;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: origin,
    scope,
    // Of this tab, gone with it. Never localStorage: it would outlive the visit and be read by every tab.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    accessTokenExpiringNotificationTimeInSeconds: 120,
    validateSubOnSilentRenew: true,
    loadUserInfo: false,
    monitorSession: false,
  });
}

const isComingBack = (): boolean => {
  const query = new URLSearchParams(location.search);
  return location.pathname === '/' && query.has('state') && (query.has('code') || query.has('error'));
};

/** Ends a sign-in that left for the issuer: the address becomes again what it was. Answers what went wrong, if anything. */
async function comeBack(manager: UserManager): Promise<string | undefined> {
  try {
    const { state } = await manager.signinRedirectCallback();
    const back = typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/';
    history.replaceState(null, '', back);
    return undefined;
  } catch (reason) {
    history.replaceState(null, '', '/');
    return reason instanceof Error ? reason.message : String(reason);
  }
}

async function present(manager: UserManager): Promise<User | undefined> {
  const user = await manager.getUser();
  if (!user?.expired) return user ?? undefined;
  return (await manager.signinSilent().catch(() => null)) ?? undefined;
}

/** Opens the door: a sign-in in flight is ended, one that is there is taken up. `onEnd` is called when a session runs out for good. */
export async function openDoor(config: Config, onEnd: () => void): Promise<Door> {
  const manager = makeManager(config);
  const problem = isComingBack() ? await comeBack(manager) : undefined;
  let user = await present(manager);
  manager.events.addUserLoaded((loaded) => {
    user = loaded;
  });
  const leave = async (): Promise<void> => {
    user = undefined;
    await manager.removeUser();
  };
  const end = async (): Promise<void> => {
    await leave();
    onEnd();
  };
  // A page that the browser kept whole must not show numbers of a session that has ended since.
  window.addEventListener('pageshow', ({ persisted }) => persisted && !user && location.reload());
  let renewal: Promise<boolean> | undefined;
  const renew = (): Promise<boolean> => {
    // Several answers of 401 at once are one renewal.
    renewal ??= manager
      .signinSilent()
      .then(
        (fresh) => fresh !== null,
        async (reason: unknown) => {
          // Only the issuer's word ends a session: a lost connection passes.
          if (!(reason instanceof ErrorResponse))
            throw new ApiFailure(0, 'unreachable', 'The sign-in cannot be renewed at the moment.');
          await end();
          return false;
        },
      )
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };
  return {
    problem,
    session: user && {
      claims: claimsOf(user.access_token),
      token: () => user?.access_token,
      renew,
      end,
      signOut: async () => {
        await leave();
        location.assign(config.signOutUrl);
      },
    },
    signIn: (hint) =>
      manager.signinRedirect({
        state: location.pathname + location.search,
        ...(hint ? { login_hint: hint } : {}),
      }),
  };
}
