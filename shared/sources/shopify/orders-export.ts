/** What orders lie in an export of Shopify? A CSV file with a row for each line of an order; what is the order's stands in its first row only. */
import type { CloudEvent } from '../../events/parse.ts';
import { toMinor } from '../../money.ts';
import { buyerKeyOf } from '../buyer-key.ts';
import type { Encoding } from '../files/decode-text.ts';
import { type ImportReport, tally } from '../files/import-report.ts';
import { type Row, readCsv } from '../files/read-csv.ts';
import { instant, snapshot } from '../files/snapshot.ts';
import { sum } from '../record.ts';
import { buyerIdOf, financialStatuses, orderSubject } from './order.ts';
import { type ShopifyShop, shopifyId } from './shop.ts';

const required = ['Name', 'Financial Status', 'Currency', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price'];
/** Names, addresses and phone numbers are not among them: they are not read. */
const optional = [
  'Id',
  'Email',
  'Paid at',
  'Cancelled at',
  'Fulfillment Status',
  'Shipping',
  'Taxes',
  'Lineitem sku',
  'Lineitem discount',
  'Discount Amount',
  'Refunded Amount',
];

export interface ExportOptions {
  /** Without a secret buyers are left out: only the service may hash them. */
  shop: Omit<ShopifyShop, 'buyerSecret'> & { buyerSecret?: string };
  report: ImportReport;
  /** When the file was exported (ms): how new its rows are. */
  exportedAt: number;
  encoding?: Encoding | undefined;
}

/** An instant (ms) of `2026-10-06 07:00:00 -0400`; undefined where it is empty. Throws RangeError for other text. */
export function exportTime(text: string): number | undefined {
  if (text === '') return undefined;
  const [, day, time, sign, hours, minutes] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
  const at = day ? Date.parse(`${day}T${time}${sign}${hours}:${minutes}`) : Number.NaN;
  if (Number.isNaN(at)) throw new RangeError(`${text} is no time such as 2026-10-06 07:00:00 -0400`);
  return at;
}

const cellOf = (row: Row | undefined, column: string): string => row?.cells[column]?.trim() ?? '';

function amountIn(row: Row | undefined, column: string, currency: string): number {
  const text = cellOf(row, column);
  return text === '' ? 0 : toMinor(text, currency);
}

/** Shares an amount of the order among its lines by their worth; what rounding leaves goes to the first. */
function share(amount: number, worths: number[]): number[] {
  const whole = sum(worths);
  const shares = worths.map((worth) => (whole === 0 ? 0 : Number((BigInt(amount) * BigInt(worth)) / BigInt(whole))));
  return shares.map((each, i) => (i === 0 ? each + amount - sum(shares) : each));
}

function linesOf(rows: Row[], currency: string) {
  const [first] = rows;
  const lines = rows.map((row) => {
    const sku = cellOf(row, 'Lineitem sku');
    const title = cellOf(row, 'Lineitem name');
    if (!/^[1-9]\d*$/.test(cellOf(row, 'Lineitem quantity')))
      throw new RangeError(`${row.where}: Lineitem quantity is no whole number above zero`);
    return {
      // The export has no ids of products: the SKU tells them apart, or else the name.
      productId: shopifyId(sku ? `sku-${sku}` : `name-${title}`).slice(0, 200),
      sellerSku: sku || undefined,
      title: title.slice(0, 500) || undefined,
      quantity: Number(cellOf(row, 'Lineitem quantity')),
      unitPrice: amountIn(row, 'Lineitem price', currency),
      sellerDiscount: amountIn(row, 'Lineitem discount', currency),
    };
  });
  const worths = lines.map(({ unitPrice, quantity }) => unitPrice * quantity);
  // The order's discount holds those of its lines (inferred): what is beyond them is shared.
  const beyond = Math.max(
    0,
    amountIn(first, 'Discount Amount', currency) - sum(lines.map(({ sellerDiscount }) => sellerDiscount)),
  );
  const [discounts, taxes] = [share(beyond, worths), share(amountIn(first, 'Taxes', currency), worths)];
  return lines.map((line, i) => ({ ...line, sellerDiscount: line.sellerDiscount + (discounts[i] ?? 0), tax: taxes[i] ?? 0 }));
}

/** The order of these rows. Throws RangeError where it cannot be read. */
function orderOf(rows: Row[], { shop, report, exportedAt }: ExportOptions): CloudEvent {
  const [first] = rows;
  const cell = (column: string) => cellOf(first, column);
  const id = cell('Id');
  if (id === '') throw new RangeError('Id is empty: export the orders anew, with all columns');
  const currency = cell('Currency');
  const placedAt = exportTime(cell('Created at'));
  if (placedAt === undefined) throw new RangeError('Created at is empty');
  const paidAt = exportTime(cell('Paid at'));
  const cancelledAt = exportTime(cell('Cancelled at'));
  const financial = financialStatuses.get(cell('Financial Status').toLowerCase());
  if (!financial) tally(report.notes, 'financial status that is not known', `${first?.where}: ${cell('Financial Status')}`);
  // The day of a refund is not in the export, and refunds count by their day: they come by webhook.
  if (amountIn(first, 'Refunded Amount', currency) > 0) tally(report.skipped, 'refund without its day', `${first?.where}`);
  const fulfilled = cell('Fulfillment Status').toLowerCase() === 'fulfilled';
  const buyerId = buyerIdOf({ email: cell('Email') });
  const written = (at: number | undefined) => (at === undefined ? undefined : instant(at));
  const data = {
    status: cancelledAt ? 'cancelled' : fulfilled ? 'shipped' : (financial ?? 'placed'),
    placedAt: instant(placedAt),
    paidAt: written(paidAt),
    cancelledAt: written(cancelledAt),
    currency,
    buyerKey: buyerId && shop.buyerSecret && buyerKeyOf(shop.buyerSecret, shop.creatorId, buyerId),
    lines: linesOf(rows, currency),
    shippingCharged: amountIn(first, 'Shipping', currency),
  };
  const at = Math.max(...[placedAt, paidAt, cancelledAt].filter((each) => each !== undefined));
  const source = `/shopify/${shop.domain}`;
  return snapshot({
    source,
    entity: 'order',
    creatorId: shop.creatorId,
    subject: orderSubject(id),
    at,
    version: exportedAt,
    data,
  });
}

/** Rows of one order stand together: those that follow the first repeat its name and leave the rest empty. */
async function* groupsOf(rows: AsyncIterable<Row>, report: ImportReport): AsyncGenerator<Row[]> {
  let open: Row[] = [];
  let torn: string | undefined;
  for await (const row of rows) {
    report.rows++;
    if (torn !== undefined && cellOf(row, 'Name') === torn) continue;
    if (row.problem) {
      tally(report.wrong, `orders: ${row.problem.column || 'row'}`, `${row.where}: ${row.problem.message}`);
      // Without this row its order would be less than it was. If it is the first of the next one, that has no time and is refused.
      if (row.problem.cells.some((cell) => cell.trim() === cellOf(open[0], 'Name'))) {
        tally(report.wrong, 'orders: row', `${open[0]?.where}: a row of this order cannot be read`);
        torn = cellOf(open[0], 'Name');
        open = [];
      }
      continue;
    }
    if (open.length && cellOf(row, 'Name') !== cellOf(open[0], 'Name')) {
      yield open;
      open = [];
    }
    open.push(row);
  }
  if (open.length) yield open;
}

/**
 * The orders of an export, in its order. Under the same subjects as those of webhooks: the later knowledge wins, the time of the export
 * against the time of change. An order that cannot be read is counted under `report.wrong` and left out.
 */
export async function* shopifyExportEvents(path: string, options: ExportOptions): AsyncGenerator<CloudEvent> {
  const { report } = options;
  for await (const rows of groupsOf(readCsv(path, { columns: required, optional, encoding: options.encoding }), report)) {
    try {
      yield orderOf(rows, options);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tally(report.wrong, 'orders: row', `${rows[0]?.where}: ${error.message}`);
    }
  }
}
