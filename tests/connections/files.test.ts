/** Does a parcel that only a file knows get what its carrier tells, whether the file was sent or loaded as history; and is its number kept nowhere? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { loadImport } from '../../shared/imports/load.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { sellerCenterEvents } from '../../shared/sources/seller-center/events.ts';
import { planImport } from '../../shared/sources/seller-center/plan.ts';
import { shop, us } from '../make/seller-drop.ts';
import { csvOf, sellerFolder } from '../make/seller-files.ts';
import { ordersGrid } from '../make/seller-grids.ts';
import { bodyOf, signed } from './carriers.ts';
import { openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

const now = Date.UTC(2026, 10, 30, 12);
/** An order that is on its way when the file is exported: just after it was handed over. */
const moving = shop.findLast(({ shipped, completed, cancelled }) => shipped && completed && !cancelled && shipped < completed);
const exported = `${moving?.shipped?.slice(0, 16)}:59`;
const fileName = `All order-${exported.slice(0, 16).replace(' ', '-').replace(':', '_')}.csv`;
const numberOf = (orderId: unknown): string => `94001${String(orderId).slice(-15)}`;

/** The orders file with carrier and tracking number, as Seller Center has them. */
async function planned(creatorId: string) {
  const [titles = [], ...rows] = ordersGrid(shop, us, exported);
  const grid = [[...titles, 'Shipping Provider Name', 'Tracking ID'], ...rows.map((row) => [...row, 'USPS', numberOf(row[0])])];
  return planImport(sellerFolder({ [fileName]: csvOf(grid) }), { creatorId, market: 'US', now });
}

async function tell(said: { status: string; at: string }) {
  const body = bodyOf('easypost', 'USPS', numberOf(moving?.id), [said]);
  await world.postTo('easypost', body, signed('easypost', body, world.state.now));
  return world.workOff();
}
const delivered = { status: 'delivered', at: '2026-11-20T18:00:00Z' };

async function open() {
  world = await openShopWorld({ orders: 0 });
  world.pass(now - world.state.now);
  expect(moving).toBeDefined();
}

const deliveredOn = async (creatorId: string, from = '2026-11-20', to = from) => {
  await world.count();
  const query = { names: 'delivered', from, to, grain: 'total' };
  const asked = { route: 'GET /v1/creators/{creatorId}/kpis', creatorId, as: creatorId, query };
  return (await world.pipeline.ask(asked)).json.series[0].total;
};

it('a file that is sent leads the carrier to its order', async () => {
  await open();
  const events: CloudEvent[] = [];
  for await (const event of sellerCenterEvents(await planned('c-1'), { report: newReport(), now })) events.push(event);
  await world.accept(events);
  expect(await tell(delivered)).toEqual(['matched']);
  expect(await deliveredOn('c-1')).toBe(1);
  expect(world.pipeline.records().join()).not.toContain(numberOf(moving?.id));
});

it('a file that is loaded as history takes what the carrier told before, and leads to its order from then on', async () => {
  await open();
  const files: Buffer[] = [];
  const lake = {
    bucket: 'lake',
    send: (async ({ input }: { input: { Body?: Uint8Array } }) => {
      if (input.Body) files.push(Buffer.from(input.Body));
      return {};
    }) as never,
  } as Lake;
  expect(await tell({ status: 'out_for_delivery', at: '2026-11-18T09:00:00Z' })).toEqual(['waits']);
  const { collector } = world.connectors;
  const uploads = { bucket: 'results', send: (async () => ({})) as never } as Lake;
  const stores = { table: collector.table, lake, uploads, track: collector.track };
  const so = await loadImport(stores, await planned('c-new'), { id: 'i-1', at: now }, async () => {});
  expect(so?.told).toMatchObject([{ creatorid: 'c-new', source: '/carriers/easypost', data: { status: 'out_for_delivery' } }]);
  await world.accept(so?.told ?? []);
  expect(await tell(delivered)).toEqual(['matched']);
  expect(await deliveredOn('c-new')).toBe(1);
  const { Items } = await world.pipeline.table.send(new ScanCommand({ TableName: 'kpi' }));
  const lines: string[] = [];
  for (const file of files)
    for (const row of await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
    }))
      lines.push(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
  expect(lines.join()).toContain(String(moving?.id));
  for (const text of [lines.join(), JSON.stringify(Items)]) expect(text).not.toContain(numberOf(moving?.id));
});
