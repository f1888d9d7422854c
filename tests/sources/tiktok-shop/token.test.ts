/** Is a token renewed in time, once, and kept secret? */
import { describe, expect, it } from 'vitest';
import { exchangeCode } from '../../../shared/sources/tiktok-shop/client.ts';
import { apis, hosts } from '../../../shared/sources/tiktok-shop/rules/apis.ts';
import { openTokens, tokenOf } from '../../../shared/sources/tiktok-shop/token.ts';
import { app, everyTime, failureOf, memoryTokens, openWorld, search } from './world.ts';

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
