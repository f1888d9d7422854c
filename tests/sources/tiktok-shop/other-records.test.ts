/** What comes of products, stock, profiles, performance and affiliate orders of TikTok Shop? */
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf } from '../../../shared/sources/record.ts';
import { affiliateEvent } from '../../../shared/sources/tiktok-shop/affiliate-order.ts';
import { liveEvents, ratioOf, shopDayEvents, videoDayEvents } from '../../../shared/sources/tiktok-shop/performance.ts';
import { productEvent } from '../../../shared/sources/tiktok-shop/product.ts';
import { creatorProfile, shopProfile } from '../../../shared/sources/tiktok-shop/profile.ts';
import { stockEvents } from '../../../shared/sources/tiktok-shop/stock.ts';
import { answerOf, readAt, shop, valid } from './fixtures.ts';

describe('other records', () => {
  it('an affiliate order is the commission that was settled for it', () => {
    const [found = {}] = listOf(answerOf('affiliate/search-creator-affiliate-orders').orders);
    expect(valid([affiliateEvent(found, shop, newNotes())])[0]?.data).toMatchObject({
      settledAt: '2023-05-31T16:00:00Z',
      estimated: false,
      currency: 'IDR',
      settledAmount: 190_000,
      contentType: 'live',
      contentId: '7493990579714164574',
      commissionRate: 0.1,
    });
  });
  it('an affiliate order that is not settled is an estimate', () => {
    const [found = {}] = listOf(answerOf('affiliate/search-creator-affiliate-orders').orders);
    const [event] = valid([affiliateEvent({ ...found, status: 'AWAITING PAYMENT' }, shop, newNotes())]);
    expect(event?.data).toMatchObject({ estimated: true, settledAmount: 198_000, status: 'awaiting_payment' });
    expect(event?.data).not.toHaveProperty('settledAt');
  });
  it('a product has the lowest price of its SKUs, and its own time of change', () => {
    const [found = {}] = listOf(answerOf('products/search-products').products);
    expect(productEvent(found, shop, readAt, newNotes())).toMatchObject({
      entityversion: 1_234_567_800_000,
      data: { title: 'Short Boat Invisible Socks', status: 'active', listPrice: 12_111, currency: 'USD' },
    });
  });
  it('stock is that of the local day on which it was read', () => {
    const [found = {}] = listOf(answerOf('products/inventory-search').inventory);
    const [event] = stockEvents(found, shop, Date.parse('2026-11-29T20:00:00Z'), newNotes());
    expect(event).toMatchObject({
      subject: 'stock/1729388324987897824@7054915283043174149/2026-11-30',
      data: { productId: '1729592969712207008', onHand: 110, committed: 10 },
    });
  });
  it('a LIVE has views, clicks, orders and GMV', () => {
    const [event] = liveEvents(answerOf('analytics/get-shop-live-performance-list'), shop, readAt, newNotes());
    expect(event?.data).toEqual({
      views: 112_993,
      clicks: 3882,
      orders: 80,
      clickThroughRate: 0.1399,
      gmv: 9900,
      currency: 'USD',
    });
  });
  it('a day of the shop has orders and GMV; a day that is not available yet is left out', () => {
    const interval = {
      start_date: '2024-04-07',
      end_date: '2024-04-08',
      sales: { gmv: { overall: { amount: '335.02', currency: 'GBP' } }, orders_count: 7 },
    };
    const notes = newNotes();
    const answer = {
      performance: { intervals: [interval, { ...interval, start_date: '2024-04-08', end_date: '2024-04-09' }] },
      latest_available_date: '2024-04-07',
    };
    const events = valid(shopDayEvents(answer, shop, readAt, notes));
    expect(events).toMatchObject([
      { subject: 'content/shop/7000714532876273420/2024-04-07', data: { orders: 7, gmv: 33_502, currency: 'GBP' } },
    ]);
    expect([...notes.skipped.keys()]).toEqual(['shop performance of a day that is not available yet']);
    expect(
      videoDayEvents({ videos: [{ id: '1' }], latest_available_date: '2024-04-07' }, '2024-04-08', shop, readAt, notes),
    ).toEqual([]);
  });
  it.each([
    ['0.0528', 0.0528],
    ['13.99%', 0.1399],
    ['18%', 0.18],
    ['n/a', undefined],
  ])('a ratio of %s is %s', (text, ratio) => expect(ratioOf(text)).toBe(ratio));
  it('a connected shop is a profile with currency and zone of its market, or the zone that the seller said', () => {
    const [found = {}] = listOf(answerOf('authorization/get-authorized-shops').shops);
    const connection = { creatorId: 'c-1', at: readAt };
    expect(shopProfile(found, connection).data).toEqual({
      name: 'Maomao beauty shop',
      timeZone: 'Europe/London',
      currency: 'GBP',
      country: 'GB',
    });
    expect(shopProfile(found, { ...connection, timeZone: 'Europe/Paris' }).data.timeZone).toBe('Europe/Paris');
    expect(() => shopProfile({ ...found, region: 'AQ' }, connection)).toThrow('region AQ is not known');
    expect(creatorProfile(answerOf('affiliate/get-creator-profile'), connection).data).toMatchObject({ country: 'US' });
  });
});
