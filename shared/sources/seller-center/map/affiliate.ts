/** How do rows of affiliate orders become sales of creators? A row is one SKU of an order and the content that sold it. */
import { encodeId } from '../../../events/subject.ts';
import { instant } from '../../files/snapshot.ts';
import { eachRow, type TableRow } from '../read/table-rows.ts';
import { affiliateColumns } from '../rules/titles.ts';
import { channels, wordOf } from '../rules/words.ts';
import type { GatherOptions } from './orders.ts';
import { cellsOf, emptyCell, eventOf, type Mapped, type Problem } from './shop.ts';

const added = [
  'paidAmount',
  'estimatedCommission',
  'estimatedAdsCommission',
  'actualCommission',
  'actualAdsCommission',
  'quantity',
] as const;

interface Sale {
  where: string;
  subject: string;
  soldAt: number;
  paid: number | undefined;
  about: { [field: string]: string | undefined };
  sums: { [field in (typeof added)[number]]?: number };
  rows: number;
  problems: Problem[];
}

/** Rows of one SKU, creator and content are one sale, since equal rows are both real. */
export async function affiliateEvents(
  rows: AsyncIterable<TableRow[]>,
  { shop, order, exportedAt }: GatherOptions,
): Promise<Mapped[]> {
  const sales = new Map<string, Sale>();
  const problems: Problem[] = [];
  for await (const row of eachRow(rows)) {
    const cells = cellsOf(row, affiliateColumns, shop, order);
    const [orderId, skuId, creator] = [cells.id('orderId'), cells.id('skuId'), cells.text('creator')];
    const [soldAt, paidAmount] = [cells.at('created'), cells.money('paymentAmount')];
    const currency = cells.text('currency');
    if (currency !== undefined && currency !== shop.currency)
      cells.problems.push({ where: row.where, column: 'Currency', message: `${currency} is not the shop's ${shop.currency}` });
    if (
      orderId === undefined ||
      skuId === undefined ||
      creator === undefined ||
      soldAt === undefined ||
      paidAmount === undefined
    ) {
      const empty = Object.entries({ orderId, skuId, creator, created: soldAt, paymentAmount: paidAmount }).find(
        ([, value]) => value === undefined,
      );
      problems.push(
        ...(cells.problems.length ? cells.problems : [emptyCell(row.where, affiliateColumns, empty?.[0] ?? 'orderId')]),
      );
      continue;
    }
    const content = cells.text('contentType', 40) ?? '';
    const contentId = cells.id('contentId');
    const saleId = [skuId, contentId ?? 'none', creator].map(encodeId).join('~');
    const subject = `order/${encodeId(orderId)}/affiliate-sale/${saleId}`;
    const sale: Sale = sales.get(subject) ?? {
      where: row.where,
      subject,
      soldAt,
      paid: cells.at('paid'),
      about: {
        productId: cells.id('productId'),
        sku: skuId,
        creator,
        channel: wordOf(channels, content) ?? (content || undefined),
        contentType: content || undefined,
        contentId,
      },
      sums: {},
      rows: 0,
      problems: [],
    };
    sales.set(subject, sale);
    sale.rows++;
    const read = {
      paidAmount,
      estimatedCommission: cells.money('estimated'),
      estimatedAdsCommission: cells.money('estimatedAds'),
      actualCommission: cells.money('actual'),
      actualAdsCommission: cells.money('actualAds'),
      quantity: cells.count('quantity'),
    };
    for (const field of added) {
      const amount = read[field];
      if (amount !== undefined) sale.sums[field] = (sale.sums[field] ?? 0) + amount;
    }
    sale.problems.push(...cells.problems);
  }
  const made = [...sales.values()].map((sale): Mapped => {
    if (sale.problems.length) return { problems: sale.problems };
    const data = { ...sale.about, soldAt: instant(sale.soldAt), currency: shop.currency, ...sale.sums, rows: sale.rows };
    return {
      where: sale.where,
      event: eventOf(shop, {
        entity: 'affiliate-sale',
        subject: sale.subject,
        version: exportedAt,
        times: [sale.soldAt, sale.paid],
        data,
      }),
    };
  });
  return problems.length ? [...made, ...problems.map((problem) => ({ problems: [problem] }))] : made;
}
