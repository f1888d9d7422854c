/** Does each trap of Seller Center files come out right, or is it named with its remedy? */
import { describe, expect, test } from 'vitest';
import { csvOf, type Grid, sellerFolder, workbookOf } from '../../make/seller-files.ts';
import { incomeSheets, ordersGrid, returnsGrid } from '../../make/seller-grids.ts';
import { type Habits, habits } from '../../make/seller-markets.ts';
import { firstExport, makeShop, secondExport } from '../../make/seller-shop.ts';
import { importOf, newestOf, ofEntity } from './import-files.ts';

const shop = makeShop();
const habitOf = (market: string): Habits => habits.find((each) => each.market === market) as Habits;
const [indonesia, america, thailand] = [habitOf('ID'), habitOf('US'), habitOf('TH')];
const name = 'orders-2026-11-14-23_58';
const grid = (habit = indonesia, from = ''): Grid => ordersGrid(shop, habit, secondExport, from);
const column = (rows: Grid, title: string): number => (rows[0] ?? []).indexOf(title);
/** The rows with cells of one column changed. */
const changed = (rows: Grid, title: string, change: (cell: string | number, row: number) => string | number): Grid =>
  rows.map((cells, r) => (r === 0 ? cells : cells.map((cell, c) => (c === column(rows, title) ? change(cell, r) : cell))));
const csv = (rows: Grid, file = `${name}.csv`) => sellerFolder({ [file]: csvOf(rows) });
const orders = async (paths: string[], options = {}) =>
  ofEntity(newestOf((await importOf(paths, { market: 'ID', ...options })).events), 'order');
const refusal = (paths: string[], options = {}) =>
  importOf(paths, { market: 'ID', ...options }).then(
    () => 'taken',
    (error: Error) => error.message,
  );

