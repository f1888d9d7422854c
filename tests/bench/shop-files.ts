/** What do the CSV files of a shop with so many events look like? As `npm run import -- csv` of any version reads them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const day = 86_400_000;
const products = 40;

const at = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const write = (folder: string, name: string, rows: (string | number)[][]): void =>
  writeFileSync(join(folder, `${name}.csv`), rows.map((row) => `${row.join(',')}\n`).join(''));

/** Writes a year of one shop up to `now` (ms): a creator, its products, and orders with a shipment each and a review of every second. */
export function writeShop(folder: string, events: number, now: number): void {
  mkdirSync(folder, { recursive: true });
  const orders = Math.floor((events - 1 - products) / 2.5);
  const placed = (n: number): number => now - 360 * day + Math.floor((n * 340 * day) / orders);
  const price = (product: number): string => (9.5 + product).toFixed(2);
  const numbers = Array.from({ length: orders }, (_, n) => n);
  write(folder, 'creators', [
    ['creator_id', 'name', 'time_zone', 'currency', 'country', 'category'],
    ['bench-shop', 'Bench', 'Asia/Jakarta', 'USD', 'ID', 'home'],
  ]);
  write(folder, 'products', [
    ['creator_id', 'product_id', 'title', 'category', 'status', 'list_price'],
    ...numbers.slice(0, products).map((n) => ['bench-shop', `p-${n}`, `Product ${n}`, `category-${n % 6}`, 'active', price(n)]),
  ]);
  // biome-ignore format: a file reads as a table
  write(folder, 'orders', [
    ['creator_id', 'order_id', 'placed_at', 'paid_at', 'ship_by', 'deliver_by', 'channel', 'shipping_charged', 'product_id', 'title', 'category', 'quantity', 'unit_price', 'seller_discount'],
    ...numbers.map((n) => ['bench-shop', `O-${n}`, at(placed(n)), at(placed(n) + 180_000), at(placed(n) + 2 * day), at(placed(n) + 7 * day), ['live', 'video', 'product_card', 'shop'][n % 4] ?? 'shop', '4.90',
      `p-${n % products}`, `Product ${n % products}`, `category-${n % 6}`, 1 + (n % 3), price(n % products), '']),
  ]);
  write(folder, 'shipments', [
    ['creator_id', 'order_id', 'shipment_id', 'carrier', 'handed_over_at', 'delivered_at', 'region'],
    ...numbers.map((n) => ['bench-shop', `O-${n}`, 1, 'UPS', at(placed(n) + day), at(placed(n) + 4 * day), 'US-CA']),
  ]);
  write(folder, 'reviews', [
    ['creator_id', 'order_id', 'review_id', 'product_id', 'rating', 'submitted_at'],
    ...numbers
      .filter((n) => n % 2 === 0)
      .map((n) => ['bench-shop', `O-${n}`, `R-${n}`, `p-${n % products}`, 1 + (n % 5), at(placed(n) + 6 * day)]),
  ]);
}
