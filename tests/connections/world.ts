/** A seller's shop at the stand-in, and the service that reads it: real functions over a real table; time, queue and kills are the test's. */

import { routes as connectRoutes } from '../../functions/connect/routes.ts';
import { serve } from '../../functions/http.ts';
import { routes as webhookRoutes } from '../../functions/receive-webhook/routes.ts';
import { openStandIn, type Persona } from '../../local/vendors/tiktok-shop/api.ts';
import { notificationsOf, type SentWebhook } from '../../local/vendors/tiktok-shop/notifications.ts';
import type { StandInOptions } from '../../local/vendors/tiktok-shop/options.ts';
import { planShop } from '../../local/vendors/tiktok-shop/plan.ts';
import { truthOf } from '../../local/vendors/tiktok-shop/truth.ts';
import { applyWebhook } from '../../shared/connections/apply-webhook.ts';
import type { Connectors } from '../../shared/connections/open-shop.ts';
import { pollShops } from '../../shared/connections/poll-shops.ts';
import type { Waiting } from '../../shared/connections/receive-tiktok-shop.ts';
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
  const state = { now: (from + day * 86_400) * 1000, calls: 0, killAt: Number.POSITIVE_INFINITY, isDead: false };
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
    state.now += requestMs;
    pipeline.setNow(state.now);
    return { status: answer.status, text: async () => answer.body };
  };
  const keys = async () => ({ ownKey: 'an own key of no value', tiktokShop: { ...app, serviceId: 's-1' } });
  const sleep = async (ms: number) => {
    state.now += ms;
  };
  const started: object[] = [];
  const queue: Waiting[] = [];
  const connectors: Connectors & { table: Table; start: (event: unknown) => Promise<void> } = {
    collector: pipeline.collector,
    table: pipeline.collector.table,
    secrets,
    secretsPrefix: 'Test',
    keys,
    now,
    client: { fetch: send, random: () => 0.5, sleep, attempts },
    start: async (event) => void started.push(event as object),
  };
  const connectHandler = serve(connectRoutes, () => connectors, now);
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
  const post = (text: string | Buffer, authorization?: string) =>
    ask(webhookHandler, {
      route: 'POST /v1/webhooks/tiktok-shop',
      roles: null,
      text,
      headers: authorization === undefined ? {} : { authorization },
    });
  for (const id of ['c-1', 'c-2']) await pipeline.post([makeCreator(id, { timeZone: zone, currency: 'USD' })]);

  async function connect(creatorId = 'c-1', persona: Persona = 'seller') {
    const asked = { creatorId, as: creatorId };
    const route = 'POST /v1/creators/{creatorId}/connections/tiktok-shop';
    const begun = await ask(connectHandler, { route, ...asked, query: { as: persona } });
    const sent = new URL(begun.json.url);
    const query = { code: standIn.authorise(persona), state: sent.searchParams.get('state') ?? '' };
    return ask(connectHandler, { route: 'GET /v1/connect/tiktok-shop/callback', roles: null, query });
  }
  /** One run of the poller. */
  const run = (millisecondsLeft: () => number = () => 900_000, id = shopId) =>
    pollShops(connectors, { vendor: 'tiktok-shop', shopId: id }, millisecondsLeft);
  /** Counts all that is on the stream. */
  async function count() {
    while (pipeline.lagOf('stream') !== undefined) await pipeline.aggregate();
  }
  async function kpis() {
    await count();
    const answer = await pipeline.ask({
      route: 'GET /v1/creators/{creatorId}/kpis',
      creatorId: 'c-1',
      as: 'c-1',
      query: { names: 'gmv,orders,refunds', from: '2026-02-28', to: '2026-05-31', grain: 'day' },
    });
    if (!answer.json.series) throw new Error(answer.text);
    const days = new Map<string, Record<string, number>>();
    for (const { name, points } of answer.json.series)
      for (const { at, value } of points) if (value !== 0) days.set(at, { ...days.get(at), [name]: value });
    return Object.fromEntries([...days].sort());
  }
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
    queue,
    started,
    broken,
    post,
    connect,
    run,
    kpis,
    count,
    truth,
    askConnect: (asked: Asked) => ask(connectHandler, asked),
    webhooks: (since: number, until: number, chances = {}): SentWebhook[] =>
      notificationsOf(plan, since, until, { seed: 's', shopId, ...app, ...chances }),
    /** Works off what waits. */
    async workOff() {
      const outcomes: string[] = [];
      for (const message of queue.splice(0)) outcomes.push(await applyWebhook(connectors, message));
      return outcomes;
    },
    pass(ms: number) {
      state.now += ms;
      pipeline.setNow(state.now);
    },
    revive() {
      Object.assign(state, { isDead: false, killAt: Number.POSITIVE_INFINITY });
    },
  };
}

export type ShopWorld = Awaited<ReturnType<typeof openShopWorld>>;
