/** How do a creator's sources fare? In words of ours, with what to do. */
import type { ConnectionAnswer, SourceAnswer } from '../api/connections.ts';
import { listImport } from '../imports/describe.ts';
import type { Told } from '../sources/carriers/shipment.ts';
import { creatorFigures, figureNames } from '../sources/tiktok-shop/figures.ts';
import { openCheckpoints } from '../store/checkpoints.ts';
import { type Connection, readConnections } from '../store/connections.ts';
import { readNewestImports } from '../store/import-jobs.ts';
import { readLastSent } from '../store/last-sent.ts';
import type { Table } from '../store/table.ts';
import { readTaken } from '../store/taken-counts.ts';
import { backfillSeconds } from './backfill.ts';
import { describeCarriers } from './describe-carriers.ts';
import { sourceOf } from './open-shop.ts';
import { shopify, tiktokShop } from './waiting.ts';

/** How many lists of a shop are read (streamsOf). */
const listsOfShop = 6;
/** Nothing read for so long (seconds) is behind: six turns of the poller. */
const behindAfter = 3600;
/** So many imports tell of files as a source. */
const mostImports = 100;

const iso = (ms: number): string => new Date(ms).toISOString();

export const describeConnection = (connection: Connection): ConnectionAnswer => ({
  vendor: connection.vendor,
  shopId: connection.shopId,
  shop: connection.name,
  as: connection.isCreator ? 'creator' : 'seller',
  state: connection.state,
  connectedAt: iso(connection.connectedAt),
  consentUntil: connection.refreshExpiresAt ? iso(connection.refreshExpiresAt) : null,
  scopes: connection.scopes,
});

type Words = Pick<SourceAnswer, 'state' | 'remedy'>;

function stateOf({ state, failures, importedAt }: Connection, lagSeconds: number | null): Words {
  if (state === 'reconnect') return { state, remedy: 'Connect the shop again: consent was withdrawn, or has run out.' };
  if (failures > 0)
    return {
      state: 'failing',
      remedy: 'Nothing at first: it is tried again, later and later. If it lasts a day, look at the last error.',
    };
  if (importedAt === 0) return { state: 'importing', remedy: null };
  if (lagSeconds !== null && lagSeconds > behindAfter)
    return { state: 'behind', remedy: 'Wait for the next run; if it lasts, the service itself is not well: see its health.' };
  return { state: 'connected', remedy: null };
}

/** A shop that is heard and not read: nothing of it is behind, since only it knows whether there is more. */
const describeHeard = ({ shopId, name, state, failures, lastSuccess, lastError }: Connection, lastDay: number): SourceAnswer => ({
  name: shopify,
  shopId,
  shop: name,
  ...(state === 'reconnect'
    ? { state, remedy: 'Connect the shop again: the app was removed from it.' }
    : failures > 0
      ? {
          state: 'failing',
          remedy: 'Look at the last error; a creator counts in one currency, another shop needs one of its own.',
        }
      : { state: 'connected', remedy: null }),
  as: 'seller',
  progress: 1,
  newestDatum: lastSuccess ? iso(lastSuccess) : null,
  lastSuccess: lastSuccess ? iso(lastSuccess) : null,
  lastDay,
  lagSeconds: null,
  lastError: lastError || null,
});

async function describeSource(table: Table, connection: Connection, now: number): Promise<SourceAnswer> {
  const lastDay = await readTaken(table, connection.creatorId, sourceOf(connection), now);
  if (connection.vendor === shopify) return describeHeard(connection, lastDay);
  const all = await openCheckpoints(table, connection).all();
  // A creator has no lists; of a shop, what is read beside them says nothing of how far the past is read.
  const checkpoints = [...all].flatMap(([name, each]) => (connection.isCreator || !figureNames.has(name) ? [each] : []));
  const lists = connection.isCreator ? creatorFigures.length : listsOfShop;
  const until = connection.connectedAt / 1000;
  const shareOf = (readUntil: number) => Math.min(1, Math.max(0, (readUntil - (until - backfillSeconds)) / backfillSeconds));
  const shares = checkpoints.map(({ readUntil }) => shareOf(readUntil));
  const progress = connection.importedAt > 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / lists;
  // What is read of all lists; while the past is being read, nothing is complete.
  const newest =
    connection.importedAt > 0 && checkpoints.length ? Math.min(...checkpoints.map((each) => each.readUntil)) * 1000 : undefined;
  const lagSeconds = newest === undefined ? null : Math.max(0, Math.round((now - newest) / 1000));
  return {
    name: tiktokShop,
    shopId: connection.shopId,
    shop: connection.name,
    as: connection.isCreator ? 'creator' : 'seller',
    ...stateOf(connection, lagSeconds),
    progress: Math.round(progress * 1000) / 1000,
    newestDatum: newest === undefined ? null : iso(newest),
    lastSuccess: connection.lastSuccess ? iso(connection.lastSuccess) : null,
    lastDay,
    lagSeconds,
    lastError: connection.lastError || null,
  };
}

