/** A simulated shop, a client of it, and a place for what it says: with a clock of their own, and stops wherever a test wants one. */
import { openStandIn, type Persona, type StandIn } from '../../../local/vendors/tiktok-shop/api.ts';
import type { Fault } from '../../../local/vendors/tiktok-shop/faults.ts';
import type { StandInOptions } from '../../../local/vendors/tiktok-shop/options.ts';
import { planShop } from '../../../local/vendors/tiktok-shop/plan.ts';
import { type DayOfTruth, truthOf } from '../../../local/vendors/tiktok-shop/truth.ts';
import { contentHash } from '../../../shared/events/facts.ts';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { type Notes, newNotes } from '../../../shared/sources/mapping-notes.ts';
import { type ClientOptions, type Fetch, openClient } from '../../../shared/sources/tiktok-shop/client.ts';
import type { TikTokShopError } from '../../../shared/sources/tiktok-shop/error.ts';
import { type Checkpoint, type Checkpoints, poll } from '../../../shared/sources/tiktok-shop/poll.ts';
import { type Reading, streamsOf } from '../../../shared/sources/tiktok-shop/streams.ts';
import type { StoredToken, Token, TokenStore } from '../../../shared/sources/tiktok-shop/token.ts';
import { dayOf, toLocal } from '../../../shared/time.ts';

export const app = { appKey: '29a39d', appSecret: 'the-app-secret-e59af819cc' };
export const shopCipher = 'GCP_XF90igAAAABh00qsWgtvOiGFNqyubMt3';
const from = Date.UTC(2026, 2, 1) / 1000;
const timeZone = 'America/Los_Angeles';
export const shop = { creatorId: 'c-1', shopId: '7495540735365777507', timeZone, buyerSecret: 'a secret', connectedAt: 0 };

export class Killed extends Error {}

export function memoryTokens(): TokenStore & { stored?: StoredToken } {
  const store: TokenStore & { stored?: StoredToken } = {
    get: async () => store.stored,
    put: async (token, ifVersion) => {
      if (store.stored?.version !== ifVersion) return false;
      store.stored = { token, version: String(Number(ifVersion ?? 0) + 1) };
      return true;
    },
  };
  return store;
}

/** A token as the consent page and token/get would have given it. */
export async function connect(standIn: StandIn, tokens: TokenStore, now: number, persona?: Persona): Promise<Token> {
  const query = new URLSearchParams({
    app_key: app.appKey,
    app_secret: app.appSecret,
    auth_code: standIn.authorise(persona),
    grant_type: 'authorized_code',
  });
  const { body } = standIn.answer({ method: 'GET', url: `/api/v2/token/get?${query}`, headers: {}, body: '' });
  const { data } = JSON.parse(body);
  const token: Token = {
    accessToken: data.access_token,
    accessExpiresAt: data.access_token_expire_in * 1000,
    refreshToken: data.refresh_token,
    refreshExpiresAt: data.refresh_token_expire_in * 1000,
    scopes: [],
  };
  if (token.accessExpiresAt <= now) throw new Error('the stand-in gives tokens that have run out');
  await tokens.put(token, (await tokens.get())?.version);
  return token;
}

export interface WorldOptions extends Partial<StandInOptions>, Pick<ClientOptions, 'attempts'> {
  orders?: number;
  seed?: string;
  /** Days since the first order at which the world begins. */
  day?: number;
  /** How long (ms) a request takes. */
  requestMs?: number;
  /** A sink that answers before it keeps what it was given: until it is called again. */
  isSinkLazy?: boolean;
  persona?: Persona;
}

