/** How does a person or a script get a token for the runtime that runs on this machine? */
import { parseArgs } from 'node:util';
import { refuseKeptFlags } from './npm-flags.ts';
import { runningOn, startOf } from './running.ts';

const USAGE = `npm run token -- [flags]     prints a JWT for the running embedded runtime, and nothing else
  --creator c-1      whose data it opens (a creator's token needs it)
  --role creator     creator, service, analyst or admin; several with commas
  --expires 1h       30s, 15m, 1h, 7d; at most 30d
  --data-dir .data   the folder of the runtime`;

const ROLES = ['creator', 'service', 'analyst', 'admin'];
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const LONGEST = 30 * UNITS.d;

try {
  await main();
} catch (reason) {
  console.error(reason instanceof Error ? reason.message : String(reason));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  refuseKeptFlags(['creator', 'role', 'expires', 'data-dir'], 'npm run token -- --creator c-1');
  const { values: flags } = parseArgs({
    options: {
      creator: { type: 'string' },
      role: { type: 'string', default: 'creator' },
      expires: { type: 'string', default: '1h' },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  });
  if (flags.help) return console.log(USAGE);
  const roles = flags.role.split(',').map((role) => role.trim());
  const wrong = roles.find((role) => !ROLES.includes(role));
  if (wrong !== undefined) throw new Error(`--role ${wrong} is none of ${ROLES.join(', ')}.`);
  if (roles.includes('creator') && !flags.creator) throw new Error('A creator’s token says which one: add --creator c-1.');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    roles: roles.join(' '),
    expires_in: String(secondsOf(flags.expires)),
  });
  if (flags.creator) form.set('creator_id', flags.creator);
  console.log(await askIssuer(flags['data-dir'], form));
}

async function askIssuer(dataDir: string, form: URLSearchParams): Promise<string> {
  const address = runningOn(dataDir);
  const remedy = `Start it with ${startOf(dataDir)}, or name another folder with --data-dir.`;
  const response = await fetch(`${address.issuer}/token`, { method: 'POST', body: form }).catch(() => undefined);
  if (!response) throw new Error(`The service at ${address.url} does not answer: it was stopped or killed. ${remedy}`);
  if (!response.ok) throw new Error(`${address.issuer} answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

function secondsOf(text: string): number {
  const [, count, unit] = text.match(/^(\d+)([smhd])$/) ?? [];
  const seconds = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!seconds || seconds > LONGEST) throw new Error(`--expires ${text} is not understood: 30s, 15m, 1h or 7d, at most 30d.`);
  return seconds;
}
