/** Does the client ask as the vendor wants it, bear what goes wrong, renew its token in time, and keep its secrets? */
import { describe, expect, it } from 'vitest';
import { planShop } from '../../../local/vendors/tiktok-shop/plan.ts';
import { startStandIn } from '../../../local/vendors/tiktok-shop/server.ts';
import { endlessGuard, exchangeCode, openClient, shopsOf } from '../../../shared/sources/tiktok-shop/client.ts';
import { poll } from '../../../shared/sources/tiktok-shop/poll.ts';
import { shopProfile } from '../../../shared/sources/tiktok-shop/profile.ts';
import { apis } from '../../../shared/sources/tiktok-shop/rules/apis.ts';
import { meaningOf } from '../../../shared/sources/tiktok-shop/rules/errors.ts';
import { app, connect, everyTime, failureOf, memoryTokens, openWorld, search, shop, shopCipher } from './world.ts';

describe('over HTTP', () => {
  const from = Math.floor(Date.now() / 1000) - 40 * 86_400;
  const plan = planShop({ seed: 'http', from, to: from + 30 * 86_400, orders: 120 });
  const options = { plan, from, ...app, shopCipher, shopId: shop.shopId, now: Date.now };

  it('a code becomes a token, a token the shop, the shop its cipher and its orders', async () => {
    const standIn = await startStandIn(options);
    try {
      const hostsHere = { api: standIn.url, auth: standIn.url };
      const token = await exchangeCode(standIn.authorise(), { ...app, hosts: hostsHere });
      expect(token.accessExpiresAt).toBeGreaterThan(Date.now() + 6 * 86_400_000);
      const tokens = memoryTokens();
      await tokens.put(token, undefined);
      const [found = {}] = await shopsOf(openClient({ ...app, tokens, hosts: hostsHere }));
      expect(shopProfile(found, { creatorId: 'c-1', at: Date.now() }).data.currency).toBe('USD');
      const client = openClient({ ...app, tokens, hosts: hostsHere, shopCipher: String(found.cipher) });
      const ids: unknown[] = [];
      for await (const { items } of client.pages(apis.searchOrders, search)) ids.push(...items.map(({ id }) => id));
      expect(new Set(ids).size).toBe(120);
    } finally {
      await standIn.stop();
    }
  });

  it('no more than 50 requests a second are sent', async () => {
    // The stand-in lets all of them pass: when they arrive depends on what else this machine does, that they are held back does not.
    const standIn = await startStandIn({ ...options, requestsPerSecond: Number.POSITIVE_INFINITY });
    try {
      const tokens = memoryTokens();
      await connect(standIn, tokens, Date.now());
      const client = openClient({ ...app, tokens, hosts: { api: standIn.url, auth: standIn.url }, shopCipher, attempts: 1 });
      const began = performance.now();
      await Promise.all(Array.from({ length: 120 }, () => client.call(apis.orders, { query: { ids: '1' } })));
      expect(performance.now() - began).toBeGreaterThan(1900);
    } finally {
      await standIn.stop();
    }
  });

  it('a server that is not there is named by what was asked, not by its address', async () => {
    const tokens = memoryTokens();
    await tokens.put(
      { accessToken: 'a', accessExpiresAt: Date.now() + 1e9, refreshToken: 'r', refreshExpiresAt: Date.now() + 1e9, scopes: [] },
      undefined,
    );
    const nowhere = { api: 'http://127.0.0.1:1', auth: 'http://127.0.0.1:1' };
    const client = openClient({ ...app, tokens, hosts: nowhere, attempts: 2, sleep: async () => {} });
    await expect(client.call(apis.shops)).rejects.toThrow(/^authorised shops: TikTok Shop cannot be reached, or broke off$/);
  });
});

