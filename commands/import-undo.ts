/** How is the last import of the page taken back from a terminal? Asked of the service, and waited for. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readRuntimeAddress } from '../local/data-dir.ts';
import type { ImportJobAnswer } from '../shared/api/imports.ts';
import { runningOn } from './running.ts';

const USAGE = `npm run import -- undo --creator c-1 [flags]     takes the last import of the page Sources back
  --to URL           the service; without it, the one running on the data folder
  --token JWT        a token of the creator or of role admin, for other services; or CREATOR_ANALYTICS_TOKEN
  --data-dir .data   data folder of the running service`;

interface Flags {
  creator: string;
  to?: string;
  token?: string;
  'data-dir': string;
}

function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    options: {
      creator: { type: 'string' },
      to: { type: 'string' },
      token: { type: 'string', default: process.env.CREATOR_ANALYTICS_TOKEN },
      'data-dir': { type: 'string', default: '.data' },
    },
  });
  if (!values.creator) throw new Error('Say whose import: --creator c-1.');
  return values as Flags;
}

/** An admin's token from the issuer of the runtime on a data folder. */
async function adminToken(dataDir: string): Promise<string> {
  const address = readRuntimeAddress(dataDir);
  if (!address) throw new Error('Give a token of the creator or of role admin with --token.');
  const body = new URLSearchParams({ grant_type: 'client_credentials', roles: 'admin', expires_in: '3600' });
  const response = await fetch(`${address.issuer}/token`, { method: 'POST', body });
  if (!response.ok) throw new Error(`${address.issuer} gives no token: ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

async function run({ creator, to, token, 'data-dir': dataDir }: Flags): Promise<number> {
  const url = to ?? runningOn(dataDir, 'name one with --to URL --token JWT').url;
  const bearer = token ?? (await adminToken(dataDir));
  const path = `/v1/creators/${encodeURIComponent(creator)}/imports`;
  const ask = async <Answer>(method: 'GET' | 'POST', rest: string): Promise<Answer> => {
    const response = await fetch(new URL(`${path}${rest}`, url), {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    const answer = (await response.json()) as { detail?: string };
    if (!response.ok) throw new Error(answer.detail ?? `The service answers ${response.status}.`);
    return answer as Answer;
  };
  const { imports } = await ask<{ imports: ImportJobAnswer[] }>('GET', '');
  const last = imports.find(({ canUndo }) => canUndo);
  if (!last) {
    const isBusy = imports.some(({ status }) => status === 'importing' || status === 'undoing');
    console.log(
      isBusy
        ? 'An import is being counted or taken back: call this again when it is done.'
        : 'There is no import of the last 30 days to undo.',
    );
    return isBusy ? 1 : 0;
  }
  const name = last.files.map((file) => file.name).join(', ');
  console.error(`Taking back the import of ${name}; this can take a minute or two …`);
  let job = await ask<ImportJobAnswer>('POST', `/${last.id}/undo`);
  while (job.status === 'undoing') {
    await pause(1000);
    job = await ask<ImportJobAnswer>('GET', `/${last.id}`);
  }
  if (!job.undone) throw new Error([`The import of ${name} still counts.`, ...job.refusals].join('\n'));
  const { back, stay } = job.undone;
  console.log(`Undone: ${back} entries are as before${stay ? `, ${stay} stay, because something newer is known of them` : ''}.`);
  return 0;
}

/** Takes the last import back; answers the exit code: 0 also where there is none, 1 where it still counts, 2 for a wrong call. */
export async function undoLastImport(args: string[]): Promise<number> {
  let flags: Flags;
  try {
    flags = readFlags(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  try {
    return await run(flags);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