describe('refused as a whole, before anything is sent', () => {
  test('a missing column is named with the nearest title', async () => {
    const rows = grid();
    rows[0] = (rows[0] ?? []).map((title) => (title === 'SKU Subtotal Before Discount' ? 'SKU Gross Subtotal' : title));
    expect(await refusal(csv(rows))).toMatch(/"SKU Subtotal Before Discount" is missing.*"SKU Gross Subtotal".*titles\.ts/);
  });

  test('ids that a spreadsheet shortened, as text or as numbers', async () => {
    expect(await refusal(csv(changed(grid(), 'Order ID', () => '5.79266E+17')))).toMatch(
      /Order ID: 5\.79266E\+17.*Download it again/,
    );
    const numbers = changed(grid(), 'SKU ID', () => 1_729_384_763_881_401_600);
    expect(await refusal(sellerFolder({ [`${name}.xlsx`]: workbookOf({ OrderSKUList: numbers }) }))).toMatch(
      /SKU ID: .*shortened/,
    );
  });

  test('ids of which a spreadsheet kept fifteen digits, and days that it made dates of in some cells', async () => {
    const rounded = changed(grid(), 'Order ID', (id) => `${String(id).slice(0, 15)}000`);
    expect(await refusal(csv(rounded))).toMatch(/Order ID: \d+000 is an id that a spreadsheet has shortened/);
    const converted = changed(grid(), 'Paid Time', (cell, row) => (row === 3 ? '2026-06-05 10:00:00' : cell));
    expect(await refusal(csv(converted))).toMatch(/begin with the year.*converted/);
  });

  test('a title that stands twice', async () => {
    const twice = grid().map((cells, r) => [...cells, r === 0 ? 'Order Amount' : '99']);
    expect(await refusal(csv(twice))).toMatch(/line 1.*"Order Amount" stands more than once.*rename all but one/);
  });

  test('a time that is still to come, named as the cell that it is', async () => {
    const late = changed(grid(), 'Created Time', (cell, row) => (row === 3 ? '20/09/2062 10:00:00' : cell));
    expect(await refusal(csv(late))).toMatch(/a cell in it says 2062-09-20 10:00:00, which is still to come.*mend that cell/);
  });

  test('a workbook whose end is missing', async () => {
    const whole = workbookOf({ OrderSKUList: grid() });
    expect(await refusal(sellerFolder({ [`${name}.xlsx`]: whole.subarray(0, whole.length - 400) }))).toMatch(
      /incomplete: its end is missing.*download it again/,
    );
  });

  test('a workbook that would unpack to many times its size, and one that lies about it', async () => {
    const swollen = workbookOf({ OrderSKUList: [...grid(), ['a'.repeat(25_000_000)]] });
    expect(await refusal(sellerFolder({ [`${name}.xlsx`]: swollen }))).toMatch(/would unpack to .* times its size/);
    const lying = workbookOf({ OrderSKUList: [...grid(), ['a'.repeat(3_000_000)]] });
    const view = new DataView(lying.buffer);
    // Sizes stand at 22 of a local header and at 24 of one in the directory.
    for (let at = 0; at < lying.length - 30; at++) {
      const signature = view.getUint32(at, true);
      const place = signature === 0x04034b50 ? at + 22 : signature === 0x02014b50 ? at + 24 : undefined;
      if (place !== undefined && view.getUint32(place, true) > 1_000_000) view.setUint32(place, 1000, true);
    }
    expect(await refusal(sellerFolder({ [`${name}.xlsx`]: lying }))).toMatch(/cannot be read/);
  });

  test('dates that can be read both ways, where no market is known; the market decides them', async () => {
    const habit = { ...thailand, money: indonesia.money };
    const rows = ordersGrid(
      shop.filter((order) => order.created < '2026-09-06'),
      habit,
      '2026-09-12 23:00:00',
    );
    const paths = csv(rows, 'orders-2026-09-12-23_00.csv');
    expect(await refusal(paths, { market: undefined })).toMatch(/--market ID, US, VN/);
    expect(await refusal(paths, { market: undefined, currency: 'EUR', zone: 'Europe/Berlin' })).toMatch(
      /cannot be told apart.*--market/,
    );
    const [order] = await orders(paths, { market: 'TH' });
    expect(String(order?.data.placedAt).slice(0, 10)).toBe('2026-09-04');
  });

  test('dates of both orders in one file', async () => {
    expect(await refusal(csv(changed(grid(), 'Paid Time', (cell, row) => (row === 4 ? '10/31/2026 10:00:00' : cell))))).toMatch(
      /day first and .* the month/,
    );
  });

  test('a name that does not say when the file was exported', async () => {
    expect(await refusal(csv(grid(), 'orders.csv'))).toMatch(/does not say when it was exported.*--exported-at/);
    expect((await orders(csv(grid(), 'orders.csv'), { exportedAt: Date.parse('2026-11-20T00:00:00Z') })).length).toBe(30);
  });

  test('a statement of another shop beside the orders of this one', async () => {
    const others = shop.map((order) => ({ ...order, id: `9${order.id.slice(1)}` }));
    const files = {
      [`${name}.csv`]: csvOf(grid()),
      'income_20261026091516(UTC+7).xlsx': workbookOf(incomeSheets(others, indonesia, 0)),
    };
    expect(await refusal(sellerFolder(files))).toMatch(/none of its \d+ ids is among the 30 orders.*another shop/);
  });

  test('files of two currencies, and of another than the market’s', async () => {
    const paths = sellerFolder({
      'income_20261026091516(UTC+7).xlsx': workbookOf(incomeSheets(shop, indonesia, 0)),
      'income_20261026091517(UTC-7).xlsx': workbookOf(incomeSheets(shop, america, 0)),
    });
    expect(await refusal(paths, { market: undefined })).toMatch(/several currencies: IDR.*USD/);
    expect(await refusal(paths.slice(0, 1), { market: 'TH' })).toMatch(/is in IDR, but --market TH counts in THB/);
  });

  test('bytes that are not UTF-8, unless their encoding is said', async () => {
    const bytes = Buffer.from(csvOf(grid(habitOf('BR'))).slice(1), 'latin1');
    const [path = ''] = sellerFolder({ [`${name}.csv`]: new Uint8Array(bytes) });
    expect(await refusal([path], { market: 'BR' })).toMatch(/not UTF-8.*--encoding/);
    const read = await orders([path], { market: 'BR', encoding: 'windows-1252' });
    expect([...new Set(read.map(({ data }) => data.status))].sort()).toEqual(['cancelled', 'completed']);
  });

  test('a file that is none of Seller Center’s, each refused file in a line of its own', async () => {
    const paths = sellerFolder({ 'a.csv': 'name,price\nx,1\n', 'b.csv': 'what,ever\n1,2\n' });
    expect((await refusal(paths)).split('\n')).toEqual([
      expect.stringMatching(/^a\.csv is no file/),
      expect.stringMatching(/^b\.csv is no file/),
    ]);
  });
});