export async function openWorld({
  orders = 300,
  seed = 's',
  day = 40,
  requestMs = 25,
  attempts = 8,
  isSinkLazy = false,
  persona,
  ...more
}: WorldOptions = {}) {
  const plan = planShop({ seed, from, to: from + 30 * 86_400, orders });
  const world = { now: (from + day * 86_400) * 1000, steps: 0, killAt: Number.POSITIVE_INFINITY, pauses: [] as number[] };
  const now = () => world.now;
  const standIn = openStandIn({ plan, from, ...app, shopCipher, shopId: shop.shopId, now, ...more });
  const tokens = memoryTokens();
  await connect(standIn, tokens, world.now, persona);
  /** Each step that may be the last one of a process. */
  const step = () => {
    if (++world.steps === world.killAt) throw new Killed(`at step ${world.steps}`);
  };
  const stepping = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const result = await work();
    step();
    return result;
  };
  const send: Fetch = (url, { method, headers, body = '' }) =>
    stepping(async () => {
      const answer = standIn.answer({ method, url, headers, body });
      world.now += requestMs;
      return { status: answer.status, text: async () => answer.body };
    });
  const steppingTokens: TokenStore = {
    get: () => stepping(() => tokens.get()),
    put: (token, version) => stepping(() => tokens.put(token, version)),
  };
  const client = openClient({
    ...app,
    ...(persona === 'creator' ? {} : { shopCipher }),
    tokens: steppingTokens,
    fetch: send,
    now,
    random: () => 0.5,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    attempts,
    sleep: async (ms) => {
      world.pauses.push(ms);
      world.now += ms;
    },
  });

  const kept: CloudEvent[] = [];
  const stored = new Map<string, Checkpoint>();
  const checkpoints: Checkpoints = {
    get: (stream) => stepping(async () => stored.get(stream)),
    put: (stream, value) => stepping(async () => void stored.set(stream, value)),
  };
  let waiting: CloudEvent[] = [];
  const sink = (events: CloudEvent[]) =>
    stepping(async () => {
      kept.push(...(isSinkLazy ? waiting : events));
      waiting = events;
    });
  const notes: Notes = newNotes();
  const reading: Reading = { client, shop, notes, now };
  const pollAll = async () => {
    waiting = [];
    for (const stream of streamsOf(reading)) await poll(stream, { checkpoints, sink, since: from - 86_400, now });
    if (isSinkLazy) kept.push(...waiting);
  };
  return {
    world,
    plan,
    standIn,
    client,
    tokens,
    kept,
    notes,
    reading,
    sink,
    checkpoints,
    stored,
    pollAll,
    from,
    truth: () => truthOf(plan, Math.floor(world.now / 1000), timeZone),
  };
}

/** The newest snapshot of each subject. Throws where two of one version differ: a repetition would not be without effect. */
export function newestOf(events: readonly CloudEvent[]): Map<string, CloudEvent> {
  const newest = new Map<string, CloudEvent>();
  const hashes = new Map<string, string>();
  for (const event of events) {
    const key = `${event.subject}@${event.entityversion}`;
    const hash = contentHash(event.data);
    if ((hashes.get(key) ?? hash) !== hash) throw new Error(`two snapshots of ${key}`);
    hashes.set(key, hash);
    const known = newest.get(event.subject);
    if (!known || event.entityversion >= known.entityversion) newest.set(event.subject, event);
  }
  return newest;
}

interface Line {
  quantity: number;
  unitPrice: number;
  sellerDiscount: number;
  platformDiscount: number;
  tax: number;
}

/** The same numbers as the truth, added up from events. */
export function countedOf(events: readonly CloudEvent[]): Map<string, DayOfTruth> {
  const newest = newestOf(events);
  const days = new Map<string, DayOfTruth>();
  const add = (at: unknown, field: keyof DayOfTruth, amount: number) => {
    if (typeof at !== 'string') return;
    const day = dayOf(toLocal(Date.parse(at), [{ from: '', zone: timeZone }]));
    const known = days.get(day) ?? { orders: 0, gmv: 0, refunds: 0, settled: 0 };
    known[field] += amount;
    days.set(day, known);
  };
  for (const { subject, data } of newest.values()) {
    const [root, id, part] = subject.split('/');
    if (root !== 'order' || newest.get(`order/${id}`)?.data.sample) continue;
    if (part === 'refund') add(data.completedAt, 'refunds', Number(data.goodsAmount));
    if (part === 'settlement') add(data.settledAt, 'settled', Number(data.settledAmount));
    if (part !== undefined) continue;
    const paid = (data.lines as Line[]).reduce(
      (sum, line) => sum + line.unitPrice * line.quantity - line.sellerDiscount - line.platformDiscount + line.tax,
      Number(data.shippingCharged),
    );
    add(data.paidAt, 'orders', 1);
    add(data.cod ? data.placedAt : data.paidAt, 'gmv', paid);
  }
  return days;
}

/** In the order of days, to be compared. */
export const sorted = (days: Map<string, DayOfTruth>): [string, DayOfTruth][] => [...days].sort(([a], [b]) => (a < b ? -1 : 1));

/** A fault at every request but the first. */
export const everyTime = (fault: Fault) => (n: number) => (n > 1 ? fault : undefined);
/** How orders are searched for. */
export const search = { query: { sort_field: 'update_time', sort_order: 'ASC' }, body: {} };
/** What a promise fails with. */
export const failureOf = async (work: Promise<unknown>): Promise<TikTokShopError> => {
  const error: unknown = await work.then(
    () => new Error('nothing failed'),
    (reason) => reason,
  );
  return error as TikTokShopError;
};
