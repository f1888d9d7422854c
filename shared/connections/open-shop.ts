/** How is a connected shop read? Its client, with the stored token, and what mapping its records needs; requests are counted. */
import { noSuchCreator } from '../api/refusals.ts';
import type { CloudEvent } from '../events/parse.ts';
import { acceptBatch, type Collector } from '../ingest/accept.ts';
import { tally } from '../sources/files/import-report.ts';
import { type Notes, newNotes } from '../sources/mapping-notes.ts';
import { type ClientOptions, openClient } from '../sources/tiktok-shop/client.ts';
import type { Reading } from '../sources/tiktok-shop/streams.ts';
import type { Token } from '../sources/tiktok-shop/token.ts';
import type { Connection, ShopKey } from '../store/connections.ts';
import { readProfiles } from '../store/profiles.ts';
import type { Secrets } from '../store/secrets.ts';
import { addTaken } from '../store/taken-counts.ts';
import { openTokenStore } from '../store/vendor-tokens.ts';
import { zoneAt } from '../time.ts';
import { countRequests, operationEvents, type RequestCounts } from './request-counts.ts';
import { derivedKey, requireTikTokShop, type VendorKeys } from './vendor-keys.ts';

/** What connectors work with. */
export interface Connectors {
  collector: Collector;
  secrets: Secrets;
  /** First part of the names of secrets. */
  secretsPrefix: string;
  keys: () => Promise<VendorKeys>;
  now: () => number;
  /** Of the client: a test's own. */
  client?: Pick<ClientOptions, 'fetch' | 'random' | 'sleep' | 'attempts'>;
}

/** Requests a second of one run, so that several that read one shop at once stay below what it allows. */
const requestsPerSecond = 15;

export interface OpenShop {
  reading: Reading;
  notes: Notes;
  /** Puts events on the stream. Throws where the stream takes one of them not now; what can never be taken is counted in the notes. Answers how many it took. */
  sink: (events: CloudEvent[]) => Promise<void>;
  /** Puts what was counted of requests on the stream, under the name of the way that made them. */
  tellRequests: (source: string) => Promise<void>;
}

export async function openShop(connectors: Connectors, connection: Connection): Promise<OpenShop> {
  const { collector, now, client: more = {} } = connectors;
  const { creatorId, shopId, cipher } = connection;
  const [keys, profiles] = await Promise.all([connectors.keys(), readProfiles(collector.table, [creatorId])]);
  const profile = profiles.get(creatorId);
  if (!profile) throw noSuchCreator();
  const app = requireTikTokShop(keys);
  const stores = { table: collector.table, secrets: connectors.secrets, prefix: connectors.secretsPrefix, now };
  const counts: RequestCounts = new Map();
  const notes = newNotes();
  const client = openClient({
    ...more,
    appKey: app.appKey,
    appSecret: app.appSecret,
    hosts: app.hosts,
    tokens: openTokenStore<Token>(stores, connection),
    ...(cipher ? { shopCipher: cipher } : {}),
    fetch: countRequests(more.fetch ?? fetch, counts, now),
    now,
    requestsPerSecond: more.fetch ? Number.POSITIVE_INFINITY : requestsPerSecond,
  });
  const shop = {
    creatorId,
    shopId,
    timeZone: zoneAt(profile.zones, now()),
    buyerSecret: derivedKey(keys, 'buyers'),
    connectedAt: connection.connectedAt,
  };
  const sink = async (events: CloudEvent[]) => {
    const taken = await sendAll(events, collector, notes, now);
    if (taken) await addTaken(collector.table, creatorId, sourceOf(connection), taken, now());
  };
  const tellRequests = async (source: string) => {
    await sendAll(operationEvents(counts, creatorId, source, now()), collector, notes, now);
  };
  return { reading: { client, shop, notes, now }, notes, sink, tellRequests };
}

/** A shop as a source whose events are counted. */
export const sourceOf = ({ vendor, shopId }: ShopKey): string => `${vendor}#${shopId}`;

/** As many as a batch of the API holds. */
const atOnce = 500;

/** Puts events on the stream, batch by batch. Throws where it takes one of them not now; what can never be taken is counted in the notes. Answers how many it took. */
export async function sendAll(events: CloudEvent[], collector: Collector, notes: Notes, now: () => number): Promise<number> {
  let taken = 0;
  for (let i = 0; i < events.length; i += atOnce) {
    const { accepted, rejected } = await acceptBatch(events.slice(i, i + atOnce), collector, now());
    taken += accepted;
    for (const { code } of rejected) {
      if (code === 'unavailable') throw new Error('the stream does not take events at the moment');
      tally(notes.refused, `event: ${code}`, code);
    }
  }
  return taken;
}
