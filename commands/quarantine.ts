/** What becomes of events that could not be counted? Lists what is in quarantine, shows one, replays it through the API, or discards it. */
import { parseArgs } from 'node:util';
import { readRuntimeAddress } from '../local/data-dir.ts';
import type { CloudEvent } from '../shared/events/parse.ts';
import { discard, type Held, heldRecords, keepAsReplayed, masked, type Wanted } from '../shared/lake/quarantined.ts';
import { openLake } from '../shared/lake/store.ts';
import { sendBatch } from '../shared/sources/post/send-batch.ts';
import { targetOf } from './import-target.ts';

const USAGE = `npm run quarantine -- list|show|replay|discard [flags]
  list               what is in quarantine: when accepted, sequence number, creator, subject, reason
  show <number>      one record with its event; personal fields are masked
  replay             posts the events again, under the definitions, zone and currency of now. What is accepted leaves quarantine and is
                     kept under replayed/; what is refused again says why, and stays
  discard            deletes them for good
  --creator c-1      only this creator's
  --reason TEXT      only where the reason holds this text
  --since 2026-11-01 accepted on this day (UTC) or at this instant, or later
  --until 2026-11-30 or earlier
  --id NUMBER        only the record of this sequence number
  --dry-run          says what replay or discard would do, and does nothing
  --yes              confirms discard
  --unmasked         show personal fields too
  --to URL           the service to replay to; without it, the one running on the data folder
  --token JWT        a token of role service, for other services; or CREATOR_ANALYTICS_TOKEN
  --data-dir .data   data folder of the running service
  --help             this text
In AWS, QUARANTINE_BUCKET names the bucket, beside the usual credentials. Ends with 1 where a replayed event was refused.`;

const readFlags = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      creator: { type: 'string' },
      reason: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      id: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      unmasked: { type: 'boolean', default: false },
      to: { type: 'string' },
      token: { type: 'string', default: process.env.CREATOR_ANALYTICS_TOKEN },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  });
type Flags = ReturnType<typeof readFlags>['values'];
type Bucket = ReturnType<typeof openLake>;

/** Throws with the remedy where no bucket is named. */
function openBucket(dataDir: string): Bucket {
  if (!process.env.QUARANTINE_BUCKET) Object.assign(process.env, readRuntimeAddress(dataDir)?.environment);
  const { QUARANTINE_BUCKET: bucket } = process.env;
  if (!bucket)
    throw new Error(
      `No service runs on ${dataDir}: start it with npm start, name its folder with --data-dir, or set QUARANTINE_BUCKET for AWS.`,
    );
  return openLake(bucket);
}

const lineOf = ({ at, sequenceNumber, event, reason }: Held): string =>
  [at, sequenceNumber, event?.creatorid ?? '(unreadable)', event?.subject ?? '', reason]
    .map((text) => String(text).toWellFormed())
    .join('  ');

async function list(bucket: Bucket, wanted: Wanted): Promise<number> {
  let count = 0;
  for await (const held of heldRecords(bucket, wanted)) {
    console.log(lineOf(held));
    count++;
  }
  console.error(`${count} records`);
  return 0;
}

async function show(bucket: Bucket, id: string | undefined, isUnmasked: boolean): Promise<number> {
  if (!id) throw new Error('Say which one: npm run quarantine -- show <sequence number>, as list names it.');
  for await (const held of heldRecords(bucket, { id })) {
    const { key, reason, at, event, data } = held;
    const shown = isUnmasked
      ? (event ?? Buffer.from(data, 'base64').toString())
      : (masked(event) ?? '(not readable: --unmasked shows the bytes)');
    console.log(JSON.stringify({ key, reason, acceptedAt: at, event: shown }, null, 2));
    return 0;
  }
  throw new Error(`There is no record ${id} in quarantine.`);
}

/** Listed to the end before anything leaves: a listing that changes under one's feet may pass something over. */
async function all(records: AsyncIterable<Held>): Promise<Held[]> {
  const found: Held[] = [];
  for await (const held of records) found.push(held);
  return found;
}

/** Records of one request, in order. */
const atOnce = 100;

async function replay(bucket: Bucket, wanted: Wanted, flags: Flags): Promise<number> {
  const target = flags['dry-run'] ? undefined : targetOf({ to: flags.to, token: flags.token, dataDir: flags['data-dir'] });
  const total = { accepted: 0, refused: 0 };
  const refuse = (held: Held, why: string) => {
    total.refused++;
    console.error(`${held.sequenceNumber} stays: ${why}`);
  };
  const send = async (some: Held[]) => {
    if (!target || !some.length) return;
    const { rejected } = await sendBatch(
      some.map(({ event }) => event as CloudEvent),
      target,
      () => {},
    );
    const why = new Map(rejected.map(({ index, code, message }) => [index, `${code}: ${message}`]));
    for (const [i, held] of some.entries()) {
      const refusal = why.get(i);
      if (refusal !== undefined) refuse(held, refusal);
      else {
        await keepAsReplayed(bucket, held, Date.now());
        total.accepted++;
      }
    }
  };
  let waiting: Held[] = [];
  for (const held of await all(heldRecords(bucket, wanted)))
    if (!held.event) refuse(held, 'no event can be read from it; discard it, or mend it at its source');
    else if (flags['dry-run']) console.log(`would be replayed: ${lineOf(held)}`);
    else if (waiting.push(held) >= atOnce) {
      await send(waiting);
      waiting = [];
    }
  await send(waiting);
  console.log(`${total.accepted} replayed, ${total.refused} stay in quarantine`);
  return total.refused ? 1 : 0;
}

async function discardAll(bucket: Bucket, wanted: Wanted, flags: Flags): Promise<number> {
  const found = await all(heldRecords(bucket, wanted));
  const isSure = flags.yes && !flags['dry-run'];
  for (const held of found) {
    console.log(`${isSure ? 'discarded' : 'would be discarded'}: ${lineOf(held)}`);
    if (isSure) await discard(bucket, held);
  }
  if (!isSure && !flags['dry-run']) throw new Error(`${found.length} records would be gone for good: add --yes to discard them.`);
  console.log(`${isSure ? found.length : 0} discarded`);
  return 0;
}

async function main(): Promise<number> {
  const { values: flags, positionals } = readFlags();
  const [what, number] = positionals;
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  if (!what || !['list', 'show', 'replay', 'discard'].includes(what)) throw new Error('Say what: list, show, replay or discard.');
  const bucket = openBucket(flags['data-dir']);
  const { creator, reason, since, until, id } = flags;
  const wanted = { creator, reason, since, until, id };
  if (what === 'list') return list(bucket, wanted);
  if (what === 'show') return show(bucket, number ?? id, flags.unmasked);
  return what === 'replay' ? replay(bucket, wanted, flags) : discardAll(bucket, wanted, flags);
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
