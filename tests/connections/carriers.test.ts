/** Does what a carrier tells of a parcel reach the order that is in it, whichever came first, and nobody else's; is it taken only from the service? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { packageRecord } from '../../local/vendors/tiktok-shop/records.ts';
import { trackingKey } from '../../shared/sources/carriers/shipment.ts';
import { makeEvent, makeOrder } from '../make/events.ts';
import { bodyOf, type Said, signed } from './carriers.ts';
import { openShopWorld, type Service, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world?.pipeline.close());

const services: Service[] = ['easypost', 'aftership', 'shippo'];
const aMinute = 60_000;
const words = {
  easypost: { moved: 'in_transit', delivered: 'delivered', nothing: 'unknown' },
  aftership: { moved: 'InTransit', delivered: 'Delivered', nothing: 'Pending' },
  shippo: { moved: 'TRANSIT', delivered: 'DELIVERED', nothing: 'UNKNOWN' },
};
const moved = (service: Service): Said => ({ status: words[service].moved, at: '2026-03-02T16:30:00Z' });
const delivered = (service: Service): Said => ({ status: words[service].delivered, at: '2026-03-04T18:20:00Z' });
const code = '9400 1000 0000 0000 0000 00';

const post = (
  service: Service,
  body: string | Buffer,
  headers: Record<string, string> = signed(service, body, world.state.now),
) => world.postTo(service, body, headers);
/** The shipment of an order as its shop tells it. */
const shipped = (
  order: string,
  version: string,
  { creator = 'c-1', number = `USPS/${code}`, ...data }: { creator?: string; number?: string; [name: string]: unknown } = {},
) => ({
  ...makeEvent({
    entity: 'shipment',
    subject: `order/${order}/shipment/s-1`,
    creator,
    time: version,
    data: { status: 'label_created', carrier: 'USPS', labelAt: '2026-03-01T18:00:00Z', ...data },
  }),
  trackingkey: number,
});
const stored = async () => {
  const { Items = [] } = await world.pipeline.table.send(new ScanCommand({ TableName: 'kpi' }));
  return Items;
};
const open = () => openShopWorld({ orders: 0, day: 10 });

