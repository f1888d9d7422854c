/** How do files over a period become events? Analytics of products, and what GMV Max ads cost by campaign; neither says a day. */
import { encodeId } from '../../../events/subject.ts';
import { addDays } from '../../../time.ts';
import { instantOf } from '../../files/local-time.ts';
import { eachRow, type TableRow } from '../read/table-rows.ts';
import { adsColumns, analyticsColumns } from '../rules/titles.ts';
import { cellsOf, emptyCell, eventOf, type Mapped, type Problem, type Shop } from './shop.ts';

export interface PeriodOptions {
  shop: Shop;
  /** First and last day. */
  from: string;
  to: string;
  exportedAt: number;
}

/** The end of the last day (ms), or the export where that is earlier: when what is said of the period was known. */
const endOf = ({ shop, to, exportedAt }: PeriodOptions): number =>
  Math.min(exportedAt, instantOf(`${addDays(to, 1)} 00:00:00`, shop.zone));

const parts = {
  orders: 'orders',
  impressions: 'impressions',
  clicks: 'clicks',
} as const;

/** One event a row: a product or, where the file goes down to them, a SKU. */
export async function analyticsEvents(rows: AsyncIterable<TableRow[]>, options: PeriodOptions): Promise<Mapped[]> {
  const { shop, from, to, exportedAt: version } = options;
  const made: Mapped[] = [];
  for await (const row of eachRow(rows)) {
    const cells = cellsOf(row, analyticsColumns, shop, 'day');
    const [skuId, productId, gmv] = [cells.id('skuId'), cells.id('productId'), cells.money('gmv')];
    const counts = Object.fromEntries(Object.entries(parts).map(([field, key]) => [field, cells.count(key)]));
    const data = {
      productId,
      title: cells.text('title', 500),
      currency: shop.currency,
      gmv,
      units: cells.count('units'),
      ...counts,
      affiliateGmv: cells.money('affiliateGmv'),
      liveGmv: cells.money('sellerLiveGmv'),
      videoGmv: cells.money('sellerVideoGmv'),
      cardGmv: cells.money('sellerCardGmv'),
    };
    const item = skuId ?? productId;
    if (item === undefined || gmv === undefined)
      cells.problems.push(emptyCell(row.where, analyticsColumns, item === undefined ? 'productId' : 'gmv'));
    if (cells.problems.length || item === undefined) {
      made.push({ problems: cells.problems });
      continue;
    }
    const subject = `product-period/${skuId ? 'sku' : 'product'}/${encodeId(item)}/${from}/${to}`;
    made.push({
      where: row.where,
      event: eventOf(shop, { entity: 'product-period', subject, version, times: [endOf(options)], data }),
    });
  }
  return made;
}

interface Campaign {
  where: string;
  name: string;
  cost: number;
  orders: number;
  revenue: number;
  problems: Problem[];
}

/** One cost a campaign and period: its rows are creatives and products. */
export async function adsEvents(rows: AsyncIterable<TableRow[]>, options: PeriodOptions): Promise<Mapped[]> {
  const { shop, from, to, exportedAt: version } = options;
  const campaigns = new Map<string, Campaign>();
  const made: Mapped[] = [];
  for await (const row of eachRow(rows)) {
    const cells = cellsOf(row, adsColumns, shop, 'day');
    const id = cells.id('campaignId');
    const currency = cells.text('currency');
    if (currency !== undefined && currency !== shop.currency)
      cells.problems.push({ where: row.where, column: 'Currency', message: `${currency} is not the shop's ${shop.currency}` });
    if (id === undefined) {
      made.push({ problems: cells.problems.length ? cells.problems : [emptyCell(row.where, adsColumns, 'campaignId')] });
      continue;
    }
    const campaign = campaigns.get(id) ?? {
      where: row.where,
      name: cells.text('campaign') ?? id,
      cost: 0,
      orders: 0,
      revenue: 0,
      problems: [],
    };
    campaigns.set(id, campaign);
    campaign.cost += cells.money('cost') ?? 0;
    campaign.orders += cells.count('orders') ?? 0;
    campaign.revenue += cells.money('revenue') ?? 0;
    campaign.problems.push(...cells.problems);
  }
  for (const [id, { where, name, cost, orders, revenue, problems }] of campaigns) {
    const data = {
      kind: 'ads',
      amount: cost,
      currency: shop.currency,
      campaign: name,
      from,
      to,
      orders,
      attributedSales: revenue,
    };
    const subject = `cost/gmv-max-${encodeId(id)}-${from}-${to}`;
    made.push(
      problems.length
        ? { problems }
        : { where, event: eventOf(shop, { entity: 'cost', subject, version, times: [endOf(options)], data }) },
    );
  }
  return made;
}
