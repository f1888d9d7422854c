/** Where does this dashboard stand: who signs people in, and whom with one click? */

export interface Config {
  issuer: string;
  clientId: string;
  scope: string;
  signOutUrl: string;
  /** Accounts without a password, of the embedded runtime only. */
  accounts?: { id: string; name: string }[];
  /** Its folder, as commands in the checkout take it; of the embedded runtime only. */
  dataDir?: string;
}

const key = 'config';

/** Reads /config.json, and keeps it for the next page of this tab, the accounts left out. Throws where it cannot be read. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answers ${response.status}`);
  const config = (await response.json()) as Config;
  const { accounts: _, ...lasting } = config;
  sessionStorage.setItem(key, JSON.stringify(lasting));
  return config;
}

/** The configuration as this tab read it last: enough for who is signed in already. */
export function keptConfig(): Config | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Config);
}