describe.each(services)('a webhook of %s', (service) => {
  const body = bodyOf(service, 'usps', code, [moved(service)]);

  it('is answered with an empty 200 once it waits on the queue, without the tracking number and the places', async () => {
    world = await open();
    const answer = await post(service, body);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(world.queue).toMatchObject([{ vendor: service, told: { carrier: 'usps', status: 'in_transit' } }]);
    expect(JSON.stringify(world.queue)).not.toMatch(/9400|Houston/i);
  });

  it.each<[string, (now: number) => [string | Buffer, Record<string, string>]]>([
    ['without a signature', () => [body, {}]],
    ['with an empty one', (now) => [body, Object.fromEntries(Object.keys(signed(service, '', now)).map((name) => [name, '']))]],
    ['with one of another body', (now) => [body, signed(service, `${body} `, now)]],
    ['with one of another secret', (now) => [body, signed(service, body, now, 'another secret')]],
    ['of which one byte was changed', (now) => [body.replace('usps', 'uspt'), signed(service, body, now)]],
    ['that was written anew', (now) => [JSON.stringify(JSON.parse(body), null, 1), signed(service, body, now)]],
    ['signed as another service does', (now) => [body, signed(service === 'shippo' ? 'easypost' : 'shippo', body, now)]],
    ['that is a page in HTML, unsigned', () => ['<html></html>', {}]],
  ])('%s is answered with an empty 401, and nothing is stored', async (_, make) => {
    world = await open();
    const before = await stored();
    const answer = await post(service, ...make(world.state.now));
    expect([answer.status, answer.text]).toEqual([401, '']);
    expect([world.queue, await stored()]).toEqual([[], before]);
  });

  it('that comes again is answered alike and worked off once', async () => {
    world = await open();
    for (let i = 0; i < 3; i++) expect((await post(service, body)).status).toBe(200);
    expect(await world.workOff()).toEqual(['waits', 'repeated', 'repeated']);
  });

  it('that the queue does not take is refused, and taken when it comes again', async () => {
    world = await open();
    world.broken.isOpen = false;
    expect((await post(service, body)).status).toBeGreaterThanOrEqual(500);
    world.broken.isOpen = true;
    expect((await post(service, body)).status).toBe(200);
    expect(world.queue).toHaveLength(1);
  });

  it.each([
    ['a page in HTML', '<html><p>Bad gateway</p></html>'],
    ['no text', Buffer.from([0xff, 0x00, 0xfe])],
    ['a list', '[]'],
    ['a message about something else', '{"event":"batch","description":"batch.created","id":"1"}'],
    ['a parcel without a time', bodyOf(service, 'usps', code, [{ status: words[service].moved, at: '' }])],
  ])('with %s in it, signed, is answered 200 and left out: sent again it would be no better', async (_, text) => {
    world = await open();
    expect((await post(service, text)).status).toBe(200);
    expect(world.queue).toEqual([]);
  });

  it('of ten megabytes is refused in words', async () => {
    world = await open();
    const { status, json } = await post(service, Buffer.alloc(10 * 1024 * 1024, 'x'));
    expect([status, json.detail]).toEqual([413, expect.stringMatching(/has 10485760 bytes; at most \d+ are taken/)]);
  });

  it('that knows nothing of the parcel changes nothing', async () => {
    world = await open();
    await post(service, bodyOf(service, 'usps', code, [{ ...moved(service), status: words[service].nothing }]));
    expect(world.queue).toEqual([]);
  });

  it('counts the words that nobody knows', async () => {
    world = await open();
    const said = vi.spyOn(console, 'log').mockImplementation(() => {});
    await post(service, bodyOf(service, 'usps', code, [{ status: 'teleported', at: '2026-03-02T10:00:00Z' }, moved(service)]));
    const [line] = said.mock.calls.map(([text]) => JSON.parse(text)).filter((each) => 'UnclassifiedTracking' in each);
    said.mockRestore();
    expect(line.UnclassifiedTracking).toBeCloseTo(100 / 3);
  });

  it('moves the order that is in the parcel', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', '2026-03-01T18:00:00Z')]);
    await post(service, bodyOf(service, 'usps', code, [moved(service), delivered(service)]));
    expect(await world.workOff()).toEqual(['matched']);
    expect(await world.days('dispatched,delivered')).toEqual({ '2026-03-02': { dispatched: 1 }, '2026-03-04': { delivered: 1 } });
  });
});

describe('a webhook of Shippo', () => {
  const body = bodyOf('shippo', 'usps', code, [moved('shippo')]);
  it.each([
    ['five minutes and a second old', -301_000, 401],
    ['five minutes old', -299_000, 200],
    ['a little ahead', 299_000, 200],
    ['more than five minutes ahead', 302_000, 401],
  ])('whose signature is %s is answered so', async (_, ms, status) => {
    world = await open();
    expect((await post('shippo', body, signed('shippo', body, world.state.now + ms))).status).toBe(status);
    expect(world.queue).toHaveLength(status === 200 ? 1 : 0);
  });
  it('whose time was changed under the signature is refused', async () => {
    world = await open();
    const old = signed('shippo', body, world.state.now - 60 * aMinute);
    const header = old['shippo-auth-signature'] ?? '';
    const renewed = header.replace(/t=\d+/, `t=${Math.floor(world.state.now / 1000)}`);
    expect((await post('shippo', body, { 'shippo-auth-signature': renewed })).status).toBe(401);
  });
});

/** What happens to a parcel, as steps that may come in any order and twice. */
const permutations = <T>(list: T[]): T[][] =>
  list.length < 2
    ? [list]
    : list.flatMap((each, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [each, ...rest]));

