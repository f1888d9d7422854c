/** Does what no webhook tells come in by the clock: stock, estimates, performance, commissions; complete, again where it changes, and not too often? */
import { describe, expect, it } from 'vitest';
import { commissionOf, openOrders, soldOn } from '../../../local/vendors/tiktok-shop/figures.ts';
import { inventoryRecords } from '../../../local/vendors/tiktok-shop/records.ts';
import { parseEvent } from '../../../shared/events/parse.ts';
import {
  creatorFigures,
  type Figure,
  readFigure,
  readFigureIfGranted,
  shopFigures,
} from '../../../shared/sources/tiktok-shop/figures.ts';
import { addDays, dayOf, toLocal } from '../../../shared/time.ts';
import { Killed, newestOf, openWorld, shop, type WorldOptions } from './world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

const anHour = 3_600_000;
const named = (name: string): Figure => [...shopFigures, ...creatorFigures].find((figure) => figure.name === name) as Figure;
const optionsOf = ({ reading, sink, checkpoints, from }: World) => ({ reading, sink, checkpoints, since: from - 300 * 86_400 });
const read = (world: World, name: string) => readFigure(named(name), optionsOf(world));
const open = (options: WorldOptions = {}) => openWorld({ orders: 250, day: 25, ...options });
const seconds = ({ world }: World): number => Math.floor(world.now / 1000);
const today = ({ world }: World): string => dayOf(toLocal(world.now, [{ from: '', zone: shop.timeZone }]));
/** Newest snapshots under a subject, all of them good events. */
function keptOf({ kept, world }: World, start: string) {
  expect(kept.filter((event) => !parseEvent(event, world.now).ok)).toEqual([]);
  return [...newestOf(kept)].filter(([subject]) => subject.startsWith(start)).map(([, event]) => event);
}

describe('stock', () => {
  it('is what the shop has of each SKU; read again after an hour, and on the next day as another day', async () => {
    const found = await open();
    await read(found, 'stock');
    const told = () => Object.fromEntries(keptOf(found, 'stock/').map(({ subject, data }) => [subject, data.onHand]));
    const truth = () => {
      const records = inventoryRecords(found.plan, seconds(found)).flatMap(({ skus }) => skus as { [name: string]: unknown }[]);
      const day = today(found);
      return Object.fromEntries(
        records.map(({ id, total_available_quantity }) => [`stock/${id}@7068517275539719942/${day}`, total_available_quantity]),
      );
    };
    expect(Object.keys(truth())).toHaveLength(18);
    expect(told()).toEqual(truth());
    const requests = found.standIn.requests.get('/product/202309/inventory/search');
    found.world.now += anHour / 2;
    await read(found, 'stock');
    expect(found.standIn.requests.get('/product/202309/inventory/search')).toBe(requests);
    const before = told();
    found.world.now += 24 * anHour;
    await read(found, 'stock');
    expect(told()).toEqual({ ...before, ...truth() });
    expect(Object.keys(told())).toHaveLength(36);
  });
});

