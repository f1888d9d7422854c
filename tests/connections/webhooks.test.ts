/** Is a webhook taken only from the vendor, once, and without what is not needed of it? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import { app, openShopWorld, type ShopWorld, shopId } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

const signed = (body: string | Buffer) => signWebhook(body, app.appKey, app.appSecret);
const order = (more = {}) =>
  JSON.stringify({ type: 1, tts_notification_id: '7301', shop_id: shopId, timestamp: 1, data: { order_id: '57', ...more } });
const seen = async () => {
  const { Items = [] } = await world.pipeline.table.send(new ScanCommand({ TableName: 'kpi' }));
  return Items.filter(({ pk }) => pk?.S?.startsWith('P#webhook#'));
};

describe('a webhook', () => {
  it('is answered with an empty 200 once it waits on the queue', async () => {
    world = await openShopWorld();
    const answer = await world.post(order(), signed(order()));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(world.queue).toMatchObject([{ vendor: 'tiktok-shop', notification: { type: 1, shopId, data: { order_id: '57' } } }]);
  });

  it.each([
    ['without a signature', order(), undefined],
    ['with an empty one', order(), ''],
    ['with a wrong one', order(), signed('another body')],
    ['with one of another secret', order(), signWebhook(order(), app.appKey, 'another secret')],
    ['with one in capitals', order(), signed(order()).toUpperCase()],
    ['of which one byte was changed', order().replace('57', '58'), signed(order())],
    ['that was written anew with other blanks', JSON.stringify(JSON.parse(order()), null, 1), signed(order())],
  ])('%s is answered with an empty 401, and nothing is stored', async (_, body, authorization) => {
    world = await openShopWorld();
    const answer = await world.post(body, authorization);
    expect([answer.status, answer.text]).toEqual([401, '']);
    expect(world.queue).toEqual([]);
    expect(await seen()).toEqual([]);
  });

  it.each([
    ['at once', 50],
    ['run after run', 1],
  ])('that comes again, taken off the queue %s, is answered alike and worked off once', async (_, atOnce) => {
    world = await openShopWorld();
    for (let i = 0; i < 3; i++) expect((await world.post(order(), signed(order()))).status).toBe(200);
    expect(await world.workOff(atOnce)).toEqual(['unknown', 'repeated', 'repeated']);
    const [item, ...more] = await seen();
    expect(Number(item?.expires?.N)).toBeGreaterThan(world.state.now / 1000 + 6 * 86_400);
    expect(more).toEqual([]);
    world.pass(8 * 86_400_000);
    await world.post(order(), signed(order()));
    expect(await world.workOff()).toEqual(['unknown']);
  });

  it('that the queue does not take is refused, and taken when it comes again', async () => {
    world = await openShopWorld();
    world.broken.isOpen = false;
    expect((await world.post(order(), signed(order()))).status).toBeGreaterThanOrEqual(500);
    world.broken.isOpen = true;
    expect((await world.post(order(), signed(order()))).status).toBe(200);
    expect(world.queue).toHaveLength(1);
  });

  it('is checked over the bytes, whatever they are: the gateway’s base64 too', async () => {
    world = await openShopWorld();
    const bytes = Buffer.concat([Buffer.from(order()), Buffer.from([0xff])]);
    expect((await world.post(bytes, signed(bytes))).status).toBe(200);
    expect((await world.post(Buffer.from(order()), signed(order()))).status).toBe(200);
  });

  it('says nothing of when: a clock that is years off changes nothing', async () => {
    world = await openShopWorld();
    const old = order().replace('"timestamp":1', '"timestamp":9999999999');
    expect((await world.post(old, signed(old))).status).toBe(200);
    expect(world.queue).toHaveLength(1);
  });

  it('with ids as bare numbers keeps every digit', async () => {
    world = await openShopWorld();
    const body = `{"type":5,"tts_notification_id":7327112393057371911,"shop_id":${shopId},"timestamp":1,"data":{"product_id":1729592969712207009}}`;
    expect((await world.post(body, signed(body))).status).toBe(200);
    expect(world.queue[0]).toMatchObject({ notification: { shopId, data: { product_id: '1729592969712207009' } } });
  });

  it('leaves messages, names and addresses behind', async () => {
    world = await openShopWorld();
    const body = order({ content: 'Hello Ana', recipient_address: { name: 'Ana' }, update_time: 5 });
    await world.post(body, signed(body));
    expect(JSON.stringify(world.queue)).not.toContain('Ana');
  });

  it('that is no JSON is answered 200 and left out: sent again it would be no better', async () => {
    world = await openShopWorld();
    expect((await world.post('no json', signed('no json'))).status).toBe(200);
    expect(world.queue).toEqual([]);
  });

  it('of more than a megabyte is refused in words', async () => {
    world = await openShopWorld();
    const large = Buffer.alloc(10 * 1024 * 1024, 'x');
    const { status, json } = await world.post(large, signed(large));
    expect(status).toBe(413);
    expect(json.detail).toMatch(/has 10485760 bytes; at most \d+ are taken/);
  });
});

describe('behind the queue', () => {
  it('a shop that nobody has connected is counted, and nothing is asked', async () => {
    world = await openShopWorld();
    await world.post(order(), signed(order()));
    expect(await world.workOff()).toEqual(['unknown']);
    expect([...world.standIn.requests]).toEqual([]);
  });

  it('a consent that is withdrawn ends reading, and says so in words', async () => {
    world = await openShopWorld();
    await world.connect();
    const body = JSON.stringify({ type: 6, tts_notification_id: '8', shop_id: shopId, timestamp: 1, data: {} });
    await world.post(body, signed(body));
    expect(await world.workOff()).toEqual(['deauthorised']);
    expect(await world.run()).toEqual({ outcome: 'not connected' });
    const { json } = await world.askConnect({ route: 'GET /v1/creators/{creatorId}/sources', creatorId: 'c-1', as: 'c-1' });
    expect(json.sources).toContainEqual(
      expect.objectContaining({ state: 'reconnect', lastError: 'the seller has withdrawn consent' }),
    );
    await world.connect();
    expect(await world.run()).toMatchObject({ outcome: 'done' });
  });
});