describe('shop and carrier', () => {
  it('come to the same numbers in every order, each twice', async () => {
    world = await open();
    const steps = ['label', 'handed', 'moved', 'delivered'] as const;
    const orders = permutations([...steps]);
    for (const [i, order] of orders.entries()) {
      const [id, number] = [`o-${i}`, `94001000000000000${String(i).padStart(5, '0')}`];
      const shop = (version: string, data = {}) => world.accept([shipped(id, version, { number: `USPS/${number}`, ...data })]);
      const carrier = async (said: Said[]) => {
        await post('easypost', bodyOf('easypost', 'USPS', number, said, `${number} ${said.length}`));
        await world.workOff();
      };
      const does = {
        label: () => shop('2026-03-01T18:00:00Z'),
        handed: () => shop('2026-03-03T09:00:00Z', { status: 'in_transit', handedOverAt: '2026-03-03T08:00:00Z' }),
        moved: () => carrier([moved('easypost')]),
        delivered: () => carrier([moved('easypost'), delivered('easypost')]),
      };
      await world.accept([makeOrder(id)]);
      for (const step of [...order, ...order]) await does[step]();
    }
    // The carrier's first scan is when it was handed over; every one of the orders was delivered once.
    const all = orders.length;
    expect(await world.days('dispatched,delivered,labelCost')).toEqual({
      '2026-03-02': { dispatched: all },
      '2026-03-04': { delivered: all },
    });
  });

  it('what comes before its order is known waits, and is counted once it is', async () => {
    world = await open();
    await post('aftership', bodyOf('aftership', 'usps', code, [moved('aftership'), delivered('aftership')]));
    expect(await world.workOff()).toEqual(['waits']);
    expect(await world.days('delivered')).toEqual({});
    await world.accept([makeOrder('o-1'), shipped('o-1', '2026-03-01T18:00:00Z')]);
    expect(await world.days('delivered')).toEqual({ '2026-03-04': { delivered: 1 } });
  });

  it('a later word of the shop holds against an earlier one of the carrier', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', '2026-03-01T18:00:00Z')]);
    await post('easypost', bodyOf('easypost', 'USPS', code, [moved('easypost'), delivered('easypost')]));
    expect(await world.workOff()).toEqual(['matched']);
    await world.accept([shipped('o-1', '2026-03-06T18:00:00Z', { status: 'exception', exceptionAt: '2026-03-06T18:00:00Z' })]);
    expect(await world.days('delivered')).toEqual({});
    await post('easypost', bodyOf('easypost', 'USPS', code, [{ ...moved('easypost'), at: '2026-03-03T00:00:00Z' }], 'late'));
    expect(await world.workOff()).toEqual(['older']);
  });

  it('two orders in one parcel are both moved', async () => {
    world = await open();
    const version = '2026-03-01T18:00:00Z';
    await world.accept([makeOrder('o-1'), makeOrder('o-2'), shipped('o-1', version), shipped('o-2', version)]);
    await post('easypost', bodyOf('easypost', 'USPS', code, [moved('easypost'), delivered('easypost')]));
    expect(await world.workOff()).toEqual(['matched']);
    expect(await world.days('delivered')).toEqual({ '2026-03-04': { delivered: 2 } });
  });

  it('a parcel of TikTok Shop is found by what its package says', async () => {
    world = await openShopWorld({ orders: 40, day: 6 });
    await world.connect();
    await world.run();
    // What a shop said when it was connected is newer than what a carrier had said before.
    world.pass(5 * aMinute);
    const seconds = Math.floor(world.state.now / 1000);
    const onTheWay = world.plan.orders
      .filter(({ isSample }) => !isSample)
      .map((order) => packageRecord(order, seconds))
      .find((record) => record?.package_status === 'FULFILLING');
    const before = await world.days('delivered');
    const at = new Date(world.state.now - aMinute).toISOString();
    const said = [{ status: 'delivered', at }];
    await post('easypost', bodyOf('easypost', 'Test Express', String(onTheWay?.tracking_number), said));
    expect(await world.workOff()).toEqual(['matched']);
    const after = await world.days('delivered');
    const sum = (days: Record<string, Record<string, number>>) =>
      Object.values(days).reduce((total, { delivered: count = 0 }) => total + count, 0);
    expect(sum(after)).toBe(sum(before) + 1);
  });

  it('a message that the stream does not take comes again from the queue, and counts once', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', '2026-03-01T18:00:00Z')]);
    await post('easypost', bodyOf('easypost', 'USPS', code, [moved('easypost'), delivered('easypost')]));
    const [message] = world.queue;
    world.state.killAt = world.state.calls + 2;
    await expect(world.workOff()).rejects.toThrow('killed');
    world.revive();
    if (message) world.queue.push(message);
    expect(await world.workOff()).toEqual(['matched']);
    expect(await world.days('delivered')).toEqual({ '2026-03-04': { delivered: 1 } });
  });
});

