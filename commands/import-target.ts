/** Which service does an import go to, and with which token? The runtime of a data folder, or any URL with a token given. */
import { readRuntimeAddress } from '../local/data-dir.ts';
import type { Target } from '../shared/sources/post/send-batch.ts';
import { runningOn } from './running.ts';

export interface TargetFlags {
  /** URL of the service; that of the data folder's runtime where absent. */
  to?: string;
  token?: string;
  dataDir: string;
}

/** A service token from the issuer of the runtime on a data folder. Throws when none is running there. */
async function serviceToken(dataDir: string): Promise<string> {
  const address = readRuntimeAddress(dataDir);
  if (!address) throw new Error(`no runtime on ${dataDir}`);
  const body = new URLSearchParams({ grant_type: 'client_credentials', roles: 'service', expires_in: '43200' });
  const response = await fetch(`${address.issuer}/token`, { method: 'POST', body });
  if (!response.ok) throw new Error(`${address.issuer} gives no token: ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Throws where --to is no address of a service. */
function refuseNoAddress(to: string): void {
  const isAddress = URL.canParse(to) && /^https?:$/.test(new URL(to).protocol);
  if (!isAddress) throw new Error(`--to ${to} is no address of a service: write it whole, such as http://127.0.0.1:8787.`);
}

/** Throws with the remedy when there is nowhere to go. */
export function targetOf({ to, token, dataDir }: TargetFlags): Target {
  if (to !== undefined) refuseNoAddress(to);
  let url = to ?? runningOn(dataDir, 'name one with --to URL --token JWT').url;
  if (!token && !readRuntimeAddress(dataDir))
    throw new Error(
      `Events need a service token: give --token or CREATOR_ANALYTICS_TOKEN for ${url}, or --data-dir of a running service.`,
    );
  let known = token;
  return {
    // A service that was started again may have another port; between two runs the folder says nothing.
    url: () => {
      url = to ?? readRuntimeAddress(dataDir)?.url ?? (url as string);
      return url;
    },
    token: async ({ fresh }) => {
      if (token) return token;
      if (fresh || !known) known = await serviceToken(dataDir);
      return known;
    },
  };
}
