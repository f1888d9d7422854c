/** Do rows of one order that stand apart come out as one order, without all orders of a file being held? */
import { describe, expect, it } from 'vitest';
import { gatherOrders, type KnownOrder } from '../../../shared/sources/seller-center/map/orders.ts';
import { planImport } from '../../../shared/sources/seller-center/plan.ts';
import { tableRows } from '../../../shared/sources/seller-center/read/table-rows.ts';
import { csvOf, type Grid, sellerFolder } from '../../make/seller-files.ts';
import { ordersGrid } from '../../make/seller-grids.ts';
import { type Habits, habits } from '../../make/seller-markets.ts';
import { makeShop, secondExport } from '../../make/seller-shop.ts';

const indonesia = habits.find(({ market }) => market === 'ID') as Habits;
const now = Date.parse('2026-12-01T00:00:00Z');
const name = 'Semua pesanan-2026-11-14-23_58.csv';

async function gathered(grid: Grid, forget = false): Promise<{ orders: KnownOrder[]; open: number }> {
  const [path = ''] = sellerFolder({ [name]: csvOf(grid) });
  const { shop, files } = await planImport([path], { market: 'ID', now });
  const [file] = files;
  const [planned] = file?.tables ?? [];
  if (!file || !planned) throw new Error('no table was planned');
  const { table, order } = planned;
  const orders: KnownOrder[] = [];
  const apart = forget ? new Map<string, number>() : table.apart;
  for await (const some of gatherOrders(tableRows(file.survey, table), apart, { shop, order, exportedAt: file.exportedAt }))
    orders.push(...some.orders);
  return { orders, open: table.apart.size };
}

const linesOf = ({ orders }: { orders: KnownOrder[] }) =>
  Object.fromEntries(orders.map(({ id, lines }) => [id, lines.map(({ skuId, subtotal }) => [skuId, subtotal].join())]));

/** The rows of each order in their order, but every second one behind all others. */
function torn([titles = [], ...rows]: Grid): Grid {
  const [kept, moved]: [Grid, Grid] = [[], []];
  for (const [i, row] of rows.entries()) (i % 2 ? moved : kept).push(row);
  return [titles, ...kept, ...moved];
}

describe('rows of one order', () => {
  const together = ordersGrid(makeShop(), indonesia, secondExport);

  it('that stand together are an order as soon as another one begins', async () => {
    const { orders, open } = await gathered(together);
    expect(open).toBe(0);
    expect(orders).toHaveLength(30);
  });

  it('that stand apart are one order with all of them', async () => {
    const found = await gathered(torn(together));
    expect(found.open).toBeGreaterThan(5);
    expect(found.orders).toHaveLength(30);
    const sorted = (lines: { [id: string]: string[] }) => Object.entries(lines).map(([id, own]) => [id, own.toSorted()]);
    expect(Object.fromEntries(sorted(linesOf(found)))).toEqual(Object.fromEntries(sorted(linesOf(await gathered(together)))));
  });

  it('are several orders, which is seen here, where what stands apart is forgotten', async () => {
    expect((await gathered(torn(together), true)).orders.length).toBeGreaterThan(30);
  });
});
