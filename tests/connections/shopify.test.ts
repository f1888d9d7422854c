/** Is a shop of Shopify connected only by its owner, are its webhooks taken only from Shopify, and does what they say reach its creator and nobody else? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { isShopifyRedirect } from '../../shared/sources/shopify/consent.ts';
import { bodyOf, signed } from './carriers.ts';
import {
  begin,
  codeOf,
  comeBack,
  connectShop,
  domain,
  fulfillment,
  headersOf,
  orderOf,
  redirect,
  refundOf,
  stateOf,
} from './shopify.ts';
import { openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world?.pipeline.close());

const open = () => openShopWorld({ orders: 0, day: 10 });
const stored = async () => {
  const { Items = [] } = await world.pipeline.table.send(new ScanCommand({ TableName: 'kpi' }));
  return Items;
};
const connections = async (creatorId = 'c-1') =>
  (await world.askConnect({ route: 'GET /v1/creators/{creatorId}/connections', creatorId, as: creatorId })).json.connections;
const source = async () =>
  (await world.askConnect({ route: 'GET /v1/creators/{creatorId}/sources', creatorId: 'c-1', as: 'c-1' })).json.sources[0];
const requests = async (creatorId = 'c-1') =>
  (await world.askConnect({ route: 'GET /v1/creators/{creatorId}/privacy-requests', creatorId, as: creatorId })).json.requests;
const post = (topic: string, body: string | Buffer, more: Parameters<typeof headersOf>[2] = {}) =>
  world.postTo('shopify', body, headersOf(topic, body, more));
/** A webhook that is taken, and what comes of it behind the queue. */
async function hear(topic: string, body: string, more: Parameters<typeof headersOf>[2] = {}) {
  expect((await post(topic, body, more)).status).toBe(200);
  return world.workOff();
}

describe('a redirect of Shopify', () => {
  // The vectors that hexdocs.pm/shopify_oauth and hexdocs.pm/exshopify give.
  const query = { code: '0907a61c0c8d55e99db179b68161bc00', shop: 'some-shop.myshopify.com', timestamp: '1337178173' };
  it.each([
    [query, '4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20'],
    [{ ...query, state: '0.6784241404160823' }, '700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf'],
  ])('is known by its signature', (said, hmac) => {
    expect(isShopifyRedirect({ ...said, hmac }, 'hush')).toBe(true);
    expect(isShopifyRedirect({ ...said, shop: 'other.myshopify.com', hmac }, 'hush')).toBe(false);
    expect(isShopifyRedirect({ ...said, more: '1', hmac }, 'hush')).toBe(false);
    expect(isShopifyRedirect(said, 'hush')).toBe(false);
  });
});

