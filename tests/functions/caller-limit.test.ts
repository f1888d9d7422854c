/** Is each caller held to its own limit, at the price of few writes, however many environments there are? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitCallers, type Take } from '../../functions/http/caller-limit.ts';
import { takeRequests } from '../../shared/store/caller-counts.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';

const ROUTE = 'GET /v1/kpis';

/** A counter as the table keeps one, and how often it was asked. */
function makeCounter() {
  const used = new Map<string, number>();
  const calls: number[] = [];
  const take: Take = async ({ caller, route, number }, count, limit) => {
    calls.push(count);
    const key = `${caller} ${route} ${number}`;
    const before = used.get(key) ?? 0;
    used.set(key, before + count);
    return Math.min(count, Math.max(0, limit - before));
  };
  return { take, calls };
}
const passes = (check: Promise<void>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );

describe('a limit', () => {
  it('lets no more pass than itself and a fiftieth for each environment, and no less than nine tenths', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 6 }), async (rate, environments) => {
        const { take } = makeCounter();
        const checks = Array.from({ length: environments }, () => limitCallers({ [ROUTE]: rate }, take));
        const limit = rate * 10;
        let passed = 0;
        for (let i = 0; i < 2 * limit + 100; i++)
          if (await passes((checks[i % environments] as (typeof checks)[0])('a', ROUTE, 5000))) passed++;
        expect(passed).toBeLessThanOrEqual(limit + environments * Math.ceil(limit * 0.02));
        // An environment may hold a slice that nobody asks it for.
        expect(passed).toBeGreaterThanOrEqual(limit - (environments - 1) * Math.ceil(limit * 0.05));
      }),
      { numRuns: 30 },
    ));

  it('costs nothing where little is asked, and a write for each twentieth where much is', async () => {
    const { take, calls } = makeCounter();
    const check = limitCallers({ [ROUTE]: 100 }, take);
    for (let i = 0; i < 20; i++) await check('a', ROUTE, 0);
    expect(calls).toEqual([]);
    for (let i = 0; i < 5000; i++) await passes(check('a', ROUTE, 0));
    // Twenty, and the one that finds nothing left.
    expect(calls).toHaveLength(21);
  });

  it('is of a caller, of a route, of a window', async () => {
    const { take } = makeCounter();
    const check = limitCallers({ [ROUTE]: 1, other: 1 }, take);
    while (await passes(check('a', ROUTE, 0)));
    expect(await passes(check('b', ROUTE, 0))).toBe(true);
    expect(await passes(check('a', 'other', 0))).toBe(true);
    expect(await passes(check('a', ROUTE, 9_999))).toBe(false);
    expect(await passes(check('a', ROUTE, 10_000))).toBe(true);
  });

  it('is none for nobody, and none where none is set', async () => {
    const { take, calls } = makeCounter();
    const check = limitCallers({ [ROUTE]: 1 }, take);
    for (let i = 0; i < 100; i++) await Promise.all([check('', ROUTE, 0), check('a', 'GET /v1/else', 0)]);
    expect(calls).toEqual([]);
  });

  it('lets pass while the table does not answer, and throws what is a fault', async () => {
    const lost = limitCallers({ [ROUTE]: 1 }, () => Promise.reject(Object.assign(new Error('lost'), { code: 'ECONNRESET' })));
    for (let i = 0; i < 30; i++) await lost('a', ROUTE, 0);
    const wrong = limitCallers({ [ROUTE]: 1 }, () => Promise.reject(new Error('AccessDenied')));
    await wrong('a', ROUTE, 0);
    await expect(wrong('a', ROUTE, 0)).rejects.toThrow('AccessDenied');
  });
});

describe('the counter in the table', () => {
  let table: MadeTable;
  beforeAll(async () => {
    table = await makeTable();
  });
  afterAll(() => table.close());
  const window = { caller: 'someone@example.com', route: ROUTE, number: 7, seconds: 10 };

  it('grants what is left, over everyone who takes', async () => {
    const granted = await Promise.all([4, 4, 4].map((count) => takeRequests(table, window, count, 10)));
    expect(granted.sort()).toEqual([2, 4, 4]);
    expect(await takeRequests(table, window, 4, 10)).toBe(0);
    expect(await takeRequests(table, { ...window, number: 8 }, 4, 10)).toBe(4);
    expect(await takeRequests(table, { ...window, caller: 'another' }, 4, 10)).toBe(4);
  });
});
