/** Does a cost that is typed in count, over files and older words, once for each SKU and day, and for nobody else? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes as collectRoutes } from '../../functions/collect-events/routes.ts';
import { serve } from '../../functions/http.ts';
import { routes as reportRoutes } from '../../functions/report/routes.ts';
import { unitCostsAnswer } from '../../shared/api/unit-costs.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { ask } from '../make/request.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const path = '/v1/creators/{creatorId}/unit-costs';
let desk: ImportDesk;
let collect: ReturnType<typeof serve>;
let report: ReturnType<typeof serve>;
beforeAll(async () => {
  desk = await makeImportDesk();
  collect = serve(
    collectRoutes,
    () => ({ table: desk.table, stream: desk.stream, epoch: 1 }),
    () => now,
  );
  report = serve(
    reportRoutes,
    () => ({ table: desk.table, version: '1', cursorKey: 'a key' }),
    () => now,
  );
  for (const creator of ['c-1', 'c-2'])
    await desk.imported({ 'creators.csv': 'name,time_zone,currency\nShop,UTC,USD\n' }, creator);
  await desk.apply();
});
afterAll(() => desk.close());

const put = async (costs: object[], as = 'c-1', creatorId = as) => {
  const answer = await ask(collect, { route: `POST ${path}`, creatorId, as, body: { costs } });
  await desk.apply();
  return answer;
};
const costsOf = async (creator = 'c-1') => {
  const { json } = await ask(report, { route: `GET ${path}`, creatorId: creator, as: creator });
  expect(unitCostsAnswer.parse(json)).toEqual(json);
  return json.costs.map(
    ({ sku, validFrom, amount }: { sku: string; validFrom: string; amount: number }) => `${sku} ${validFrom} ${amount}`,
  );
};

it('stands beside the others of its SKU, the newest day first, and in no other shop', async () => {
  const costs = [
    { sku: 'a/b', validFrom: '2026-01-01', amount: 640 },
    { sku: 'a/b', validFrom: '2027-06-01', amount: 700 },
    { sku: 'S', validFrom: '2026-01-01', amount: 0 },
  ];
  expect(await put(costs)).toMatchObject({ status: 202, json: { accepted: 3 } });
  expect(await costsOf()).toEqual(['S 2026-01-01 0', 'a/b 2027-06-01 700', 'a/b 2026-01-01 640']);
  expect(await costsOf('c-2')).toEqual([]);
});

it('takes the place of an earlier one, and leaves when it is taken out', async () => {
  await put([{ sku: 'S', validFrom: '2026-01-01', amount: 5 }]);
  expect(await costsOf()).toContain('S 2026-01-01 5');
  await put([{ sku: 'S', validFrom: '2026-01-01', amount: null }]);
  expect(await costsOf()).toEqual(['a/b 2027-06-01 700', 'a/b 2026-01-01 640']);
  await put([{ sku: 'S', validFrom: '2026-01-01', amount: 6 }]);
  expect(await costsOf()).toContain('S 2026-01-01 6');
});

it('is newer than a file of before that is dropped later', async () => {
  const files = { 'costs.csv': 'sku,valid_from,unit_cost,updated_at\nS,2026-01-01,9.99,2026-11-01T00:00:00Z\n' };
  const job = await desk.imported(files);
  await desk.apply();
  expect(job.survey.changes).toEqual([{ entity: 'unit-cost', created: 0, changed: 0, unchanged: 0, older: 1 }]);
  expect(await costsOf()).toContain('S 2026-01-01 6');
});

it('is refused with its place where it is wrong, and then none is taken', async () => {
  const bad = await put([
    { sku: 'T', validFrom: '2026-01-01', amount: 1 },
    { sku: 'T', validFrom: '2026-02-30', amount: -1 },
  ]);
  expect(bad).toMatchObject({ status: 400 });
  expect(bad.json.issues.map(({ path: place }: { path: string }) => place).sort()).toEqual([
    'costs.1.amount',
    'costs.1.validFrom',
  ]);
  const twice = [1, 2].map((amount) => ({ sku: 'T', validFrom: '2026-01-01', amount }));
  expect((await put(twice)).json.issues).toEqual([{ path: 'costs.1', message: expect.stringMatching(/same SKU and day/) }]);
  expect((await costsOf()).some((cost: string) => cost.startsWith('T'))).toBe(false);
});

it('of another shop, or of one that nobody knows, is not found', async () => {
  const costs = [{ sku: 'S', validFrom: '2026-01-01', amount: 1 }];
  expect((await put(costs, 'c-2', 'c-1')).status).toBe(404);
  expect((await put(costs, 'c-nobody')).status).toBe(404);
});