describe('a shop', () => {
  it('is connected by coming back with what it signed; its token is kept nowhere', async () => {
    world = await open();
    const { json } = await begin(world);
    expect(json.url).toMatch(
      /^https:\/\/example\.myshopify\.com\/admin\/oauth\/authorize\?client_id=the-client&scope=read_orders&/,
    );
    expect((await connectShop(world)).text).toContain('Connected: example.myshopify.com');
    expect(await connections()).toMatchObject([{ vendor: 'shopify', shop: 'example', state: 'connected', consentUntil: null }]);
    expect(await source()).toMatchObject({ name: 'shopify', state: 'connected', progress: 1 });
    expect(JSON.stringify([await stored(), ...world.secrets.values()])).not.toContain('the-shopify-token');
  });

  it.each<[string, () => Promise<Record<string, string>>, string]>([
    [
      'without a signature',
      async () => ({ code: codeOf(world), shop: domain, state: await stateOf(world) }),
      'does not come from Shopify',
    ],
    [
      'that somebody else signed',
      async () => redirect({ code: codeOf(world), shop: domain, state: await stateOf(world) }, 'a guess'),
      'does not come from Shopify',
    ],
    [
      'that did not begin here',
      async () => redirect({ code: codeOf(world), shop: domain, state: 'made.up' }),
      'did not begin here',
    ],
    [
      'of another shop than was begun with',
      async () => redirect({ code: codeOf(world, 'b.myshopify.com'), shop: 'b.myshopify.com', state: await stateOf(world) }),
      'did not begin here',
    ],
    [
      'with the state of another vendor',
      async () => {
        const { json } = await world.askConnect({
          route: 'POST /v1/creators/{creatorId}/connections/tiktok-shop',
          creatorId: 'c-1',
          as: 'c-1',
        });
        return redirect({ code: codeOf(world), shop: domain, state: new URL(json.url).searchParams.get('state') ?? '' });
      },
      'did not begin here',
    ],
    [
      'with a code that is not good',
      async () => redirect({ code: 'x', shop: domain, state: await stateOf(world) }),
      'did not give consent',
    ],
    [
      'without the right to read orders',
      async () => redirect({ code: codeOf(world, domain, 'read_products'), shop: domain, state: await stateOf(world) }),
      'does not let the app read its orders',
    ],
  ])('is not connected by a return %s', async (_, query, says) => {
    world = await open();
    expect((await comeBack(world, await query())).text).toContain(says);
    expect(await connections()).toEqual([]);
  });

  it('is not connected twice by one return, nor after half an hour', async () => {
    world = await open();
    const state = await stateOf(world);
    const query = redirect({ code: codeOf(world), shop: domain, state });
    expect((await comeBack(world, query)).text).toContain('Connected');
    expect((await comeBack(world, query)).text).toContain('was completed before');
    world.pass(1_800_000);
    expect((await comeBack(world, redirect({ code: codeOf(world), shop: domain, state }))).text).toContain('did not begin here');
  });

  it('is not connected by another person than who began', async () => {
    world = await open();
    const query = redirect({ code: codeOf(world), shop: domain, state: await stateOf(world) });
    const refused = await world.comeBack('shopify', query, { sub: 'u-2' });
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('Another person began this')]);
    expect(await connections()).toEqual([]);
    expect((await comeBack(world, query)).text).toContain('Connected');
  });

  it('of one creator is not connected to another, nor by one who may not', async () => {
    world = await open();
    await connectShop(world);
    expect((await connectShop(world, 'c-2')).text).toContain('is connected to another creator');
    expect(await connections('c-2')).toEqual([]);
    expect((await begin(world, 'c-1', domain, 'c-2')).status).toBe(404);
    expect((await begin(world, 'c-1', domain, 'c-1', ['analyst'])).status).toBe(403);
  });

  it.each(['example.com', 'a.myshopify.com.evil.test', 'a.myshopify.com/x', '127.0.0.1', '', 'a b.myshopify.com'])(
    'that is none (%j) is refused in words',
    async (shop) => {
      world = await open();
      const { status, json } = await begin(world, 'c-1', shop);
      expect([status, json.issues?.[0]]).toMatchObject([
        400,
        { path: 'shop', message: expect.stringContaining('example.myshopify.com') },
      ]);
    },
  );
});