describe('estimates', () => {
  it('are of every order that is paid and in no statement, over all pages', async () => {
    const found = await open({ orders: 500 });
    await read(found, 'estimates');
    const ids = openOrders(found.plan, seconds(found)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(100);
    const estimates = keptOf(found, 'order/');
    expect(estimates.map(({ subject }) => subject.split('/')[1]).sort()).toEqual(ids.sort());
    expect(estimates.every(({ data }) => data.estimated === true && Number(data.settledAmount) !== 0)).toBe(true);
  });

  it('become nothing once the payout is read', async () => {
    const found = await open();
    await read(found, 'estimates');
    const estimated = keptOf(found, 'order/').map(({ subject }) => subject);
    found.world.now += 40 * 24 * anHour;
    await found.pollAll();
    const newest = newestOf(found.kept);
    const paidOut = estimated.filter((subject) =>
      [...newest.keys()].some((each) => each !== subject && each.startsWith(subject.replace('/estimate', '/'))),
    );
    expect(paidOut.length).toBeGreaterThan(50);
    expect(paidOut.every((subject) => newest.get(subject)?.data.settledAmount === 0)).toBe(true);
  });
});

describe('performance', () => {
  const shopDays = (found: World) =>
    Object.fromEntries(
      keptOf(found, 'content/shop/').flatMap(({ subject, data }) => (data.orders ? [[subject.split('/')[3], data.orders]] : [])),
    );
  const truth = (found: World) => {
    const days = Array.from({ length: 60 }, (_, i) => addDays('2026-02-25', i)).filter((day) => day < today(found));
    const sold = days.map((day) => [day, soldOn(found.plan, day, seconds(found)).length] as const);
    return Object.fromEntries(sold.filter(([, count]) => count > 0));
  };

  it('is of every day that is over: of the shop, its products, videos and LIVEs', async () => {
    const found = await open();
    await read(found, 'performance');
    expect(shopDays(found)).toEqual(truth(found));
    expect(Object.keys(truth(found)).length).toBeGreaterThan(20);
    for (const kind of ['product', 'video', 'live']) expect(keptOf(found, `content/${kind}/`).length).toBeGreaterThan(1);
  });

  it('follows day by day, and reads a week again, no more', async () => {
    const found = await open();
    await read(found, 'performance');
    const path = '/analytics/202509/shop/performance';
    for (let day = 0; day < 3; day++) {
      found.world.now += 24 * anHour;
      const before = found.standIn.requests.get(path) ?? 0;
      await read(found, 'performance');
      expect((found.standIn.requests.get(path) ?? 0) - before).toBeLessThan(10);
      expect(shopDays(found)).toEqual(truth(found));
    }
  });

  it('that was stopped goes on behind the last day, and is complete', async () => {
    const whole = await open();
    await read(whole, 'performance');
    const found = await open();
    for (let stops = 0; ; stops++) {
      found.world.killAt = found.world.steps + 150;
      try {
        await read(found, 'performance');
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(Killed);
        expect(stops).toBeLessThan(60);
      }
    }
    expect(shopDays(found)).toEqual(truth(found));
  });

  it('that the app may not read is left out, said, and read once it may', async () => {
    const ungranted = ['/analytics/'];
    const found = await open({ ungranted });
    await readFigureIfGranted(named('performance'), optionsOf(found));
    expect([...found.notes.refused.keys()]).toEqual([expect.stringContaining('has not granted the scope')]);
    expect(found.kept).toEqual([]);
    ungranted.length = 0;
    await readFigureIfGranted(named('performance'), optionsOf(found));
    expect(shopDays(found)).toEqual(truth(found));
    // An outage is no want of a scope.
    const broken = await open({ attempts: 2, fault: (n) => (n > 1 ? 'broken' : undefined) });
    await expect(readFigureIfGranted(named('performance'), optionsOf(broken))).rejects.toThrow('asked again');
  });
});

describe('commissions', () => {
  it('are of every sold order of the creator, estimated until they are settled, and change with the shop', async () => {
    const found = await open({ persona: 'creator' });
    const told = () =>
      Object.fromEntries(keptOf(found, 'order/').map(({ subject, data }) => [subject.split('/')[1], data.settledAmount]));
    const settled = () => keptOf(found, 'order/').filter(({ data }) => data.estimated === false).length;
    const truth = () =>
      Object.fromEntries(
        found.plan.orders
          .filter(({ isSample, paidAt }) => !isSample && paidAt !== undefined && paidAt <= seconds(found))
          .map((order) => [order.id, commissionOf(order)]),
      );
    await read(found, 'commissions');
    expect(told()).toEqual(truth());
    const before = settled();
    found.world.now += 20 * 24 * anHour;
    await read(found, 'commissions');
    expect(told()).toEqual(truth());
    expect(settled()).toBeGreaterThan(before);
  });

  it('are refused to who is no creator, and orders to a creator', async () => {
    const seller = await open();
    await expect(read(seller, 'commissions')).rejects.toThrow('scope');
    const creator = await open({ persona: 'creator' });
    await expect(creator.pollAll()).rejects.toThrow('scope');
  });
});
