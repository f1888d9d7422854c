/** A seller's shop at the stand-in, and the service that reads it: real functions over a real table; time, queue and kills are the test's. */

import { routes as connectRoutes } from '../../functions/connect/routes.ts';
import { serve } from '../../functions/http.ts';
import { routes as webhookRoutes } from '../../functions/receive-webhook/routes.ts';
import { openStandIn, type Persona } from '../../local/vendors/tiktok-shop/api.ts';
import { notificationsOf, type SentWebhook } from '../../local/vendors/tiktok-shop/notifications.ts';
import type { StandInOptions } from '../../local/vendors/tiktok-shop/options.ts';
import { planShop } from '../../local/vendors/tiktok-shop/plan.ts';
import { truthOf } from '../../local/vendors/tiktok-shop/truth.ts';
import { applyWebhooks } from '../../shared/connections/apply-webhooks.ts';
import type { Connectors } from '../../shared/connections/open-shop.ts';
import { trackWith } from '../../shared/connections/parcels.ts';
import { pollShops } from '../../shared/connections/poll-shops.ts';
import type { Waiting } from '../../shared/connections/waiting.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { acceptBatch } from '../../shared/ingest/accept.ts';
import type { Fetch } from '../../shared/sources/tiktok-shop/client.ts';
import type { Secrets } from '../../shared/store/secrets.ts';
import type { Table } from '../../shared/store/table.ts';
import { makeCreator } from '../make/events.ts';
import { makePipeline } from '../make/pipeline.ts';
import { type Asked, ask } from '../make/request.ts';

export const app = { appKey: '29a39d', appSecret: 'the-app-secret-e59af819cc' };
export const shopId = '7495540735365777507';
const from = Date.UTC(2026, 2, 1) / 1000;
const zone = 'America/Los_Angeles';

/** Secrets of carrier services. */
export const signing = { easypost: 'the-easypost-sécret', aftership: 'the-aftership-secret', shippo: 'the-shippo-secret' };
export type Service = keyof typeof signing;
/** The app at Shopify. */
export const shopifyApp = {
  clientId: 'the-client',
  clientSecret: 'the-client-secret',
  callback: 'https://example.org/v1/connect/shopify/callback',
};
export const keys = async () => ({
  shopify: shopifyApp,
  ownKey: 'an own key of no value',
  tiktokShop: { ...app, serviceId: 's-1' },
  easypost: { webhookSecret: signing.easypost },
  aftership: { webhookSecret: signing.aftership },
  shippo: { webhookSecret: signing.shippo },
});

export class Killed extends Error {}

export interface WorldOptions extends Partial<StandInOptions> {
  orders?: number;
  /** Days since the first order at which the seller connects. */
  day?: number;
  requestMs?: number;
  attempts?: number;
  /** A bug: the table as the service has it. */
  plant?: (send: Table['send']) => Table['send'];
}

