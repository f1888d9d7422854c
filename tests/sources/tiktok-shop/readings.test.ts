/** Is what has no time of change asked for as documented, and are all its pages read? Answers are the vendor's examples. */
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { type Fetch, openClient } from '../../../shared/sources/tiktok-shop/client.ts';
import { consentUrl, readConsent } from '../../../shared/sources/tiktok-shop/consent.ts';
import {
  readCommissions,
  readOrderSettlement,
  readPerformance,
  readStock,
  readUnsettled,
} from '../../../shared/sources/tiktok-shop/readings.ts';
import type { Reading } from '../../../shared/sources/tiktok-shop/streams.ts';
import { fixtureText, readAt, shop, valid } from './fixtures.ts';
import { app, memoryTokens, shopCipher } from './world.ts';

/** Answers an example by the end of the path; its next page is the last one, and empty. */
async function openReading(examples: { [path: string]: string }): Promise<{ reading: Reading; asked: URL[]; bodies: string[] }> {
  const asked: URL[] = [];
  const bodies: string[] = [];
  const fetch: Fetch = async (address, { body = '' }) => {
    const url = new URL(address);
    asked.push(url);
    bodies.push(body);
    const example = examples[url.pathname];
    const text =
      example && !url.searchParams.has('page_token') ? fixtureText(`${example}.response.json`) : '{"code":0,"data":{}}';
    return { status: 200, text: async () => text };
  };
  const tokens = memoryTokens();
  await tokens.put(
    { accessToken: 'a', accessExpiresAt: readAt * 2, refreshToken: 'r', refreshExpiresAt: readAt * 2, scopes: [] },
    undefined,
  );
  const client = openClient({ ...app, shopCipher, tokens, fetch, now: () => readAt });
  return { reading: { client, shop, notes: newNotes(), now: () => readAt }, asked, bodies };
}

describe('what is read as a whole', () => {
  it('is the stock of products', async () => {
    const { reading, bodies } = await openReading({ '/product/202309/inventory/search': 'products/inventory-search' });
    expect(valid(await readStock(['1729592969712207008'], reading))).toHaveLength(1);
    expect(bodies).toEqual(['{"product_ids":["1729592969712207008"]}']);
  });
  it('is every page of what is not settled', async () => {
    const { reading, asked } = await openReading({ '/finance/202507/orders/unsettled': 'finance/get-unsettled-transactions' });
    expect(valid(await readUnsettled(reading)).map(({ data }) => data.estimated)).toEqual([true]);
    expect(asked.map(({ searchParams }) => searchParams.has('page_token'))).toEqual([false, true]);
  });
  it('is what was settled for one order', async () => {
    const path = '/finance/202501/orders/5793990727963214852/statement_transactions';
    const { reading } = await openReading({ [path]: 'finance/get-transactions-by-order' });
    const times = new Map([['7238804564097517339', Date.UTC(2023, 5, 1)]]);
    expect(valid(await readOrderSettlement('5793990727963214852', times, reading))).toMatchObject([
      { data: { settledAt: '2023-06-01T00:00:00Z', settledAmount: 13_000 } },
      { data: { estimated: true, settledAmount: 0 } },
    ]);
  });
  it('is a day of the shop, with its end outside', async () => {
    const { reading, asked } = await openReading({
      '/analytics/202509/shop_videos/performance': 'analytics/get-shop-video-performance-list',
      '/analytics/202509/shop_products/performance': 'analytics/get-shop-product-performance-list',
      '/analytics/202509/shop_lives/performance': 'analytics/get-shop-live-performance-list',
    });
    const events = valid(await readPerformance('2024-04-07', reading));
    expect(events.map(({ subject }) => subject.split('/')[1]).sort()).toEqual(['live', 'product', 'video']);
    for (const { searchParams } of asked) {
      expect([searchParams.get('start_date_ge'), searchParams.get('end_date_lt')]).toEqual(['2024-04-07', '2024-04-08']);
      expect(searchParams.get('shop_cipher')).toBe(shopCipher);
    }
  });
  it('is what a creator earned; without the cipher of a shop', async () => {
    const path = '/affiliate_creator/202410/orders/search';
    const { reading, asked } = await openReading({ [path]: 'affiliate/search-creator-affiliate-orders' });
    expect(valid(await readCommissions(1, 2, reading))).toHaveLength(1);
    expect(asked.some(({ searchParams }) => searchParams.has('shop_cipher'))).toBe(false);
  });
});

describe('consent', () => {
  it('is asked for where the seller is at home', () => {
    expect(consentUrl('s1', 'a b', false)).toBe('https://services.tiktokshop.com/open/authorize?service_id=s1&state=a+b');
    expect(consentUrl('s1', 'x', true)).toBe('https://services.tiktokshops.us/open/authorize?service_id=s1&state=x');
  });
  it.each([
    ['code=c1&state=x', { ok: true, code: 'c1' }],
    ['code=null&error=auth_denied&state=x', { ok: false, says: 'the seller did not give consent' }],
    ['code=c1&state=y', { ok: false, says: 'this did not begin here: connect the shop from its settings' }],
    ['code=c1', { ok: false, says: 'this did not begin here: connect the shop from its settings' }],
  ])('that comes back as %s is read', (query, consent) => expect(readConsent(new URLSearchParams(query), 'x')).toEqual(consent));
});
