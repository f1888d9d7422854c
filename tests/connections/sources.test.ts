/** Is it told of every source how it fares, and of what none has brought which numbers need it? */
import { afterEach, describe, expect, it } from 'vitest';
import { describeSources } from '../../shared/connections/describe-sources.ts';
import { changeImport, putImport } from '../../shared/store/import-jobs.ts';
import { noteSent } from '../../shared/store/last-sent.ts';
import { makeEvent } from '../make/events.ts';
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
    const [shop] = await describeSources(world.connectors.table, 'c-1', { now: world.state.now, hasApp: false });
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