describe('a tracking number', () => {
  const told = () => post('easypost', bodyOf('easypost', 'USPS', code, [moved('easypost'), delivered('easypost')]));
  const version = '2026-03-01T18:00:00Z';

  it.each(['before', 'after'])(
    'that two creators claim moves neither, whether they did %s the carrier told of it',
    async (when) => {
      world = await open();
      const claims = async () => {
        for (const creator of ['c-1', 'c-2'])
          await world.accept([makeOrder('o-1', { creator }), shipped('o-1', version, { creator })]);
      };
      if (when === 'before') await claims();
      await told();
      expect(await world.workOff()).toEqual([when === 'before' ? 'ambiguous' : 'waits']);
      if (when === 'after') await claims();
      expect(await world.days('delivered', 'c-2')).toEqual({});
      if (when === 'before') expect(await world.days('delivered')).toEqual({});
    },
  );

  it('of one creator moves nothing of another, who has the same order id', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), makeOrder('o-1', { creator: 'c-2' }), shipped('o-1', version)]);
    await told();
    await world.workOff();
    expect(await world.days('delivered')).toEqual({ '2026-03-04': { delivered: 1 } });
    expect(await world.days('delivered', 'c-2')).toEqual({});
  });

  it('is one together with its carrier', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', version, { number: `UPS/${code}` })]);
    await told();
    expect(await world.workOff()).toEqual(['waits']);
  });

  it('that a carrier uses again after months does not lead to the old order', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', version)]);
    world.pass(121 * 86_400_000);
    const said = [{ status: 'delivered', at: new Date(world.state.now - aMinute).toISOString() }];
    await post('easypost', bodyOf('easypost', 'USPS', code, said));
    expect(await world.workOff()).toEqual(['waits']);
  });

  it.each(['N/A', '-', '', '0', 'USPS', 'none/none', '/'])(
    'that is none (%j) leads nowhere and stops nothing',
    async (number) => {
      world = await open();
      const before = (await stored()).filter(({ pk }) => pk?.S?.startsWith('P#parcel')).length;
      await world.accept([makeOrder('o-1'), shipped('o-1', version, { number })]);
      expect((await stored()).filter(({ pk }) => pk?.S?.startsWith('P#parcel'))).toHaveLength(before);
    },
  );

  it('that more shipments have than a parcel holds stops none of them', async () => {
    world = await open();
    await world.accept(Array.from({ length: 120 }, (_, i) => shipped(`o-${i}`, version)));
    const [parcel] = (await stored()).filter(({ pk }) => pk?.S?.startsWith('P#parcel'));
    expect(parcel?.held?.SS).toHaveLength(50);
  });

  it('is nowhere: not in the table, on the stream or on the queue', async () => {
    world = await open();
    await world.accept([makeOrder('o-1'), shipped('o-1', version)]);
    await told();
    const queued = JSON.stringify(world.queue);
    await world.workOff();
    await world.count();
    const plain = code.replaceAll(' ', '');
    for (const text of [queued, JSON.stringify(await stored()), world.pipeline.records().join()])
      expect(text.includes(plain) || text.includes(code)).toBe(false);
    expect(trackingKey('USPS', code)).toContain(plain);
  });
});