describe('one bad row leaves out its order, is named, and stops nothing else', () => {
  test.each([
    ['Paid Time', '30/02/2026 10:15:00', /line 2, column Paid Time: 30\/02\/2026/],
    ['Quantity', 'two', /column Quantity: two is no whole number/],
    ['SKU Seller Discount', 'RM5.00', /in MYR/],
    ['SKU ID', '', /column SKU ID: is empty/],
    ['Order ID', 'unknown', /column Order ID: unknown is no id/],
  ])('%s %j', async (title, cell, message) => {
    const { events, wrong } = await importOf(
      csv(changed(grid(), title, (known, row) => (row === 1 || (row < 3 && title === 'Order ID') ? cell : known))),
      { market: 'ID' },
    );
    expect(wrong.join()).toMatch(title === 'Order ID' ? /./ : message);
    expect(ofEntity(newestOf(events), 'order').length).toBeGreaterThanOrEqual(28);
    expect(ofEntity(newestOf(events), 'order').length).toBeLessThan(31);
  });

  test('a later row of an order whose time no calendar has', async () => {
    const rows = grid();
    const id = column(rows, 'Order ID');
    const second = rows.findIndex((cells, r) => r > 1 && cells[id] === rows[r - 1]?.[id]);
    const torn = changed(rows, 'Paid Time', (cell, row) => (row === second ? '30/02/2026 10:15:00' : cell));
    const { events, wrong } = await importOf(csv(torn), { market: 'ID' });
    expect(wrong).toEqual([expect.stringContaining(`line ${second + 1}, column Paid Time: 30/02/2026 10:15:00 is no time`)]);
    expect(ofEntity(newestOf(events), 'order').length).toBe(29);
  });

  test('a row that is cut off, and one with a cell too many', async () => {
    const rows = grid();
    const last = rows.length - 1;
    const torn = rows.map((cells, r) => (r === last ? cells.slice(0, 18) : r === 1 ? cells.toSpliced(5, 0, 'Red') : cells));
    const { events, wrong } = await importOf(csv(torn), { market: 'ID' });
    expect(wrong.join()).toMatch(/line \d+, column row: has 18 cells where the titles are 32/);
    expect(wrong.join()).toMatch(/line 2, column row: has 33 cells/);
    expect(ofEntity(newestOf(events), 'order').length).toBe(28);
  });

  test('a settlement in another currency', async () => {
    const sheets = incomeSheets(shop, indonesia, 0);
    const rows = sheets['Order details'] ?? [];
    sheets['Order details'] = rows.map((cells, r) => (r === 3 ? cells.with(4, 'MYR') : cells));
    const { events, wrong } = await importOf(sellerFolder({ 'income_20261026091516(UTC+7).xlsx': workbookOf(sheets) }));
    expect(wrong).toEqual([expect.stringMatching(/MYR is not the shop's IDR/)]);
    expect(ofEntity(newestOf(events), 'settlement').length).toBe(rows.length - 2);
  });
});

describe('read right', () => {
  test('dates that can be read both ways, by a file beside theirs whose dates cannot', async () => {
    const placedAt = (clock: string) =>
      ['Paid Time', 'RTS Time', 'Shipped Time', 'Delivered Time', 'Cancelled Time'].reduce(
        (rows, title) => changed(rows, title, () => ''),
        changed(grid(), 'Created Time', () => clock),
      );
    const [clear, unclear] = [placedAt('20/09/2026 10:00:00'), placedAt('05/08/2026 10:00:00')];
    const days = async (files: Parameters<typeof sellerFolder>[0]) =>
      new Set((await orders(sellerFolder(files), { market: 'BR' })).map(({ data }) => String(data.placedAt).slice(0, 10)));
    const file = 'orders-2026-10-09-09_12.csv';
    expect(await days({ [file]: csvOf(unclear) })).toEqual(new Set(['2026-05-08']));
    const beside = { [file]: csvOf(unclear), 'orders-2026-10-01-09_12.csv': csvOf(clear) };
    expect(await days(beside)).toEqual(new Set(['2026-08-05']));
  });

  test('a workbook whose name says that it is none', async () => {
    const named = sellerFolder({ [`${name}.csv`]: workbookOf({ OrderSKUList: grid() }) });
    expect(await orders(named)).toHaveLength((await orders(csv(grid()))).length);
  });

  test('semicolons and decimal commas, as a spreadsheet saves them', async () => {
    const habit = { ...thailand, money: (minor: number) => (minor / 100).toFixed(2).replace('.', ',') };
    const paths = sellerFolder({ [`${name}.csv`]: csvOf(grid(habit), { separator: ';', tabs: () => false }) });
    const comma = await orders(paths, { market: 'TH' });
    expect(comma).toEqual(await orders(csv(grid(thailand)), { market: 'TH' }));
  });

  test('a row that explains the titles is left out, and no first order with it', async () => {
    const explained = csv(ordersGrid(shop, indonesia, secondExport, '', true));
    expect(await orders(explained)).toEqual(await orders(csv(grid())));
  });

  test('equal rows of an order are all real, and its own amounts count once', async () => {
    const twice = shop.find(({ lines }) => lines.length === 3);
    const found = (await orders(csv(grid()))).find(({ ids }) => ids[0] === twice?.id);
    const lines = found?.data.lines as { sku: string }[];
    expect(lines.length).toBe(3);
    expect(lines[1]).toEqual(lines[2]);
    expect(found?.data.shippingCharged).toBe(twice?.shipping);
  });

  test('a row that disagrees with the first of its order is named', async () => {
    const twice = shop.findIndex(({ lines }) => lines.length > 1);
    const row = shop.slice(0, twice).reduce((sum, { lines }) => sum + lines.length, 0) + 2;
    const { notes, wrong } = await importOf(csv(changed(grid(), 'Order Amount', (cell, r) => (r === row ? '1' : cell))), {
      market: 'ID',
    });
    expect([wrong, notes]).toEqual([[], [expect.stringMatching(/disagrees with the first.*order \d+/)]]);
  });

  test('rows of an order that stand apart are one order', async () => {
    const rows = grid();
    expect((await orders(csv([rows[0] ?? [], ...rows.slice(2), rows[1] ?? []]))).length).toBe(30);
  });

  test('a price that misses its subtotal is shared out so that the sum is right', async () => {
    const price = changed(grid(), 'SKU Unit Original Price', () => '333');
    const rows = changed(
      changed(price, 'Quantity', () => '3'),
      'SKU Subtotal Before Discount',
      () => '1000',
    );
    const [first] = await orders(csv(changed(rows, 'SKU Seller Discount', () => '0')));
    const lines = (first?.data.lines ?? []) as { quantity: number; unitPrice: number }[];
    expect(lines.slice(0, 2)).toMatchObject([
      { quantity: 2, unitPrice: 33_333 },
      { quantity: 1, unitPrice: 33_334 },
    ]);
  });

  test('a status that is not known is read by the order’s times, and named', async () => {
    const { events, notes } = await importOf(csv(changed(grid(), 'Order Status', () => 'Something new')), { market: 'ID' });
    const statuses = new Set(ofEntity(newestOf(events), 'order').map(({ data }) => data.status));
    expect([...statuses].sort()).toEqual(['cancelled', 'delivered']);
    expect(notes.join()).toContain('Something new');
  });

  test('a completed request whose amount no file has is left out and named', async () => {
    const paths = sellerFolder({ 'Return order-2026-11-15-00_05.csv': csvOf(returnsGrid(shop, indonesia)) });
    const { events, skipped } = await importOf(paths, { market: 'ID' });
    expect([events.length, skipped[0]]).toEqual([0, expect.stringMatching(/amount is in no file.*line 2/)]);
  });

  test('words of a language that is not listed: an order of a statement has sales, a refund has its time', async () => {
    const sheets = incomeSheets(shop, indonesia, 0);
    const rows = sheets['Order details'] ?? [];
    sheets['Order details'] = rows.map((cells, r) => (r === 0 ? cells : cells.with(1, 'Tilaus')));
    const settled = newestOf((await importOf(sellerFolder({ 'income_20261026091516(UTC+7).xlsx': workbookOf(sheets) }))).events);
    expect(ofEntity(settled, 'adjustment')).toEqual([]);
    const strange = changed(returnsGrid(shop, indonesia), 'Return Status', () => 'Valmis');
    const both = { [`${name}.csv`]: csvOf(grid()), 'Return order-2026-11-15-00_05.csv': csvOf(strange) };
    const plain = { ...both, 'Return order-2026-11-15-00_05.csv': csvOf(returnsGrid(shop, indonesia)) };
    const of = async (files: typeof both) =>
      ofEntity(newestOf((await importOf(sellerFolder(files), { market: 'ID' })).events), 'refund');
    expect(await of(both)).toEqual(await of(plain));
  });

  test('a refund whose day no file has is left out and named', async () => {
    const { events, skipped } = await importOf(csv(grid()), { market: 'ID' });
    expect(events.filter(({ subject }) => subject.includes('/refund/'))).toEqual([]);
    expect(skipped.join()).toMatch(/day is in no file: import the returns file/);
  });

  test('money alone gives back no unit', async () => {
    const paths = sellerFolder({
      [`${name}.csv`]: csvOf(grid()),
      'Return order-2026-11-15-00_05.csv': csvOf(returnsGrid(shop, indonesia)),
    });
    const refunds = ofEntity(newestOf((await importOf(paths, { market: 'ID' })).events), 'refund');
    const units = (id: string) =>
      ((refunds.find(({ ids }) => ids[0] === id)?.data.lines ?? []) as { quantity: number }[]).reduce(
        (sum, { quantity }) => sum + quantity,
        0,
      );
    const [alone, whole] = [
      shop.find(({ refund }) => refund?.isMoneyOnly),
      shop.find(({ refund }) => refund && !refund.isMoneyOnly),
    ];
    expect([units(alone?.id ?? ''), units(whole?.id ?? '')]).toEqual([
      0,
      whole?.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    ]);
  });

  test('an order that the first export shows unpaid is paid in the second', async () => {
    const paths = sellerFolder({
      'b-2026-11-14-23_58.csv': csvOf(grid()),
      'a-2026-10-15-09_12.csv': csvOf(ordersGrid(shop, indonesia, firstExport)),
    });
    expect(await orders(paths)).toEqual(await orders(paths.toReversed()));
  });
});

test('each SKU is a product, named as its newest order names it', async () => {
  const { events } = await importOf(csv(grid()), { market: 'ID' });
  const products = ofEntity(newestOf(events), 'product');
  const sold = ofEntity(newestOf(events), 'order').flatMap(({ data }) => data.lines as { productId: string; title?: string }[]);
  const named = new Set(sold.filter(({ title }) => title !== undefined).map(({ productId }) => productId));
  expect(new Set(products.flatMap(({ ids }) => ids))).toEqual(named);
  expect(named.size).toBeGreaterThan(3);
  for (const { data } of products) expect(data.title).toMatch(/\w/);
});