describe('a webhook of Shopify', () => {
  const body = orderOf(450789469);

  it.each<[string, () => [string | Buffer, Record<string, string>]]>([
    ['without a signature', () => [body, { ...headersOf('orders/create', body), 'x-shopify-hmac-sha256': '' }]],
    ['without headers', () => [body, {}]],
    ['signed by another app', () => [body, headersOf('orders/create', body, { secret: 'a guess' })]],
    ['of which one byte was changed', () => [body.replace('10.00', '90.00'), headersOf('orders/create', body)]],
    ['that was written anew', () => [JSON.stringify(JSON.parse(body), null, 1), headersOf('orders/create', body)]],
    ['that is a page in HTML, unsigned', () => ['<html></html>', headersOf('orders/create', body)]],
    ['about a person, unsigned', () => ['{"shop_domain":"example.myshopify.com"}', headersOf('customers/redact', body)]],
  ])('%s is answered with an empty 401, and nothing is stored', async (_, make) => {
    world = await open();
    await connectShop(world);
    const before = await stored();
    const answer = await world.postTo('shopify', ...make());
    expect([answer.status, answer.text, world.queue, await stored()]).toEqual([401, '', [], before]);
  });

  it('is left on the queue without the buyer, and without the tracking number', async () => {
    world = await open();
    await connectShop(world);
    const full = orderOf(1, { fulfillments: [fulfillment('9400100000000000000000')] });
    expect((await post('orders/updated', full)).status).toBe(200);
    expect(world.queue).toMatchObject([
      { vendor: 'shopify', shopId: domain, events: [{ creatorid: 'c-1' }, { creatorid: 'c-1' }] },
    ]);
    expect(JSON.stringify(world.queue)).not.toMatch(/ana@|"Ana|Example Street|9400100000/);
  });

  it('that comes again is answered alike and worked off once; one of the same id about something else is not', async () => {
    world = await open();
    await connectShop(world);
    for (let i = 0; i < 3; i++) expect((await post('orders/create', body, { id: '1' })).status).toBe(200);
    expect((await post('orders/paid', body, { id: '1' })).status).toBe(200);
    expect(await world.workOff()).toEqual(['counted', 'repeated', 'repeated', 'counted']);
  });

  it.each([
    ['a page in HTML', 'orders/create', '<html></html>'],
    ['no text', 'orders/create', Buffer.from([0xff, 0, 0xfe])],
    ['a list', 'orders/create', '[]'],
    ['an order without a time', 'orders/create', orderOf(1, { created_at: '' })],
    [
      'an amount that is none',
      'orders/create',
      orderOf(1, { line_items: [{ id: 1, product_id: 1, quantity: 1, price: 'ten' }] }),
    ],
    ['a topic that nobody asked for', 'products/update', '{"id":1}'],
    ['a request about people of another shop', 'customers/redact', '{"shop_domain":"other.myshopify.com"}'],
  ])('with %s in it, signed, is answered 200 and left out', async (_, topic, text) => {
    world = await open();
    await connectShop(world);
    expect((await post(topic, text)).status).toBe(200);
    expect(world.queue).toEqual([]);
  });

  it('of ten megabytes is refused in words', async () => {
    world = await open();
    const { status, json } = await post('orders/create', Buffer.alloc(10 * 1024 * 1024, 'x'));
    expect([status, json.detail]).toEqual([413, expect.stringMatching(/has 10485760 bytes/)]);
  });

  it.each(['orders/create', 'customers/redact', 'shop/redact'])(
    'of a shop that nobody has connected (%s) is answered 200, and nothing is kept',
    async (topic) => {
      world = await open();
      const before = await stored();
      const text =
        topic === 'orders/create' ? body : JSON.stringify({ shop_domain: domain, customer: { email: 'ana@example.com' } });
      expect((await post(topic, text)).status).toBe(200);
      expect([world.queue, await stored()]).toEqual([[], before]);
    },
  );
});

describe('what a shop sends', () => {
  it('counts for its creator, in any order and twice, and for nobody else', async () => {
    world = await open();
    await connectShop(world);
    const updated = (at: string, more = {}) => orderOf(1, { updated_at: at, ...more });
    const cancelled = updated('2026-03-07T10:00:00-05:00', { cancelled_at: '2026-03-07T10:00:00-05:00' });
    for (const [topic, text] of [
      ['refunds/create', refundOf(2)],
      ['orders/cancelled', cancelled],
      ['orders/create', orderOf(2)],
      ['orders/create', updated('2026-03-05T10:00:00-05:00')],
      ['orders/create', orderOf(2)],
      ['orders/cancelled', cancelled],
    ] as const)
      await hear(topic, text, { id: `${topic} ${Math.random()}` });
    expect(await world.days('gmv,orders,refunds,cancelledOrders')).toEqual({
      '2026-03-05': { gmv: 4000, orders: 2, cancelledOrders: 1 },
      '2026-03-08': { refunds: 400 },
    });
    expect(await world.days('gmv,orders', 'c-2')).toEqual({});
    expect(await source()).toMatchObject({ state: 'connected', lastError: null, newestDatum: expect.any(String) });
  });

  it('has parcels that a carrier service tells of', async () => {
    world = await open();
    await connectShop(world);
    await hear('orders/fulfilled', orderOf(1, { fulfillments: [fulfillment('9400 1000 0000 0000 0000 00')] }));
    const said = bodyOf('easypost', 'USPS', '9400100000000000000000', [
      { status: 'in_transit', at: '2026-03-07T12:00:00Z' },
      { status: 'delivered', at: '2026-03-09T12:00:00Z' },
    ]);
    await world.postTo('easypost', said, signed('easypost', said, world.state.now));
    expect(await world.workOff()).toEqual(['matched']);
    expect(await world.days('dispatched,delivered')).toEqual({ '2026-03-07': { dispatched: 1 }, '2026-03-09': { delivered: 1 } });
  });

  it('in another currency than the creator counts in is refused, and says so', async () => {
    world = await open();
    await connectShop(world);
    expect(await hear('orders/create', orderOf(1, { currency: 'EUR' }))).toEqual(['refused']);
    expect(await source()).toMatchObject({ state: 'failing', lastError: expect.stringContaining('another currency') });
  });

  it('ends when the app is removed, and goes on once it is connected again', async () => {
    world = await open();
    await connectShop(world);
    expect(await hear('app/uninstalled', '{"domain":"example.myshopify.com"}')).toEqual(['deauthorised']);
    expect(await source()).toMatchObject({ state: 'reconnect', lastError: expect.stringContaining('removed the app') });
    expect(await hear('orders/create', orderOf(1))).toEqual([]);
    await connectShop(world);
    expect(await hear('orders/create', orderOf(1), { id: 'again' })).toEqual(['counted']);
  });

  it('is read by no poller', async () => {
    world = await open();
    await connectShop(world);
    expect(await world.pollAll()).toMatchObject({ started: 0 });
  });
});

describe('a request under privacy law', () => {
  const of = (more = {}) => JSON.stringify({ shop_domain: domain, customer: { id: 7, email: 'ana@example.com' }, ...more });
  const keysOnStream = () =>
    Map.groupBy(
      world.pipeline.records().map((text) => JSON.parse(text).event),
      ({ subject }) => subject,
    );
  /** The buyer's key of the newest snapshot of each order. */
  const keys = () =>
    Object.fromEntries(
      [...keysOnStream()]
        .filter(([subject]) => subject.startsWith('order/'))
        .map(([subject, events]) => [subject, events.toSorted((a, b) => b.entityversion - a.entityversion)[0].data.buyerKey]),
    );
  const three = async () => {
    world = await open();
    await connectShop(world);
    await hear('orders/create', orderOf(1), { id: '1' });
    await hear('orders/create', orderOf(2), { id: '2' });
    await hear('orders/create', orderOf(3, { email: 'other@example.com', customer: { id: 8 } }), { id: '3' });
  };

  it('to show says which orders hold the buyer’s key, and changes nothing', async () => {
    await three();
    expect(await hear('customers/data_request', of({ orders_requested: [1] }))).toEqual(['shown']);
    expect(await requests()).toMatchObject([
      { wants: 'show', shopId: domain, orders: ['order/shopify-1', 'order/shopify-2'], found: 2 },
    ]);
    expect(Object.values(keys())).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
  });

  it('to erase takes the key from the buyer’s orders, for good, and moves no number', async () => {
    await three();
    const before = await world.days('gmv,orders');
    expect(await hear('customers/redact', of({ orders_to_redact: [1, 2] }))).toEqual(['erased']);
    expect(keys()).toEqual({ 'order/shopify-1': undefined, 'order/shopify-2': undefined, 'order/shopify-3': expect.any(String) });
    // An older webhook that comes late brings it back neither to the order nor to what is kept.
    expect(await hear('orders/updated', orderOf(1, { updated_at: '2026-03-06T10:00:00-05:00' }), { id: 'late' })).toEqual([
      'counted',
    ]);
    expect(keys()['order/shopify-1']).toBeUndefined();
    expect(await world.days('gmv,orders')).toEqual(before);
    expect(await hear('customers/data_request', of(), { id: 'then' })).toEqual(['shown']);
    expect((await requests()).find(({ wants }: { wants: string }) => wants === 'show')).toMatchObject({ found: 0 });
  });

  it('of a whole shop takes every key, also after the app was removed', async () => {
    await three();
    await hear('app/uninstalled', '{}');
    expect(await hear('shop/redact', JSON.stringify({ shop_domain: domain }))).toEqual(['erased']);
    expect(Object.values(keys())).toEqual([undefined, undefined, undefined]);
    expect(await requests()).toMatchObject([{ wants: 'erase_shop', found: 3 }]);
  });

  it('reaches no order of another creator, and is seen by none', async () => {
    await three();
    await connectShop(world, 'c-2', 'other.myshopify.com');
    await hear('orders/create', orderOf(9), { id: '9', shop: 'other.myshopify.com' });
    await hear('customers/redact', of());
    expect(keys()['order/shopify-9']).toEqual(expect.any(String));
    expect(await requests('c-2')).toEqual([]);
    const asked = { route: 'GET /v1/creators/{creatorId}/privacy-requests', creatorId: 'c-1' };
    expect((await world.askConnect({ ...asked, as: 'c-2' })).status).toBe(404);
  });

  it('leaves no mail address and no name anywhere', async () => {
    await three();
    await hear('customers/data_request', of({ orders_requested: [1] }));
    const everything = JSON.stringify(await stored()) + world.pipeline.records().join();
    expect(everything).not.toMatch(/example\.com|"Ana/);
  });
});
