/** How does an invoice of the UCI file read as an event? As an order paid at once, or as a refund of goods. */
import { createHash } from 'node:crypto';
import type { CloudEvent } from '../shared/events/parse.ts';
import { instant, snapshot } from '../shared/sources/files/snapshot.ts';
import type { InvoiceLine } from './uci-line.ts';

export const uciSource = '/import/uci-online-retail';
export const uciCreator = 'uci-online-retail';
export const uciZone = 'Europe/London';
export const uciCurrency = 'GBP';

/** Customer numbers are small and could be guessed from events elsewhere, so they too travel as a hash. */
const buyerKeyOf = (customer: string): string | undefined =>
  customer === '' ? undefined : createHash('sha256').update(`${uciCreator}:${customer}`).digest('base64url').slice(0, 22);

/** When an invoice was written: a few stretch over a minute; sales count at the first line, versions at the last. */
const timesOf = (lines: InvoiceLine[]): { first: number; last: number } => ({
  first: lines.reduce((first, line) => Math.min(first, line.at), Number.POSITIVE_INFINITY),
  last: lines.reduce((last, line) => Math.max(last, line.at), 0),
});

/** An ordinary invoice. The file knows no payment times: paid when placed. */
export function orderOfInvoice(no: string, lines: InvoiceLine[]): CloudEvent {
  const { first, last } = timesOf(lines);
  const data = {
    status: 'paid',
    placedAt: instant(first),
    paidAt: instant(first),
    currency: uciCurrency,
    buyerKey: buyerKeyOf(lines[0]?.customer ?? ''),
    lines: lines.map(({ productId, title, quantity, unitPrice }) => ({ productId, sku: productId, title, quantity, unitPrice })),
  };
  return snapshot({ source: uciSource, entity: 'order', creatorId: uciCreator, subject: `order/${no}`, at: last, data });
}

/** A cancellation. The file does not say of which invoice, so it stands under an order number of its own. */
export function refundOfInvoice(no: string, lines: InvoiceLine[]): CloudEvent {
  const { first, last } = timesOf(lines);
  const returned = lines.map(({ productId, quantity, unitPrice }) => ({
    productId,
    sku: productId,
    quantity,
    goodsAmount: quantity * unitPrice,
    restockedQuantity: quantity,
  }));
  const data = {
    status: 'completed',
    requestedAt: instant(first),
    completedAt: instant(first),
    currency: uciCurrency,
    goodsAmount: returned.reduce((sum, line) => sum + line.goodsAmount, 0),
    lines: returned,
  };
  return snapshot({
    source: uciSource,
    entity: 'refund',
    creatorId: uciCreator,
    subject: `order/${no}/refund/${no}`,
    at: last,
    data,
  });
}
