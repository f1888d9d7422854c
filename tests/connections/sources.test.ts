/** Is it told of every source how it fares, and of what none has brought which numbers need it? */
import { afterEach, describe, expect, it } from 'vitest';
import { describeSources } from '../../shared/connections/describe-sources.ts';
import { changeImport, putImport } from '../../shared/store/import-jobs.ts';
import { noteSent } from '../../shared/store/last-sent.ts';
import { makeEvent, makeOrder } from '../make/events.ts';
import { bodyOf, signed } from './carriers.ts';
import { connectShop, headersOf } from './shopify.ts';
import { openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

const told = async () =>
  (await world.askConnect({ route: 'GET /v1/creators/{creatorId}/sources', creatorId: 'c-1', as: 'c-1' })).json;
const entities = async () => ((await told()).missing as { entity: string }[]).map(({ entity }) => entity);

async function anImport(id: string, state: object) {
  const requestedAt = new Date(world.state.now - 3_600_000).toISOString();
  const job = { id, creatorId: 'c-1', files: [{ name: 'a.csv', bytes: 1 }], requestedAt };
  const empty = {
    touchedAt: requestedAt,
    confirmedAt: '',
    finishedAt: '',
    worker: '',
    answers: '',
    survey: '',
    trouble: '',
    refused: '',
  };
  await putImport(world.connectors.table, {
    ...job,
    ...empty,
    status: 'importing',
    attempts: 0,
    sent: 0,
    loaded: 0,
    undoneAt: '',
    back: 0,
    stay: 0,
    accepted: 0,
  });
  await changeImport(world.connectors.table, { creatorId: 'c-1', id }, { from: ['importing'] }, state);
}

describe('before anything has come in', () => {
  it('a shop can be connected, files and programs are unused, and orders, parcels, reviews and costs are missing', async () => {
    world = await openShopWorld();
    const { sources, missing } = await told();
    expect(sources).toMatchObject([
      { name: 'tiktok-shop', state: 'not_connected', remedy: expect.stringContaining('Connect a shop') },
      { name: 'files', state: 'unused', newestDatum: null, lastDay: 0 },
      { name: 'events-api', state: 'unused', lastSuccess: null },
      { name: 'easypost', state: 'unused', lastDay: 0, remedy: expect.stringContaining('follow your parcels') },
      { name: 'aftership', state: 'unused' },
      { name: 'shippo', state: 'unused' },
    ]);
    expect(await entities()).toEqual(['order', 'review', 'shipment', 'unit-cost']);
    const [order, review, , cost] = missing;
    expect(order.kpis).toContain('netSales');
    expect(review.kpis).toEqual(expect.arrayContaining(['csat', 'reviews']));
    expect(review.kpis).not.toContain('netSales');
    expect(cost.kpis).toEqual([]);
  });

  it('a deployment without an app says that its operator has to act', async () => {
    world = await openShopWorld();
    const [shop] = await describeSources(world.connectors.table, 'c-1', { now: world.state.now, hasApp: false, services: [] });
    expect(shop).toMatchObject({ state: 'not_set_up', remedy: expect.stringContaining('app of TikTok Shop') });
  });
});

describe('a connected shop', () => {
  it('says how many entries came in within a day, and no longer lacks orders and parcels', async () => {
    world = await openShopWorld();
    await world.connect();
    await world.run();
    await world.count();
    const taken = (await told()).sources[0].lastDay;
    expect(taken).toBeGreaterThan(world.plan.orders.length);
    expect(await entities()).toEqual(['review', 'unit-cost']);
    // Read again, the last ten minutes came in twice; a day later none of it is of this day.
    world.pass(23 * 3_600_000);
    expect((await told()).sources[0].lastDay).toBe(taken);
    world.pass(2 * 3_600_000);
    expect((await told()).sources[0].lastDay).toBe(0);
  });
});

describe('files', () => {
  it('that were counted say up to which day and how much; one that failed says why', async () => {
    world = await openShopWorld();
    const survey = JSON.stringify({ files: [], days: { from: '2026-03-01', to: '2026-03-31' }, events: 40 });
    const finishedAt = new Date(world.state.now - 60_000).toISOString();
    await anImport('1', { status: 'done', survey, accepted: 40, sent: 40, finishedAt });
    expect((await told()).sources[1]).toMatchObject({
      state: 'in_use',
      newestDatum: '2026-03-31',
      lastSuccess: finishedAt,
      lastDay: 40,
      lastError: null,
    });
    await anImport('2', { status: 'failed', trouble: JSON.stringify({ refusals: ['a.csv: no such column'], questions: [] }) });
    expect((await told()).sources[1]).toMatchObject({ state: 'failing', lastError: 'a.csv: no such column', lastDay: 40 });
  });
});

describe('programs that send events', () => {
  it('are in use once one has sent, which is noted every ten minutes at most', async () => {
    world = await openShopWorld();
    const { table } = world.connectors;
    const first = world.state.now;
    await noteSent(table, ['c-1'], first);
    await noteSent(table, ['c-1'], first + 599_000);
    const lastSuccess = (at: number) => ({ name: 'events-api', state: 'in_use', lastSuccess: new Date(at).toISOString() });
    expect((await told()).sources[2]).toMatchObject(lastSuccess(first));
    await noteSent(table, ['c-1'], first + 600_000);
    expect((await told()).sources[2]).toMatchObject(lastSuccess(first + 600_000));
  });
});

describe('what is missing', () => {
  it('are unit costs until one has come in', async () => {
    world = await openShopWorld();
    const cost = {
      entity: 'unit-cost',
      subject: 'unit-cost/s-1/2026-01-01',
      data: { currency: 'USD', amount: 640 },
      time: '2026-03-01T00:00:00Z',
      version: 1,
    };
    await world.pipeline.post([makeEvent({ ...cost, creator: 'c-1' })]);
    await world.count();
    expect(await entities()).not.toContain('unit-cost');
  });
});

describe('carrier services', () => {
  const code = '940010000000000000000000';
  const at = '2026-03-04T18:00:00Z';
  const shipped = (creator: string) => ({
    ...makeEvent({
      entity: 'shipment',
      subject: 'order/o-1/shipment/s-1',
      creator,
      time: '2026-03-01T18:00:00Z',
      data: { status: 'in_transit' },
    }),
    trackingkey: `USPS/${code}`,
  });
  const tell = async () => {
    const body = bodyOf('easypost', 'USPS', code, [{ status: 'delivered', at }]);
    await world.postTo('easypost', body, signed('easypost', body, world.state.now));
    return world.workOff();
  };
  const easypost = async () => (await told()).sources.find(({ name }: { name: string }) => name === 'easypost');
  const health = async () => (await world.pipeline.health()).connections;

  it('are in use once one told of a parcel: how new, how much within a day; health says that it was heard', async () => {
    world = await openShopWorld({ orders: 0, day: 10 });
    await world.accept([makeOrder('o-1'), shipped('c-1')]);
    expect(await tell()).toEqual(['matched']);
    const now = new Date(world.state.now).toISOString();
    expect(await easypost()).toMatchObject({
      state: 'in_use',
      newestDatum: new Date(at).toISOString(),
      lastSuccess: now,
      lastDay: 1,
      lastError: null,
      remedy: null,
    });
    expect(await health()).toEqual([
      expect.objectContaining({ name: 'easypost', state: 'ok', shops: 0, lastError: null, at: now }),
    ]);
    world.pass(3 * 86_400_000);
    expect(await easypost()).toMatchObject({ state: 'in_use', lastSuccess: now, lastDay: 0 });
  });

  it('fail in words where two creators claim a number, for both, and are well again with the next message', async () => {
    world = await openShopWorld({ orders: 0, day: 10 });
    for (const creator of ['c-1', 'c-2']) await world.accept([makeOrder('o-1', { creator }), shipped(creator)]);
    expect(await tell()).toEqual(['ambiguous']);
    expect(await easypost()).toMatchObject({
      state: 'failing',
      lastDay: 0,
      lastError: expect.stringContaining('more than one creator'),
      remedy: expect.stringContaining('tracking numbers'),
    });
    const [service] = await health();
    expect(service.lastError).toContain('more than one creator');
    expect(JSON.stringify(await health())).not.toContain('c-1');
  });

  it('whose secret was taken away say that the operator has to act', async () => {
    world = await openShopWorld({ orders: 0, day: 10 });
    await world.accept([makeOrder('o-1'), shipped('c-1')]);
    await tell();
    const sources = await describeSources(world.connectors.table, 'c-1', { now: world.state.now, hasApp: true, services: [] });
    expect(sources.find(({ name }) => name === 'easypost')).toMatchObject({
      state: 'not_set_up',
      remedy: expect.stringContaining('secret'),
    });
    expect(sources.some(({ name }) => name === 'shippo')).toBe(false);
  });
});

it('a shop of Shopify is in health too, never late, and as one to connect again once the app was removed', async () => {
  world = await openShopWorld({ orders: 0, day: 10 });
  await connectShop(world);
  world.pass(3 * 86_400_000);
  await world.pollAll();
  const health = async () => (await world.pipeline.health()).connections;
  expect(await health()).toMatchObject([{ name: 'shopify', state: 'ok', shops: 1, reconnect: 0, lagSeconds: 0 }]);
  const body = JSON.stringify({ id: 1 });
  await world.postTo('shopify', body, headersOf('app/uninstalled', body));
  expect(await world.workOff()).toEqual(['deauthorised']);
  await world.pollAll();
  expect(await health()).toMatchObject([{ name: 'shopify', shops: 1, reconnect: 1 }]);
  expect((await told()).sources[0]).toMatchObject({
    name: 'shopify',
    state: 'reconnect',
    lastError: expect.stringContaining('removed the app'),
  });
});
