/** Is this row of the UCI file a line of an invoice? Reads it, or says why it is left out. */
import { toMinor } from '../shared/money.ts';
import { type ImportReport, tally } from '../shared/sources/files/import-report.ts';
import { instantOf } from '../shared/sources/files/local-time.ts';
import type { Row } from '../shared/sources/files/read-csv.ts';
import { uciCurrency, uciZone } from './uci-invoice.ts';

export interface InvoiceLine {
  invoice: string;
  /** Its invoice number starts with C. */
  isCancellation: boolean;
  at: number;
  productId: string;
  title?: string;
  /** Units, positive; of a cancellation those that came back. */
  quantity: number;
  /** Minor units. */
  unitPrice: number;
  customer: string;
}

/** The instant of a cell such as 2010-12-01T08:26:00 or, as in the original file, 12/1/2010 8:26. */
function readInstant(cell: string): number {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/.exec(cell);
  if (!american) return instantOf(cell, uciZone);
  const [month, day, year, hour, minute] = american.slice(1).map((part) => part.padStart(2, '0'));
  return instantOf(`${year}-${month}-${day} ${hour}:${minute}:00`, uciZone);
}

function whyNot(cells: Row['cells'], at: number, isCancellation: boolean): string | undefined {
  const quantity = Number(cells.Quantity);
  if (!cells.InvoiceNo || !cells.StockCode) return 'line without an invoice number or a stock code';
  if (Number.isNaN(at)) return 'line without a readable InvoiceDate';
  if (!Number.isInteger(quantity) || cells.Quantity === '') return 'line whose quantity is not a whole number';
  if (!isCancellation && quantity <= 0) return 'line of an ordinary invoice with a quantity of zero or less (a stock correction)';
  if (isCancellation && quantity >= 0) return 'line of a cancellation with a quantity of zero or more';
  if (!/^-?\d+(\.\d+)?$/.test(cells.UnitPrice ?? '')) return 'line whose price is not a number';
  if (cells.UnitPrice?.startsWith('-')) return 'line with a negative price (a bad debt)';
  return undefined;
}

/** The line of a row; undefined, and counted in the report, where it is none. */
export function lineOf({ where, cells }: Row, report: ImportReport): InvoiceLine | undefined {
  const { InvoiceNo: invoice = '', StockCode: productId = '', UnitPrice: price = '' } = cells;
  const isCancellation = invoice.startsWith('C');
  const at = readInstant(cells.InvoiceDate ?? '');
  const reason = whyNot(cells, at, isCancellation);
  if (reason) {
    tally(report.skipped, reason, `${where}: ${invoice} ${productId}`);
    return undefined;
  }
  if (/\.\d{2}\d*[1-9]/.test(price))
    tally(report.notes, 'price of more than two decimals, rounded half to even', `${where}: ${price}`);
  const title = cells.Description?.trim() || undefined;
  const quantity = Math.abs(Number(cells.Quantity));
  return {
    invoice,
    isCancellation,
    at,
    productId,
    title,
    quantity,
    unitPrice: toMinor(price, uciCurrency),
    customer: cells.CustomerID?.trim() ?? '',
  };
}
