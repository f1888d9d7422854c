/** How is the issuer spoken to: to sign in, to come back, to renew? Loaded only then; to look at numbers the tokens are enough. */
import { ErrorResponse, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Config } from '../data/config.ts';

export interface Issuer {
  /** Leaves for the issuer; `state` comes back with the answer. */
  leaveFor(state: string, hint: string | undefined): Promise<void>;
  /** Takes the answer in: the tokens are in sessionStorage. Answers the state. Throws where the issuer refused. */
  comeBack(): Promise<unknown>;
  /** Trades the refresh token for fresh tokens; false where the issuer refuses. Throws where it cannot be reached. */
  renew(): Promise<boolean>;
}

export function openIssuer({ issuer, clientId, scope }: Config): Issuer {
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}/`,
    scope,
    // Of this tab, gone with it. Never localStorage: it would outlive the visit.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    // The session renews, by one tab for all of them.
    automaticSilentRenew: false,
    validateSubOnSilentRenew: true,
    loadUserInfo: false,
    monitorSession: false,
  });
  return {
    leaveFor: (state, hint) => manager.signinRedirect({ state, ...(hint ? { login_hint: hint } : {}) }),
    comeBack: async () => (await manager.signinRedirectCallback()).state,
    renew: () =>
      manager.signinSilent().then(
        (user) => user !== null,
        (reason: unknown) => {
          // Only the issuer's word ends a session: a lost connection passes.
          if (reason instanceof ErrorResponse) return false;
          throw reason;
        },
      ),
  };
}