export async function openShopWorld({
  orders = 120,
  day = 40,
  requestMs = 25,
  attempts = 8,
  plant = (send) => send,
  ...more
}: WorldOptions = {}) {
  const state = { now: (from + day * 86_400) * 1000, requestMs, calls: 0, killAt: Number.POSITIVE_INFINITY, isDead: false };
  const now = () => state.now;
  /** A call that a killed process does not come to, nor any after it. */
  const step = () => {
    if (++state.calls === state.killAt) state.isDead = true;
    if (state.isDead) throw new Killed('killed');
  };
  const pipeline = await makePipeline(new Date(state.now).toISOString(), (table: Table) => ({
    ...table,
    send: ((command: never) => {
      step();
      return plant(table.send)(command);
    }) as Table['send'],
  }));
  const collector = { ...pipeline.collector, track: trackWith(pipeline.collector.table, keys) };
  const plan = planShop({ seed: 's', from, to: from + 30 * 86_400, orders });
  const standIn = openStandIn({ plan, from, ...app, shopCipher: 'the-cipher', shopId, now, ...more });
  const versions = new Map<string, string>();
  const secrets: Secrets = {
    get: async (name, version = '') => versions.get(`${name} ${version}`),
    put: async (name, version, text) => void versions.set(`${name} ${version}`, text),
  };
  const send: Fetch = async (url, { method, headers, body = '' }) => {
    step();
    const answer = standIn.answer({ method, url, headers, body });
    state.now += state.requestMs;
    pipeline.setNow(state.now);
    return { status: answer.status, text: async () => answer.body };
  };
  const sleep = async (ms: number) => {
    state.now += ms;
  };
  const started: object[] = [];
  const queue: Waiting[] = [];
  const connectors: Connectors & { table: Table; start: (event: unknown) => Promise<void> } = {
    collector,
    table: collector.table,
    secrets,
    secretsPrefix: 'Test',
    keys,
    now,
    client: { fetch: send, random: () => 0.5, sleep, attempts },
    start: async (event) => void started.push(event as object),
  };
  /** Codes that a shop of Shopify has given out, with what was granted; each is good once. */
  const codes = new Map<string, string>();
  const fetchShopify = (async (url: string, { body = '{}' }: { body?: string }) => {
    const { client_id, client_secret, code } = JSON.parse(body);
    const scope = codes.get(`${new URL(url).host} ${code}`);
    codes.delete(`${new URL(url).host} ${code}`);
    if (client_id !== shopifyApp.clientId || client_secret !== shopifyApp.clientSecret || scope === undefined)
      return new Response('{"error":"invalid_request"}', { status: 400 });
    return Response.json({ access_token: 'the-shopify-token', scope });
  }) as typeof fetch;
  const connectHandler = serve(connectRoutes, () => ({ ...connectors, fetchShopify }), now);
  const broken = { isOpen: true };
  const webhookHandler = serve(
    webhookRoutes,
    () => ({
      table: pipeline.collector.table,
      keys,
      send: async (message: unknown) => {
        if (!broken.isOpen) throw new Error('the queue is away');
        queue.push(message as Waiting);
      },
    }),
    now,
  );
  const postTo = (vendor: string, text: string | Buffer, headers: Record<string, string> = {}) =>
    ask(webhookHandler, { route: `POST /v1/webhooks/${vendor}`, roles: null, text, headers });
  const post = (text: string | Buffer, authorization?: string) =>
    postTo('tiktok-shop', text, authorization === undefined ? {} : { authorization });
  for (const id of ['c-1', 'c-2']) await pipeline.post([makeCreator(id, { timeZone: zone, currency: 'USD' })]);

  /** The browser comes back from the vendor, and the dashboard completes what it is led on with; `text` is what is read there. */
  async function comeBack(vendor: string, query: Record<string, string>, person: Pick<Asked, 'creatorId' | 'as' | 'sub'> = {}) {
    const page = await ask(connectHandler, { route: `GET /v1/connect/${vendor}/callback`, roles: null, query });
    const onward = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(page.text)?.[1];
    if (onward === undefined) return page;
    const link = new URL(
      onward.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
      'http://dashboard',
    );
    const creatorId = link.pathname.split('/')[2] ?? '';
    const body = { vendor: link.searchParams.get('consent'), back: link.searchParams.get('back') };
    const route = 'POST /v1/creators/{creatorId}/connections';
    const done = await ask(connectHandler, { route, creatorId, as: creatorId, body, ...person });
    return { ...done, text: done.json.says ?? done.json.detail };
  }
  async function connect(creatorId = 'c-1', persona: Persona = 'seller') {
    const asked = { creatorId, as: creatorId };
    const route = 'POST /v1/creators/{creatorId}/connections/tiktok-shop';
    const begun = await ask(connectHandler, { route, ...asked, query: { as: persona } });
    const sent = new URL(begun.json.url);
    const query = { code: standIn.authorise(persona), state: sent.searchParams.get('state') ?? '' };
    return comeBack('tiktok-shop', query, asked);
  }
  /** Takes events in as a source or a file gives them. */
  async function accept(events: CloudEvent[]) {
    const { rejected } = await acceptBatch(events, collector, state.now);
    if (rejected.length) throw new Error(JSON.stringify(rejected));
  }
  /** Non-zero days of some KPIs. */
  async function days(names: string, creatorId = 'c-1') {
    await count();
    const { json, text } = await pipeline.ask({
      route: 'GET /v1/creators/{creatorId}/kpis',
      creatorId,
      as: creatorId,
      query: { names, from: '2026-02-28', to: '2026-05-31', grain: 'day' },
    });
    if (!json.series) throw new Error(text);
    const found = new Map<string, Record<string, number>>();
    for (const { name, points } of json.series)
      for (const { at, value } of points) if (value !== 0 && value !== null) found.set(at, { ...found.get(at), [name]: value });
    return Object.fromEntries([...found].sort());
  }
  /** One run of the poller. */
  const run = (millisecondsLeft: () => number = () => 900_000, id = shopId) =>
    pollShops(connectors, { vendor: 'tiktok-shop', shopId: id }, millisecondsLeft);
  /** Counts all that is on the stream. */
  async function count() {
    while (pipeline.lagOf('stream') !== undefined) await pipeline.aggregate();
  }
  const kpis = () => days('gmv,orders,refunds');
  /** The same shape, of what the shop itself says. */
  function truth() {
    const days = [...truthOf(plan, Math.floor(state.now / 1000), zone)].sort();
    const nonzero = ([day, { gmv, orders: count, refunds }]: (typeof days)[number]): [string, object] => [
      day,
      Object.fromEntries(Object.entries({ gmv, orders: count, refunds }).filter(([, number]) => number !== 0)),
    ];
    return Object.fromEntries(days.map(nonzero).filter(([, numbers]) => Object.keys(numbers).length > 0));
  }
  return {
    state,
    pipeline,
    plan,
    standIn,
    connectors,
    secrets: versions,
    codes,
    queue,
    started,
    broken,
    post,
    postTo,
    comeBack,
    accept,
    days,
    connect,
    run,
    kpis,
    count,
    truth,
    askConnect: (asked: Asked) => ask(connectHandler, asked),
    webhooks: (since: number, until: number, chances = {}): SentWebhook[] =>
      notificationsOf(plan, since, until, { seed: 's', shopId, ...app, ...chances }),
    /** Works off what waits, as many at once as the queue hands over. Throws what one of them failed with. */
    async workOff(atOnce = 50) {
      const outcomes: string[] = [];
      const failures: unknown[] = [];
      const around = { millisecondsLeft: () => 120_000, failed: (error: unknown) => void failures.push(error) };
      while (queue.length) outcomes.push(...(await applyWebhooks(connectors, queue.splice(0, atOnce), around)));
      if (failures.length) throw failures[0];
      return outcomes;
    },
    pass(ms: number) {
      state.now += ms;
      pipeline.setNow(state.now);
    },
    /** What the schedule does. */
    pollAll: () => pollShops(connectors, {}, () => 900_000),
    revive() {
      Object.assign(state, { isDead: false, killAt: Number.POSITIVE_INFINITY });
    },
  };
}

export type ShopWorld = Awaited<ReturnType<typeof openShopWorld>>;
