/** Is every webhook of the vendor read, told from its repetition, and does it say what to read again? */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { parseWebhook, whatToFetch } from '../../../shared/sources/tiktok-shop/webhook.ts';
import { fixtureText } from './fixtures.ts';

const bytesOf = (name: string): Buffer => Buffer.from(fixtureText(`webhooks/${name}.json`));
const nothing = undefined;

/** Each example with what is to be read after it. */
const examples: [file: string, type: number, fetch: { fetch: string; ids: string[] } | undefined][] = [
  ['01-order-status-change', 1, { fetch: 'orders', ids: ['576486316948490001'] }],
  ['03-recipient-address-update', 3, nothing],
  ['04-package-update', 4, { fetch: 'packages', ids: ['123456'] }],
  ['05-product-status-change', 5, { fetch: 'products', ids: ['576486316948490000'] }],
  ['06-seller-deauthorization', 6, { fetch: 'authorisation', ids: [] }],
  ['07-upcoming-authorization-expiration', 7, { fetch: 'authorisation', ids: [] }],
  ['11-cancellation-status-change', 11, { fetch: 'cancellations', ids: ['4035318504086604100'] }],
  ['12-return-status-change', 12, { fetch: 'returns', ids: ['576486316948490001'] }],
  ['13-new-conversation', 13, nothing],
  ['14-new-message', 14, nothing],
  ['15-product-information-change', 15, { fetch: 'products', ids: ['123456789'] }],
  ['16-product-creation', 16, { fetch: 'products', ids: ['576486316948490000'] }],
  ['17-shoppable-content-posting', 17, nothing],
  ['18-product-category-change', 18, { fetch: 'products', ids: ['789078671231'] }],
  ['19-size-chart-change', 19, nothing],
  ['20-creator-deauthorization', 20, { fetch: 'authorisation', ids: [] }],
  ['21-inbound-fbt-order-status-change', 21, nothing],
  ['22-fbt-merchant-onboarding', 22, nothing],
  ['23-goods-match', 23, nothing],
  ['24-fbt-inventory-update', 24, { fetch: 'inventory', ids: ['123513234'] }],
  ['25-opportunity-matching-status-change', 25, nothing],
  ['27-inventory-status-change', 27, { fetch: 'inventory', ids: ['73235770873441823254'] }],
  ['33-new-message-listener', 33, nothing],
  ['35-tokopedia-mirror-status-change', 35, nothing],
  ['36-invoice-status-change', 36, nothing],
  ['37-product-audit-status-change', 37, { fetch: 'products', ids: ['789078671231'] }],
  ['38-strikethrough-price-expired', 38, { fetch: 'products', ids: ['732357708734418520388'] }],
  ['39-activity-status-change', 39, nothing],
  ['42-combined-listing-change', 42, { fetch: 'products', ids: ['987654321', '987654322'] }],
  ['46-image-translation-completed', 46, nothing],
  ['55-video-precheck-result', 55, nothing],
  ['56-sample-application-status-change', 56, nothing],
  ['58-get-fbt-mcf-order-status', 58, nothing],
  ['59-shoppable-video-precheck-tasks-result', 59, nothing],
  ['62-product-package-recommended', 62, nothing],
  ['63-activity-change', 63, nothing],
  ['68-inventory-changed', 68, { fetch: 'inventory', ids: ['1729507467923261408'] }],
];

describe('an example webhook', () => {
  it.each(examples)('%s is of type %i and says what to read', (file, type, fetch) => {
    const notes = newNotes();
    const notification = parseWebhook(bytesOf(file));
    expect(notification.type).toBe(type);
    expect(notification.dedupeKey).toMatch(/^[\da-f-]{18,64}$/);
    expect(whatToFetch(notification, notes)).toEqual(fetch);
    expect(notes).toEqual(newNotes());
  });
  it('is not forgotten: each file is in the table', () => {
    const files = readdirSync(new URL('../../fixtures/tiktok-shop/webhooks/', import.meta.url));
    expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(examples.map(([file]) => file).sort());
  });
});

it('names the shop, or the open id where there is no shop', () => {
  expect(parseWebhook(bytesOf('01-order-status-change'))).toMatchObject({
    shopId: '7494049642642441621',
    dedupeKey: '7327112393057371910',
    at: 1_644_412_885_000,
  });
  expect(parseWebhook(bytesOf('17-shoppable-content-posting')).creatorOpenId).toMatch(/^VIyS/);
  expect(parseWebhook(bytesOf('21-inbound-fbt-order-status-change')).sellerOpenId).toMatch(/^VIyS/);
});

it('without a notification id has the hash of its bytes as its key', () => {
  const bytes = bytesOf('03-recipient-address-update');
  expect(parseWebhook(bytes).dedupeKey).toBe(parseWebhook(Buffer.from(bytes)).dedupeKey);
  expect(parseWebhook(Buffer.concat([bytes, Buffer.from(' ')])).dedupeKey).not.toBe(parseWebhook(bytes).dedupeKey);
});

it('of changed inventory is read with and without the envelope', () => {
  const data = JSON.parse(fixtureText('webhooks/68-inventory-changed.json'));
  const wrapped = { type: 68, tts_notification_id: '1', shop_id: '2', timestamp: 3, data };
  const notification = parseWebhook(Buffer.from(JSON.stringify(wrapped)));
  expect(notification).toMatchObject({ type: 68, dedupeKey: '1', shopId: '2' });
  expect(whatToFetch(notification, newNotes())).toEqual({ fetch: 'inventory', ids: ['1729507467923261408'] });
});

it('of a type that nobody knows is counted and asks for nothing', () => {
  const notes = newNotes();
  expect(whatToFetch(parseWebhook(Buffer.from('{"type":999,"data":{}}')), notes)).toBeUndefined();
  expect([...notes.unknown.keys()]).toEqual(['webhook type 999']);
});

it('without the id of what changed is counted', () => {
  const notes = newNotes();
  expect(whatToFetch(parseWebhook(Buffer.from('{"type":1,"data":{}}')), notes)).toBeUndefined();
  expect([...notes.skipped.keys()]).toEqual(['webhook without ids: order status change']);
});

it.each(['[]', '{}', '"x"', '{"type":"x"}'])('%s is no webhook', (text) =>
  expect(() => parseWebhook(Buffer.from(text))).toThrow(RangeError),
);
it('that is no JSON is refused as such', () => expect(() => parseWebhook(Buffer.from('<html>'))).toThrow(SyntaxError));