describe('what the vendor refuses', () => {
  const cases: [what: string, changed: object, says: RegExp, remedy: string][] = [
    [
      'another secret',
      { appSecret: 'wrong' },
      /the signature is wrong: check app key and app secret \(code 106001, HTTP 401, request stand-in-/,
      'give up',
    ],
    ['another app', { appKey: 'wrong' }, /check the clock of this machine .* and the app key \(code 36009004/, 'give up'],
    [
      'no cipher',
      { shopCipher: undefined },
      /the shop cipher is missing: read it from the list of authorised shops \(code 106013/,
      'give up',
    ],
    [
      'the cipher of another shop',
      { shopCipher: 'x' },
      /does not belong to this shop: connect the shop again \(code 101000/,
      'reconnect',
    ],
    ['a clock that is six minutes behind', { now: 'behind' }, /check the clock of this machine/, 'give up'],
  ];
  it.each(cases)('%s is told with its remedy and the number of the request', async (_, changed, says, remedy) => {
    const { standIn, world, tokens } = await openWorld({ orders: 5 });
    const client = openClient({
      ...app,
      shopCipher,
      tokens,
      sleep: async () => {},
      fetch: async (url, { method, headers, body = '' }) => {
        const answer = standIn.answer({ method, url, headers, body });
        return { status: answer.status, text: async () => answer.body };
      },
      ...changed,
      now: () => world.now - ('now' in changed ? 360_000 : 0),
    });
    const failure = await failureOf(client.call(apis.orders, { query: { ids: '1' } }));
    expect(failure.message).toMatch(says);
    expect(failure.remedy).toBe(remedy);
  });
});

describe('what goes wrong for good', () => {
  it.each([
    ['too_many', /order search: too many requests.*code 36009002, HTTP 429/],
    ['broken', /order search: an error inside TikTok Shop.*code 36009003, HTTP 500/],
    ['html', /order search: the answer is a page of HTML and not JSON.*HTTP 200/],
    ['half', /order search: the answer is no JSON, or only a part of it came/],
  ] as const)('%s is told after a bounded number of tries, with growing pauses', async (fault, says) => {
    const { client, world, standIn } = await openWorld({ orders: 5, fault: everyTime(fault) });
    expect((await failureOf(client.call(apis.searchOrders, search))).message).toMatch(says);
    expect(standIn.requests.get(apis.searchOrders.path)).toBe(8);
    expect(world.pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });
  it('pauses are anything up to their bound, so that those who failed together do not come again together', async () => {
    const pauses: number[] = [];
    const { standIn, tokens, world } = await openWorld({ orders: 5, fault: everyTime('too_many') });
    const client = openClient({
      ...app,
      shopCipher,
      tokens,
      now: () => world.now,
      requestsPerSecond: Number.POSITIVE_INFINITY,
      sleep: async (ms) => void pauses.push(ms),
      fetch: async (url, { method, headers, body = '' }) => {
        const answer = standIn.answer({ method, url, headers, body });
        return { status: answer.status, text: async () => answer.body };
      },
    });
    for (let i = 0; i < 5; i++) await failureOf(client.call(apis.searchOrders, search));
    expect(new Set(pauses).size).toBe(35);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
  });
  it('pages that do not end stop where one comes again', async () => {
    const { client } = await openWorld({ orders: 300, fault: everyTime('endless') });
    const all = async () => {
      for await (const page of client.pages(apis.searchOrders, search)) expect(page.items.length).toBe(100);
    };
    expect((await failureOf(all())).message).toBe('order search: its pages do not end: the same page comes again');
  });
  it('pages that do not end although each token is new stop at a bound', () => {
    const guard = endlessGuard('order search', 3);
    for (const token of ['1', '2', '3']) guard(token);
    expect(() => guard('4')).toThrow('order search: its pages do not end: there are more than 3 pages');
  });
  it('polling stops there too', async () => {
    const { pollAll } = await openWorld({ orders: 300, fault: everyTime('endless') });
    expect((await failureOf(pollAll())).message).toMatch(/its pages do not end/);
  });
  it('a list that is not in the order of change is not read on: what was skipped would never be read', async () => {
    const read = async () => ({ items: [{ at: 5 }, { at: 4 }], next: undefined, data: {} });
    const stream = { name: 'orders', read, changedAt: ({ at }: { at?: unknown }) => Number(at), events: async () => [] };
    const checkpoints = { get: async () => undefined, put: async () => {} };
    const polled = poll(stream, { checkpoints, sink: async () => {}, since: 0, now: () => 10_000 });
    expect((await failureOf(polled)).message).toBe('orders: the list is not in the order of change that was asked for');
  });
  it('no message holds a token or a secret', async () => {
    const secrets = [app.appSecret, 'access-1', 'refresh-1', shopCipher];
    for (const fault of ['too_many', 'broken', 'html', 'half', 'expired', 'endless'] as const) {
      const { client, pollAll } = await openWorld({ orders: 50, fault: everyTime(fault), attempts: 2 });
      for (const failure of [await failureOf(client.call(apis.searchOrders, search)), await failureOf(pollAll())]) {
        const told = `${failure.message} ${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`;
        for (const secret of secrets) expect(told).not.toContain(secret);
      }
    }
  });
});

describe('an error code', () => {
  it.each([
    [401, 105002, 'refresh'],
    [200, 36009002, 'retry'],
    [200, 36009003, 'retry'],
    [200, 36009007, 'retry'],
    [429, undefined, 'retry'],
    [503, undefined, 'retry'],
    [401, undefined, 'refresh'],
    [200, 105005, 'reconnect'],
    [200, 36004004, 'reconnect'],
    [200, 36009014, 'give up'],
    [200, 12_345, 'give up'],
    [403, undefined, 'give up'],
  ] as const)('HTTP %s with code %s: %s', (status, code, remedy) => expect(meaningOf(status, code).remedy).toBe(remedy));
});
