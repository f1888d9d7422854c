/** How do a creator's sources fare? In words of ours, with what to do. */
import type { ConnectionAnswer, SourceAnswer } from '../api/connections.ts';
import { openCheckpoints } from '../store/checkpoints.ts';
import { type Connection, readConnections } from '../store/connections.ts';
import type { Table } from '../store/table.ts';
import { backfillSeconds } from './poll-shop.ts';
import { shopify } from './waiting.ts';

/** How many lists of a shop are read (streamsOf). */
const lists = 6;
/** Nothing read for so long (seconds) is behind: six turns of the poller. */
const behindAfter = 3600;

const iso = (ms: number): string => new Date(ms).toISOString();

export const describeConnection = (connection: Connection): ConnectionAnswer => ({
  vendor: connection.vendor,
  shopId: connection.shopId,
  shop: connection.name,
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
const describeHeard = ({ vendor, shopId, name, state, failures, lastSuccess, lastError }: Connection): SourceAnswer => ({
  name: vendor,
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
  progress: 1,
  newestDatum: lastSuccess ? iso(lastSuccess) : null,
  lastSuccess: lastSuccess ? iso(lastSuccess) : null,
  lagSeconds: null,
  lastError: lastError || null,
});

async function describeSource(table: Table, connection: Connection, now: number): Promise<SourceAnswer> {
  if (connection.vendor === shopify) return describeHeard(connection);
  const checkpoints = [...(await openCheckpoints(table, connection).all()).values()];
  const until = connection.connectedAt / 1000;
  const shareOf = (readUntil: number) => Math.min(1, Math.max(0, (readUntil - (until - backfillSeconds)) / backfillSeconds));
  const shares = checkpoints.map(({ readUntil }) => shareOf(readUntil));
  const progress = connection.importedAt > 0 ? 1 : shares.reduce((sum, share) => sum + share, 0) / lists;
  // What is read of all lists; while the past is being read, nothing is complete.
  const newest =
    connection.importedAt > 0 && checkpoints.length ? Math.min(...checkpoints.map((each) => each.readUntil)) * 1000 : undefined;
  const lagSeconds = newest === undefined ? null : Math.max(0, Math.round((now - newest) / 1000));
  return {
    name: connection.vendor,
    shopId: connection.shopId,
    shop: connection.name,
    ...stateOf(connection, lagSeconds),
    progress: Math.round(progress * 1000) / 1000,
    newestDatum: newest === undefined ? null : iso(newest),
    lastSuccess: connection.lastSuccess ? iso(connection.lastSuccess) : null,
    lagSeconds,
    lastError: connection.lastError || null,
  };
}

const filesOnly: SourceAnswer = {
  name: 'files',
  shopId: null,
  shop: null,
  state: 'files only',
  progress: 1,
  newestDatum: null,
  lastSuccess: null,
  lagSeconds: null,
  lastError: null,
  remedy: 'Connect a shop, so that its numbers come by themselves.',
};

/** Every connected shop; where there is none, that numbers come by files alone. `now` in ms. */
export async function describeSources(table: Table, creatorId: string, now: number): Promise<SourceAnswer[]> {
  const connections = await readConnections(table, creatorId);
  if (!connections.length) return [filesOnly];
  return Promise.all(connections.map((each) => describeSource(table, each, now)));
}
