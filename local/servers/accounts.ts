/** Whom does the embedded issuer sign in? Accounts to choose from with one click, and how a choice travels through the code flow. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from './issuer.ts';
import { idLook } from './sign-in-rules.ts';

export interface Account {
  /** Named in `login_hint`. */
  id: string;
  name: string;
  creator?: string;
  roles: Role[];
}

/** Those that are there without any creator. */
const staff: Account[] = [
  { id: 'analyst', name: 'Analyst: sees every creator', roles: ['analyst'] },
  { id: 'operator', name: 'Operator: repairs what could not be counted', roles: ['admin'] },
];

/** Where nobody has sold anything yet: a shop to begin with. */
const firstShop: Account = { id: 'my-shop', name: 'Your shop: bring in your own files', creator: 'my-shop', roles: ['creator'] };

/** So many creators are offered; more are found by the analyst, who can search. */
const mostOffered = 200;

export interface AccountsOptions {
  /** Named by who started the runtime; first, with their own words. */
  fixed: Account[];
  /** Creators as they are now, those who sold most first; at most so many. */
  findCreators: (most: number) => Promise<{ creatorId: string; name: string }[]>;
}

/**
 * Everyone who can be chosen now: those named, the creators that came since, or a shop to begin with where there is none; then the staff.
 * Without the store those named are left.
 */
export function makeAccounts({ fixed, findCreators }: AccountsOptions): () => Promise<Account[]> {
  return async () => {
    const found = await findCreators(mostOffered).catch(() => undefined);
    if (found?.length === 0 && fixed.length === 0) return [firstShop, ...staff];
    const others = (found ?? []).filter(({ creatorId }) => !fixed.some(({ id }) => id === creatorId));
    const came = others.map(({ creatorId, name }): Account => ({ id: creatorId, name, creator: creatorId, roles: ['creator'] }));
    return [...fixed, ...came, ...staff];
  };
}

const COOKIE = 'account';

/** The account of a hint: one of the known, or any creator by its id. Undefined for what is no id. */
export function accountOf(hint: string | undefined | null, known: Account[]): Account | undefined {
  if (!hint || !idLook.test(hint)) return undefined;
  return known.find(({ id }) => id === hint) ?? { id: hint, name: hint, creator: hint, roles: ['creator'] };
}

/** The account that this browser signed in with before. */
export function rememberedAccount(request: IncomingMessage, known: Account[]): Account | undefined {
  const cookie = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '');
  return accountOf(cookie?.[1], known);
}

/** Remembers (or with no account forgets) who signed in: a session of the issuer, as a real one keeps it. */
export function remember(response: ServerResponse, account: Account | undefined): void {
  const [value, age] = account ? [account.id, 30 * 86_400] : ['', 0];
  response.setHeader('set-cookie', `${COOKIE}=${value}; Path=/issuer; Max-Age=${age}; HttpOnly; SameSite=Lax`);
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] as string);

/** A plain page to choose an account, where nobody was named. */
export function choicePage(url: URL, known: Account[]): string {
  const links = known.map(({ id, name }) => {
    const chosen = new URLSearchParams(url.search);
    chosen.set('login_hint', id);
    return `<li><a href="?${escaped(chosen.toString())}">${escaped(name)}</a></li>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sign in</title>
<h1>Sign in as</h1>
<p>This issuer belongs to the embedded runtime: it asks for no password.</p>
<ul>${links.join('')}</ul>
</html>
`;
}
