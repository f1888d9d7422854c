/** Which three files does a seller in the US drop? Orders, returns and a statement of the invented shop. */
import type { Files } from './import-desk.ts';
import { csvOf, workbookOf } from './seller-files.ts';
import { incomeSheets, ordersGrid, returnsGrid } from './seller-grids.ts';
import { type Habits, habits } from './seller-markets.ts';
import { makeShop, secondExport } from './seller-shop.ts';

export const us = habits.find(({ market }) => market === 'US') as Habits;
export const shop = makeShop();

export const orderFile = 'All order-2026-11-14-23_58.csv';
export const threeFiles = (): Files => ({
  [orderFile]: csvOf(ordersGrid(shop, us, secondExport)),
  'Return order-2026-11-14-23_58.csv': csvOf(returnsGrid(shop, us)),
  'income_20261115091516(UTC-8).xlsx': workbookOf(incomeSheets(shop, us, 1)),
});
