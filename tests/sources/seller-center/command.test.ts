/** Does the command show what it recognised, ask before it sends, and make a creator only where there is none? */
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, sellerFolder, workbookOf } from '../../make/seller-files.ts';
import { incomeSheets, ordersGrid, personal } from '../../make/seller-grids.ts';
import { type Habits, habits } from '../../make/seller-markets.ts';
import { firstExport, makeShop } from '../../make/seller-shop.ts';
import { runImport, serviceThatTakes } from '../run-import.ts';

const indonesia = habits[0] as Habits;
const shop = makeShop();
const files = () =>
  sellerFolder({
    'Semua pesanan-2026-10-15-09_12.csv': csvOf(ordersGrid(shop, indonesia, firstExport)),
    'income_20261026091516(UTC+7).xlsx': workbookOf(incomeSheets(shop, indonesia, 0)),
  });

const run = (args: string[]) => runImport('seller-center', args);
const service = (known: boolean) => serviceThatTakes('tiktok-shop-id', known);

test('a dry run shows kind, market, dates, amounts, rows and what would be sent, and no personal column', async () => {
  const [path = ''] = files();
  const { code, out } = await run([dirname(path), '--dry-run']);
  expect(code).toBe(0);
  expect(out).toMatch(/Creator tiktok-shop-id: market ID, IDR, Asia\/Jakarta/);
  expect(out).toMatch(/orders: \d+ rows, \d+ ids\n {2}dates: day first: \d+ cells show it/);
  expect(out).toMatch(/income, sheet Order details/);
  expect(out).toMatch(/Would send \d+ × order, \d+ × shipment, \d+ × product, \d+ × settlement/);
  for (const each of personal) expect(out).not.toContain(each);
});

test('without --yes and without a terminal nothing is sent', async () => {
  const { url, batches } = await service(false);
  const { code, said } = await run([...files(), '--to', url, '--token', 't']);
  expect([code, batches.length]).toEqual([2, 0]);
  expect(said).toContain('call it again with --yes');
});

test.each([
  [false, 'made'],
  [true, 'left as it is'],
])('a creator that is known (%s) is %s', async (known) => {
  const { url, batches } = await service(known);
  const { code, out } = await run([...files(), '--yes', '--no-wait', '--to', url, '--token', 't']);
  expect([code, out]).toEqual([0, expect.stringContaining('rejected 0')]);
  const creators = batches.flat().filter(({ type }) => type.includes('.creator.'));
  expect(creators).toMatchObject(
    known ? [] : [{ subject: 'creator/tiktok-shop-id', data: { timeZone: 'Asia/Jakarta', currency: 'IDR' } }],
  );
});

test('a file that is refused as a whole stops the others before anything is sent', async () => {
  const { url, batches } = await service(false);
  const wrong = sellerFolder({
    'Semua pesanan-2026-10-16-09_12.csv': csvOf(ordersGrid(shop, indonesia, firstExport).map((cells) => cells.slice(0, 9))),
  });
  const { code, said } = await run([...files(), ...wrong, '--yes', '--to', url, '--token', 't']);
  expect([code, batches.length]).toEqual([1, 0]);
  expect(said).toMatch(/Nothing was sent\.\nSemua pesanan-2026-10-16/);
});

test.each([
  [['--market', 'XX'], '--market XX is not known'],
  [['--zone', 'Jakarta'], '--zone Jakarta is no IANA name'],
  [['--currency', 'RP'], '--currency RP is no ISO 4217 code'],
  [['--creator', 'my shop'], '--creator takes'],
])('%j is a wrong call', async (flags, words) => {
  const { code, said } = await run([...files(), ...flags]);
  expect([code, said]).toEqual([2, expect.stringContaining(words)]);
});
