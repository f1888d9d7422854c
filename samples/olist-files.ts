/** What do the files of the Olist data set hold? Rows with numbers and instants, joined by the keys that the events need. */
import { toMinor } from '../shared/money.ts';
import { type ImportReport, tally } from '../shared/sources/files/import-report.ts';
import { instantOf } from '../shared/sources/files/local-time.ts';
import { findCsv, type Row, readCsv, requireCsv } from '../shared/sources/files/read-csv.ts';
import { readableRows } from '../shared/sources/files/readable-rows.ts';

export const olistZone = 'America/Sao_Paulo';
export const olistCurrency = 'BRL';

export interface OlistOrder {
  where: string;
  orderId: string;
  customerId: string;
  status: string;
  purchased: number;
  approved?: number;
  handedOver?: number;
  delivered?: number;
  /** Last second of the day on which delivery was promised. */
  deliverBy?: number;
}

export interface OlistItem {
  where: string;
  orderId: string;
  productId: string;
  sellerId: string;
  shipBy?: number;
  /** Minor units, as is the freight. */
  price: number;
  freight: number;
}

export interface OlistReview {
  where: string;
  reviewId: string;
  orderId: string;
  score: number;
  created: number;
  answered?: number;
}

export interface OlistTables {
  orders: Map<string, OlistOrder>;
  items: OlistItem[];
  reviews: Map<string, OlistReview[]>;
  /** Category by product: the English translation, or the Portuguese name where there is none. */
  categories: Map<string, string>;
  customers: Map<string, { buyerKey: string; state: string }>;
  sellers: Map<string, { city: string; state: string }>;
}

/** The data set's own file names are understood beside the short ones. */
const namesOf = (table: string): string[] => [table, `olist_${table}_dataset`];

const read = (cell: string | undefined): number | undefined => {
  const at = cell ? instantOf(cell, olistZone) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

const isAmount = (cell: string): boolean => /^\d+(\.\d+)?$/.test(cell);

const endOfDay = (cell: string | undefined): number | undefined => read(cell && `${cell.slice(0, 10)} 23:59:59`);

async function* rowsOf(folder: string, table: string, columns: string[], report: ImportReport): AsyncGenerator<Row> {
  for await (const row of readableRows(readCsv(requireCsv(folder, namesOf(table)), { columns }), report)) {
    report.rows++;
    yield row;
  }
}

async function readOrders(folder: string, report: ImportReport): Promise<OlistTables['orders']> {
  const orders: OlistTables['orders'] = new Map();
  const columns = ['order_id', 'customer_id', 'order_status', 'order_purchase_timestamp', 'order_approved_at'];
  const later = ['order_delivered_carrier_date', 'order_delivered_customer_date', 'order_estimated_delivery_date'];
  for await (const { where, cells } of rowsOf(folder, 'orders', [...columns, ...later], report)) {
    const purchased = read(cells.order_purchase_timestamp);
    if (!cells.order_id || purchased === undefined) {
      tally(report.skipped, 'order without id or purchase time', where);
      continue;
    }
    orders.set(cells.order_id, {
      where,
      orderId: cells.order_id,
      customerId: cells.customer_id ?? '',
      status: cells.order_status ?? '',
      purchased,
      approved: read(cells.order_approved_at),
      handedOver: read(cells.order_delivered_carrier_date),
      delivered: read(cells.order_delivered_customer_date),
      deliverBy: endOfDay(cells.order_estimated_delivery_date),
    });
  }
  return orders;
}

async function readItems(folder: string, report: ImportReport): Promise<OlistItem[]> {
  const items: OlistItem[] = [];
  const columns = ['order_id', 'product_id', 'seller_id', 'shipping_limit_date', 'price', 'freight_value'];
  for await (const { where, cells } of rowsOf(folder, 'order_items', columns, report)) {
    const { order_id: orderId = '', product_id: productId = '', seller_id: sellerId = '' } = cells;
    const { price = '', freight_value: freight = '' } = cells;
    if (!orderId || !productId || !sellerId || !isAmount(price) || !isAmount(freight)) {
      tally(report.skipped, 'item without order, product, seller, price or freight', where);
      continue;
    }
    const shipBy = read(cells.shipping_limit_date);
    items.push({
      where,
      orderId,
      productId,
      sellerId,
      shipBy,
      price: toMinor(price, olistCurrency),
      freight: toMinor(freight, olistCurrency),
    });
  }
  return items;
}

async function readReviews(folder: string, report: ImportReport): Promise<OlistTables['reviews']> {
  const reviews: OlistTables['reviews'] = new Map();
  const columns = ['review_id', 'order_id', 'review_score', 'review_creation_date', 'review_answer_timestamp'];
  for await (const { where, cells } of rowsOf(folder, 'order_reviews', columns, report)) {
    const created = read(cells.review_creation_date);
    const { review_id: reviewId = '', order_id: orderId = '', review_score: score = '' } = cells;
    if (!reviewId || !orderId || created === undefined || !/^[1-5]$/.test(score)) {
      tally(report.skipped, 'review without order, creation date or a score of 1 to 5', where);
      continue;
    }
    const review = { where, reviewId, orderId, score: Number(score), created, answered: read(cells.review_answer_timestamp) };
    reviews.set(orderId, [...(reviews.get(orderId) ?? []), review]);
  }
  return reviews;
}

async function readCategories(folder: string, report: ImportReport): Promise<OlistTables['categories']> {
  const english = new Map<string, string>();
  const translation = findCsv(folder, ['product_category_name_translation']);
  const names = ['product_category_name', 'product_category_name_english'];
  if (translation)
    for await (const { cells } of readCsv(translation, { columns: names }))
      english.set(cells[names[0] ?? ''] ?? '', cells[names[1] ?? ''] ?? '');
  const categories: OlistTables['categories'] = new Map();
  for await (const { cells } of rowsOf(folder, 'products', ['product_id', 'product_category_name'], report)) {
    const name = cells.product_category_name;
    if (cells.product_id && name) categories.set(cells.product_id, english.get(name) || name);
  }
  return categories;
}

/** Reads the tables that events are made of; payments are not needed. Throws where a file or a column is missing. */
export async function readOlist(folder: string, report: ImportReport): Promise<OlistTables> {
  const customers: OlistTables['customers'] = new Map();
  for await (const { cells } of rowsOf(folder, 'customers', ['customer_id', 'customer_unique_id', 'customer_state'], report))
    customers.set(cells.customer_id ?? '', { buyerKey: cells.customer_unique_id ?? '', state: cells.customer_state ?? '' });
  const sellers: OlistTables['sellers'] = new Map();
  for await (const { cells } of rowsOf(folder, 'sellers', ['seller_id', 'seller_city', 'seller_state'], report))
    sellers.set(cells.seller_id ?? '', { city: cells.seller_city ?? '', state: cells.seller_state ?? '' });
  return {
    orders: await readOrders(folder, report),
    items: await readItems(folder, report),
    reviews: await readReviews(folder, report),
    categories: await readCategories(folder, report),
    customers,
    sellers,
  };
}
