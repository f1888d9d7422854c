/** Would the tests of the door see it if signatures were not compared? With a comparison that always holds, what is forged is taken. */
import { afterEach, expect, it, vi } from 'vitest';
import { bodyOf, signed } from './carriers.ts';
import { domain, headersOf, orderOf } from './shopify.ts';
import { keys, type Service } from './world.ts';

afterEach(() => {
  vi.doUnmock('../../shared/sources/digest.ts');
  vi.resetModules();
});

const now = Date.UTC(2026, 2, 11);
/** A table without anything in it. */
const table = { name: 'kpi', send: (async () => ({})) as never };

it.each<Service>(['easypost', 'aftership', 'shippo'])('a forged webhook of %s is then taken', async (service) => {
  const body = bodyOf(service, 'usps', '940010000000000000000000', [
    { status: { easypost: 'in_transit', aftership: 'InTransit', shippo: 'TRANSIT' }[service], at: '2026-03-02T16:30:00Z' },
  ]);
  const receive = async () => {
    vi.resetModules();
    const { receiveCarrier } = await import('../../shared/connections/receive-carrier.ts');
    const headers = signed(service, body, now, 'a guess');
    const door = { table, send: async () => {}, keys: await keys() };
    return (await receiveCarrier(service, door, Buffer.from(body), headers, now)).received;
  };
  expect(await receive()).toBe('refused');
  vi.doMock('../../shared/sources/digest.ts', () => ({ isSameDigest: () => true }));
  expect(await receive()).toBe('taken');
});

it('a forged webhook of Shopify is then taken', async () => {
  const body = orderOf(1);
  const connected = {
    granted: { S: JSON.stringify({ creatorId: 'c-1', vendor: 'shopify', shopId: domain }) },
    creatorId: { S: 'c-1' },
  };
  const owned = {
    name: 'kpi',
    send: (async ({ input }: { input: { Key?: { pk?: { S?: string } } } }) =>
      input.Key?.pk?.S?.startsWith('P#webhook') ? {} : { Item: connected }) as never,
  };
  const receive = async () => {
    vi.resetModules();
    const { receiveShopify } = await import('../../shared/connections/receive-shopify.ts');
    const door = { table: owned, send: async () => {}, keys: await keys() };
    return receiveShopify(door, Buffer.from(body), headersOf('orders/create', body, { secret: 'a guess' }));
  };
  expect(await receive()).toBe('refused');
  vi.doMock('../../shared/sources/digest.ts', () => ({ isSameDigest: () => true }));
  expect(await receive()).toBe('taken');
});

it('an old webhook of Shippo is taken where its age is not looked at', async () => {
  const body = bodyOf('shippo', 'usps', '940010000000000000000000', [{ status: 'TRANSIT', at: '2026-03-02T16:30:00Z' }]);
  const sentAt = now - 3_600_000;
  const receive = async () => {
    vi.resetModules();
    const { receiveCarrier } = await import('../../shared/connections/receive-carrier.ts');
    const door = { table, send: async () => {}, keys: await keys() };
    return (await receiveCarrier('shippo', door, Buffer.from(body), signed('shippo', body, sentAt), now)).received;
  };
  expect(await receive()).toBe('refused');
  const signatures = '../../shared/sources/carriers/signatures.ts';
  const real = await vi.importActual<typeof import('../../shared/sources/carriers/signatures.ts')>(signatures);
  const isFromShippo: typeof real.isFromShippo = (bytes, header, secret) => real.isFromShippo(bytes, header, secret, sentAt);
  vi.doMock(signatures, () => ({ ...real, isFromShippo }));
  expect(await receive()).toBe('taken');
  vi.doUnmock(signatures);
});
