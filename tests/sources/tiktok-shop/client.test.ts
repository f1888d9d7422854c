/** Does the client ask as the vendor wants it, bear what goes wrong, renew its token in time, and keep its secrets? */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../local/vendors/tiktok-shop/faults.ts';
import { planShop } from '../../../local/vendors/tiktok-shop/plan.ts';
import { startStandIn } from '../../../local/vendors/tiktok-shop/server.ts';
import { endlessGuard, exchangeCode, openClient, shopsOf } from '../../../shared/sources/tiktok-shop/client.ts';
import type { TikTokShopError } from '../../../shared/sources/tiktok-shop/error.ts';
import { poll } from '../../../shared/sources/tiktok-shop/poll.ts';
import { shopProfile } from '../../../shared/sources/tiktok-shop/profile.ts';
import { apis, hosts } from '../../../shared/sources/tiktok-shop/rules/apis.ts';
import { meaningOf } from '../../../shared/sources/tiktok-shop/rules/errors.ts';
import { openTokens, tokenOf } from '../../../shared/sources/tiktok-shop/token.ts';
import { app, connect, memoryTokens, openWorld, shop, shopCipher } from './world.ts';

const everyTime = (fault: Fault) => (n: number) => (n > 1 ? fault : undefined);
const search = { query: { sort_field: 'update_time', sort_order: 'ASC' }, body: {} };
const failureOf = async (work: Promise<unknown>): Promise<TikTokShopError> => {
  const error: unknown = await work.then(
    () => new Error('nothing failed'),
    (reason) => reason,
  );
  return error as TikTokShopError;
};

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

describe('a token', () => {
  const anHour = 3_600_000;
  const tokenUntil = (name: string, accessExpiresAt: number, refreshExpiresAt = accessExpiresAt + 365 * 24 * anHour) => ({
    accessToken: name,
    accessExpiresAt,
    refreshToken: `${name}-refresh`,
    refreshExpiresAt,
    scopes: [],
  });

  it('has absolute times of expiry, as the vendor gives them', () => {
    const data = {
      access_token: 'a',
      access_token_expire_in: 1_660_556_783,
      refresh_token: 'r',
      refresh_token_expire_in: 1_691_487_031,
      open_id: 'o',
      granted_scopes: ['seller.order.info'],
    };
    expect(tokenOf(data)).toEqual({
      accessToken: 'a',
      accessExpiresAt: Date.UTC(2022, 7, 15, 9, 46, 23),
      refreshToken: 'r',
      refreshExpiresAt: 1_691_487_031_000,
      openId: 'o',
      scopes: ['seller.order.info'],
    });
    expect(() => tokenOf({ ...data, refresh_token: '' })).toThrow('refresh_token is missing');
  });
  it('is renewed an hour before it runs out, once for all who ask', async () => {
    const store = memoryTokens();
    await store.put(tokenUntil('old', 10 * anHour), undefined);
    let asked = 0;
    let now = 8.5 * anHour;
    const refresh = async (refreshToken: string) => {
      asked++;
      expect(refreshToken).toBe('old-refresh');
      return tokenUntil('new', 100 * anHour);
    };
    const tokens = openTokens({ store, refresh, now: () => now });
    expect((await tokens.current()).accessToken).toBe('old');
    now = 9.5 * anHour;
    const all = await Promise.all(Array.from({ length: 10 }, () => tokens.current()));
    expect(new Set(all.map(({ accessToken }) => accessToken))).toEqual(new Set(['new']));
    expect(asked).toBe(1);
    expect(store.stored?.token.accessToken).toBe('new');
  });
  it('that cannot be renewed ahead of time is used as long as it is good', async () => {
    const store = memoryTokens();
    await store.put(tokenUntil('old', 10 * anHour), undefined);
    let now = 9.5 * anHour;
    const tokens = openTokens({ store, refresh: () => Promise.reject(new Error('away')), now: () => now });
    expect((await tokens.current()).accessToken).toBe('old');
    now = 10 * anHour;
    await expect(tokens.current()).rejects.toThrow('away');
  });
  it('of another process, which was faster, is taken', async () => {
    const store = memoryTokens();
    await store.put(tokenUntil('old', 0), undefined);
    const refresh = async () => {
      await store.put(tokenUntil('theirs', 100 * anHour), store.stored?.version);
      return tokenUntil('mine', 100 * anHour);
    };
    expect((await openTokens({ store, refresh, now: () => 0 }).current()).accessToken).toBe('theirs');
  });
  it('that was renewed elsewhere is not renewed again', async () => {
    const store = memoryTokens();
    await store.put(tokenUntil('newer', 100 * anHour), undefined);
    const refresh = async () => tokenUntil('newest', 100 * anHour);
    const tokens = openTokens({ store, refresh, now: () => 0 });
    expect((await tokens.renew(tokenUntil('old', 0))).accessToken).toBe('newer');
  });
  it('that runs out amid reading is renewed, and the call made again', async () => {
    const { client, tokens } = await openWorld({ orders: 5, fault: (n) => (n === 3 ? 'expired' : undefined) });
    await client.call(apis.searchOrders, search);
    expect((await client.call(apis.searchOrders, search)).total_count).toBe(5);
    expect(tokens.stored?.token.accessToken).toBe('access-2');
  });
  it('that is refused although it is fresh asks for a new connection', async () => {
    const { client, standIn } = await openWorld({ orders: 5, fault: everyTime('expired') });
    const failure = await failureOf(client.call(apis.searchOrders, search));
    expect([failure.remedy, failure.code]).toEqual(['reconnect', 105002]);
    expect(standIn.requests.get('/api/v2/token/refresh')).toBe(1);
  });
  it('whose authorisation has run out, or that is not there, asks for consent', async () => {
    const store = memoryTokens();
    const tokens = openTokens({ store, refresh: () => Promise.reject(new Error('asked')), now: () => 5 });
    await expect(tokens.current()).rejects.toThrow('no token is stored: connect the shop');
    await store.put(tokenUntil('old', 0, 5), undefined);
    await expect(tokens.current()).rejects.toThrow('the authorisation has run out: the seller has to connect the shop again');
  });
  it('cannot be had for a code that was used already', async () => {
    const { standIn } = await openWorld({ orders: 5 });
    const fetch = async (url: string, { method, headers }: { method: string; headers: { [name: string]: string } }) => {
      const answer = standIn.answer({ method, url, headers, body: '' });
      return { status: answer.status, text: async () => answer.body };
    };
    const code = standIn.authorise();
    await exchangeCode(code, { ...app, hosts, fetch });
    const failure = await failureOf(exchangeCode(code, { ...app, hosts, fetch }));
    expect(failure.message).toMatch(
      /^token for a code: the authorisation code or the refresh token is no longer good: connect the shop again/,
    );
  });
});