/** What is the same of a source that has told nothing yet. */
const nothingYet = {
  shopId: null,
  shop: null,
  as: null,
  progress: 1,
  newestDatum: null,
  lastSuccess: null,
  lastDay: null,
  lagSeconds: null,
  lastError: null,
  remedy: null,
} as const;

const aDay = 86_400_000;

/** The imports of the page: what they brought, up to which day, and whether the last one came to an end. */
async function describeFiles(table: Table, creatorId: string, now: number): Promise<SourceAnswer> {
  const jobs = (await readNewestImports(table, creatorId, now, mostImports)).map((job) => listImport(job, now));
  const [newest] = jobs;
  const done = jobs.filter(({ status }) => status === 'done');
  const days = done.flatMap(({ survey }) => survey?.days?.to ?? []).sort();
  const finished = done.flatMap(({ finishedAt }) => finishedAt ?? []).sort();
  const lately = done.filter(({ finishedAt }) => finishedAt !== null && Date.parse(finishedAt) > now - aDay);
  const hasFailed = newest?.status === 'failed';
  const isReading = newest?.status === 'surveying' || newest?.status === 'importing';
  return {
    ...nothingYet,
    name: 'files',
    state: hasFailed ? 'failing' : isReading ? 'importing' : done.length ? 'in_use' : 'unused',
    progress: newest?.status === 'importing' && newest.progress.of ? newest.progress.events / newest.progress.of : 1,
    newestDatum: days.at(-1) ?? null,
    lastSuccess: finished.at(-1) ?? null,
    lastDay: lately.reduce((sum, { accepted }) => sum + accepted, 0),
    lastError: hasFailed ? newest.refusals.join(' ') || null : null,
    remedy: hasFailed ? 'Put right what the error names, and drop the files again.' : null,
  };
}

async function describeEventsApi(table: Table, creatorId: string): Promise<SourceAnswer> {
  const at = await readLastSent(table, creatorId);
  const lastSuccess = at === undefined ? null : iso(at);
  return { ...nothingYet, name: 'events-api', state: at === undefined ? 'unused' : 'in_use', lastSuccess };
}

const noShop = (hasApp: boolean): SourceAnswer => ({
  ...nothingYet,
  name: 'tiktok-shop',
  state: hasApp ? 'not_connected' : 'not_set_up',
  remedy: hasApp
    ? 'Connect a shop, so that its numbers come by themselves.'
    : 'Whoever runs this deployment has to give it an app of TikTok Shop first.',
});

/** Every connected shop, or that there is none; files; programs that send events; carrier services. `now` in ms; `hasApp`: shops can be connected here; `services`: carriers that can be heard. */
export async function describeSources(
  table: Table,
  creatorId: string,
  { now, hasApp, services }: { now: number; hasApp: boolean; services: readonly Told['service'][] },
): Promise<SourceAnswer[]> {
  const [connections, carriers, files, events] = await Promise.all([
    readConnections(table, creatorId),
    describeCarriers(table, creatorId, { now, services }),
    describeFiles(table, creatorId, now),
    describeEventsApi(table, creatorId),
  ]);
  const shops = await Promise.all(connections.map((each) => describeSource(table, each, now)));
  return [...(shops.length ? shops : [noShop(hasApp)]), files, events, ...carriers];
}
