/** Where does this dashboard stand: who signs people in, and whom with one click? */

export interface Config {
  issuer: string;
  clientId: string;
  scope: string;
  signOutUrl: string;
  /** Accounts without a password, of the embedded runtime only. */
  accounts?: { id: string; name: string }[];
}

/** Reads /config.json. Throws where it cannot be read: nothing works without it. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answers ${response.status}`);
  return (await response.json()) as Config;
}
