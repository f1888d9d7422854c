/** Do limits hold when many ask at once, and does nothing that broke off keep a place for ever? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteSchedule } from '../../shared/exports/items/schedules.ts';
import { takeSlot } from '../../shared/store/slots.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder } from '../make/events.ts';

const path = '/v1/creators/{creatorId}/export-schedules';
const schedule = { cadence: 'daily', hour: 6, what: { kpis: { names: ['netSales'] } }, format: 'csv' };
const request = { what: { entities: 'orders' }, format: 'csv' };
const now = Date.parse('2026-03-20T16:00:00Z');
let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk('2026-03-20T16:00:00Z');
  for (const creator of ['c-1', 'c-2', 'c-3', 'c-4']) await desk.shop.load(creator, [makeOrder('o-1', { creator })]);
});
afterAll(() => desk.close());

const times = <T>(n: number, one: (i: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, i) => one(i)));
const counts = (statuses: number[], status: number) => statuses.filter((each) => each === status).length;
const put = (id: string, creator: string) =>
  desk.ask({ route: `PUT ${path}/{id}`, creatorId: creator, as: creator, id, body: schedule });

describe('of those that ask at once', () => {
  it('five exports are under way, and the next once they are done', async () => {
    const statuses = (await times(12, () => desk.post(request))).map(({ status }) => status);
    expect([counts(statuses, 202), counts(statuses, 429)]).toEqual([5, 7]);
    expect(await desk.run()).toEqual(Array.from({ length: 5 }, () => 'done'));
    expect((await times(3, () => desk.post(request))).map(({ status }) => status)).toEqual([202, 202, 202]);
  });

  it('twenty schedules are kept, and one more when one has gone', async () => {
    const statuses = (await times(26, (i) => put(`s-${i}`, 'c-2'))).map(({ status }) => status);
    expect([counts(statuses, 200), counts(statuses, 409)]).toEqual([20, 6]);
    const kept = (await desk.ask({ route: `GET ${path}`, creatorId: 'c-2', as: 'c-2' })).json.schedules;
    expect(kept).toHaveLength(20);
    await desk.ask({ route: `DELETE ${path}/{id}`, creatorId: 'c-2', as: 'c-2', id: kept[0].id });
    desk.setNow('2026-03-20T16:02:00Z');
    expect((await put('another', 'c-2')).status).toBe(200);
    expect((await put('and-another', 'c-2')).status).toBe(409);
  });
});

describe('a place that was given back', () => {
  const listed = async () => (await desk.ask({ route: `GET ${path}`, creatorId: 'c-4', as: 'c-4' })).json.schedules.length;
  const remove = (id: string) => desk.ask({ route: `DELETE ${path}/{id}`, creatorId: 'c-4', as: 'c-4', id });

  it('is there at once, is given once, and one id takes one however often it is asked for', async () => {
    await times(20, (i) => put(`s-${i % 10}`, 'c-4'));
    await times(10, (i) => put(`t-${i}`, 'c-4'));
    expect([await listed(), (await put('more', 'c-4')).status]).toEqual([20, 409]);
    await remove('s-0');
    expect((await put('more', 'c-4')).status).toBe(200);
    desk.setNow('2026-03-20T16:05:00Z');
    await remove('s-3');
    await Promise.all([put('n-1', 'c-4'), put('s-3', 'c-4'), put('n-2', 'c-4'), put('s-3', 'c-4')]);
    expect(await listed()).toBe(20);
  });

  it('is given once where the one before it was cut off while it went', async () => {
    await deleteSchedule(desk.shop.table, 'c-4', 's-5');
    desk.setNow('2026-03-20T16:10:00Z');
    await Promise.all([put('n-3', 'c-4'), put('s-5', 'c-4'), put('n-4', 'c-4'), put('s-5', 'c-4')]);
    expect(await listed()).toBe(20);
  });
});

describe('a slot', () => {
  const slot = (id: string, at: number, counting: string[] = [], ended: string[] = []) =>
    takeSlot(desk.shop.table, {
      creatorId: 'c-3',
      kind: 'thing',
      most: 2,
      id,
      counting: new Set(counting),
      ended: new Set(ended),
      now: at,
    });

  it('is free again a minute after whoever took it was never heard of, at once when they ended, and counts once', async () => {
    expect([await slot('a', now), await slot('a', now), await slot('b', now), await slot('c', now)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(await slot('c', now + 59_000, ['b'])).toBe(false);
    expect(await slot('c', now + 61_000, ['b'])).toBe(true);
    expect(await slot('d', now + 62_000, ['b', 'c'])).toBe(false);
    expect(await slot('d', now + 62_000, ['c'], ['b'])).toBe(true);
  });

  it('is left for what counted before there were slots', async () => {
    const old = (id: string) =>
      takeSlot(desk.shop.table, {
        creatorId: 'c-3',
        kind: 'old',
        most: 3,
        id,
        counting: new Set(['x', 'y']),
        ended: new Set(),
        now,
      });
    expect([await old('a'), await old('b')]).toEqual([true, false]);
  });
});
