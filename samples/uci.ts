/** What events lie in the UCI Online Retail data set? One British shop; an invoice is an order, a C-invoice a refund. */
import { stat } from 'node:fs/promises';
import type { CloudEvent } from '../shared/events/parse.ts';
import { type ImportOptions, type ImportReport, tally } from '../shared/sources/files/import-report.ts';
import { findCsv, isFolder, type Row, readCsv } from '../shared/sources/files/read-csv.ts';
import { readableRows } from '../shared/sources/files/readable-rows.ts';
import { snapshot } from '../shared/sources/files/snapshot.ts';
import { orderOfInvoice, refundOfInvoice, uciCreator, uciCurrency, uciSource, uciZone } from './uci-invoice.ts';
import { type InvoiceLine, lineOf } from './uci-line.ts';

interface Invoice {
  no: string;
  lines: InvoiceLine[];
}

// The file is sorted by time, so lines of one invoice stand together, save for invoices written in the same minutes.
const openInvoices = 50;

/** Lines grouped by invoice in the order of their first line, with only the latest few held in memory. */
async function* invoicesOf(rows: AsyncIterable<Row>, report: ImportReport): AsyncGenerator<Invoice> {
  const open = new Map<string, Invoice>();
  const ended = new Set<string>();
  for await (const row of rows) {
    report.rows++;
    const line = lineOf(row, report);
    if (!line) continue;
    if (ended.has(line.invoice)) {
      tally(
        report.skipped,
        'line far away from the rest of its invoice: sort the file by InvoiceNo',
        `${row.where}: ${line.invoice}`,
      );
      continue;
    }
    const invoice = open.get(line.invoice) ?? { no: line.invoice, lines: [] };
    invoice.lines.push(line);
    open.set(line.invoice, invoice);
    const [oldest] = open.size > openInvoices ? open.values() : [];
    if (!oldest) continue;
    open.delete(oldest.no);
    ended.add(oldest.no);
    yield oldest;
  }
  yield* open.values();
}

const mostLines = 500;

/** An invoice longer than an event may be goes on as `<invoice>-2`, `<invoice>-3`, … */
function* inParts(invoice: Invoice, report: ImportReport): Generator<Invoice> {
  for (let part = 0; part * mostLines < invoice.lines.length; part++)
    yield {
      no: part === 0 ? invoice.no : `${invoice.no}-${part + 1}`,
      lines: invoice.lines.slice(part * mostLines, (part + 1) * mostLines),
    };
  if (invoice.lines.length > mostLines)
    tally(report.notes, `invoice of more than ${mostLines} lines, split`, `${invoice.no}: ${invoice.lines.length} lines`);
}

// A day before the file's first invoice.
const founded = Date.UTC(2010, 10, 30);

/** Events of the data set's file, or of the folder that holds it: the shop first, then invoices in the order of the file. */
export async function* uciEvents(path: string, { report }: ImportOptions): AsyncGenerator<CloudEvent> {
  const names = ['online_retail', 'OnlineRetail', 'online_retail_2010-12_2011-06_with_invoice'];
  const file = (await isFolder(path)) ? findCsv(path, names) : path;
  if (!file)
    throw new Error(
      `${path} holds none of ${names.map((name) => `${name}.csv`).join(', ')} (.gz may follow): give the file itself`,
    );
  report.of = (await stat(file)).size;
  const data = { name: 'UCI Online Retail', timeZone: uciZone, currency: uciCurrency, category: 'gifts', country: 'GB' };
  yield snapshot({
    source: uciSource,
    entity: 'creator',
    creatorId: uciCreator,
    subject: `creator/${uciCreator}`,
    at: founded,
    data,
  });
  const columns = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'];
  const rows = readCsv(file, { columns, onBytes: (bytes) => Object.assign(report, { done: bytes }) });
  for await (const whole of invoicesOf(readableRows(rows, report), report))
    for (const { no, lines } of inParts(whole, report))
      yield lines[0]?.isCancellation ? refundOfInvoice(no, lines) : orderOfInvoice(no, lines);
}
