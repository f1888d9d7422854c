/** Are requests signed as TikTok Shop checks them, and are its webhooks told from others? */
import { describe, expect, it } from 'vitest';
import { isGenuineWebhook, isTimely, signRequest, signWebhook } from '../../../shared/sources/tiktok-shop/sign.ts';

/** Vectors of partner.tiktokshop.com/docv2; the third is the string of the same page, its digest worked out with the documented rule. */
const requests: { source: string; path: string; query: Record<string, string>; body: string; secret: string; sign: string }[] = [
  {
    source: 'page sign-your-api-request',
    path: '/authorization/202309/shops',
    query: { app_key: '29a39d', timestamp: '1623812664' },
    body: '',
    secret: 'e59af819cc',
    sign: 'b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8',
  },
  {
    source: 'page sign-your-api-request, with a body (derived)',
    path: '/event/202309/webhooks',
    query: { app_key: '68xu9ks5p4i8', shop_cipher: 'ROW_xkMbgAAAeVAQra0eZWebFQq5aIK', timestamp: '1696909648' },
    body: '{"address":"https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}',
    secret: 'e59af819cc',
    sign: 'cd0d6268252f4ba293bf7ea4c0a2873bf9beec600d22530638564ab301435f7a',
  },
];
const webhook = {
  source: 'page tts-webhooks-overview',
  appKey: 'abcdef',
  appSecret: '123',
  body: '{"type":1,"tts_notification_id":"7380066284010030890","shop_id":"7495540735365777507","timestamp":1718305585,"data":{"is_on_hold_order":true,"order_id":"576653688135258178","order_status":"UNPAID","update_time":1718305585}}',
  authorization: '5dec0f11ec2f6783b8deee53c9ffbf8d024302f7c7e7fa55a35d17629031ac05',
};

describe('a request', () => {
  it.each(requests)('is signed as the vendor shows it: $source', ({ path, query, body, secret, sign }) => {
    expect(signRequest({ path, query, body }, secret)).toBe(sign);
  });
  it('has the same signature whatever the order of its query, and with sign and access_token in it', () => {
    const [{ path, secret, sign }] = requests as [(typeof requests)[0]];
    const query = { timestamp: '1623812664', sign: 'x', access_token: 'y', app_key: '29a39d' };
    expect(signRequest({ path, query }, secret)).toBe(sign);
  });
  it.each([
    ['path', { path: '/event/202309/webhook' }],
    ['query', { query: { app_key: '68xu9ks5p4i8', timestamp: '1696909648' } }],
    ['body, by one blank', { body: '{"address": "https://partner.tiktokshop.com","event_type":"PACKAGE_UPDATE"}' }],
  ])('has another signature with another %s', (_, changed) => {
    const [, { secret, sign, ...request }] = requests as [unknown, (typeof requests)[0]];
    expect(signRequest({ ...request, ...changed }, secret)).not.toBe(sign);
  });
  it('signs the bytes of the body, not its characters', () => {
    const request = { path: '/a', query: {}, body: '{"name":"đã"}' };
    expect(signRequest({ ...request, body: Buffer.from(request.body) }, 's')).toBe(signRequest(request, 's'));
  });
});

describe('a timestamp', () => {
  const now = 1_700_000_000_000;
  it.each([
    [0, true],
    [-300, true],
    [-301, false],
    [30, true],
    [31, false],
  ])('%i seconds from the clock is taken: %s', (seconds, isTaken) => {
    expect(isTimely(String(now / 1000 + seconds), now)).toBe(isTaken);
  });
  it.each(['', '1700000000000', 'now', '-170000000'])('%j is none', (text) => expect(isTimely(text, now)).toBe(false));
});

describe('a webhook', () => {
  const body = Buffer.from(webhook.body);
  it(`is genuine with the vendor's signature: ${webhook.source}`, () => {
    expect(signWebhook(webhook.body, webhook.appKey, webhook.appSecret)).toBe(webhook.authorization);
    expect(isGenuineWebhook(body, webhook.authorization, webhook)).toBe(true);
  });
  it.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['one that is too short', webhook.authorization.slice(1)],
    ['one with another last digit', `${webhook.authorization.slice(0, -1)}0`],
    ['one of the body alone', signWebhook(webhook.body, '', webhook.appSecret)],
    ['characters that are no digits', 'ü'.repeat(32)],
  ])('is not genuine with %s', (_, authorization) => expect(isGenuineWebhook(body, authorization, webhook)).toBe(false));
  it('is not genuine once any one byte was changed', () => {
    for (let i = 0; i < body.length; i++) {
      const changed = Buffer.from(body);
      changed[i] = (body[i] ?? 0) ^ 1;
      expect(isGenuineWebhook(changed, webhook.authorization, webhook), `byte ${i}`).toBe(false);
    }
  });
  it('is not genuine under another key or secret', () => {
    expect(isGenuineWebhook(body, webhook.authorization, { ...webhook, appKey: 'abcdeg' })).toBe(false);
    expect(isGenuineWebhook(body, webhook.authorization, { ...webhook, appSecret: '124' })).toBe(false);
  });
});
