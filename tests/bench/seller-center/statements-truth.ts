/** What do imported statements, unsettled orders, affiliate sales, ads and analytics come to, in the shape of a truth file? */
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { type Imported, objectBy, ofEntity, type Reading, sum } from './imported.ts';
import { ordersOf } from './orders-truth.ts';

type Data = CloudEvent['data'];
interface Line {
  id: string;
  day: string;
  isOrder: boolean;
  data: Data;
}
interface Fee {
  kind: string;
  name: string;
  amount: number;
}

/** Settled lines only; estimates are apart. */
export const statementLines = (imported: Imported): Line[] =>
  (['settlement', 'adjustment'] as const).flatMap((entity) =>
    ofEntity(imported, entity).flatMap(({ ids, data }) =>
      data.estimated === true ? [] : [{ id: ids[0] ?? '', day: ids.at(-1) ?? '', isOrder: entity === 'settlement', data }],
    ),
  );

const feesOf = ({ data }: Line): Fee[] => (data.fees ?? []) as Fee[];
/** Which of the truth's columns a fee belongs to, by its name here. */
const columns: { [column: string]: (fee: Fee) => boolean } = {
  platform_commission: ({ name }) => ['commission', 'dynamic_commission', 'fee_per_item'].includes(name),
  payment_fee: ({ kind }) => kind === 'payment',
  affiliate_commission: ({ name }) => name.startsWith('affiliate_') && !name.includes('ads'),
  affiliate_ads_commission: ({ name }) => name.startsWith('affiliate_') && name.includes('ads'),
  shipping: ({ kind }) => kind === 'shipping',
  tax: ({ kind }) => kind === 'tax',
  adjustment: ({ kind }) => kind === 'adjustment',
};
const columnOf = (fee: Fee): string => Object.keys(columns).find((column) => columns[column]?.(fee)) ?? 'other';

/** A line that only gives back: its order was paid out before. */
const isRefundAfterPayout = ({ isOrder, data }: Line): boolean =>
  isOrder && Number(data.grossSales ?? 0) === 0 && Number(data.refundedSales ?? 0) < 0;

/** Rows of the file that the lines were added up from. */
const rowsOf = (lines: Line[]): number => sum(lines.map(({ data }) => Number(data.rows ?? 1)));

export function statementTotals(lines: Line[], { amount }: Reading) {
  const adjustments = lines.filter(({ isOrder }) => !isOrder);
  const settlements = lines.filter(({ isOrder }) => isOrder);
  const of = (field: string) => amount(sum(settlements.map(({ data }) => Number(data[field] ?? 0))));
  const fees = settlements.flatMap(feesOf);
  const adjusted = amount(sum(adjustments.map(({ data }) => Number(data.amount))));
  const byColumn = Object.fromEntries(
    [...Object.keys(columns), 'other'].map((column) => [
      column,
      amount(sum(fees.filter((fee) => columnOf(fee) === column).map((fee) => fee.amount))),
    ]),
  );
  return {
    settlement: of('settledAmount') + adjusted,
    revenue: of('revenue'),
    subtotalBeforeDiscounts: of('grossSales'),
    sellerDiscounts: of('sellerDiscounts'),
    refundBeforeDiscounts: of('refundedSales'),
    refundOfSellerDiscounts: of('refundedDiscounts'),
    ...byColumn,
    adjustment: (byColumn.adjustment ?? 0) + adjusted,
    settledOrders: new Set(settlements.map(({ id }) => id)).size,
    adjustmentRows: rowsOf(adjustments),
    refundRowsAfterPayout: rowsOf(lines.filter(isRefundAfterPayout)),
    residual: of('residual'),
  };
}

export const adjustmentsByType = (lines: Line[], { amount }: Reading) =>
  objectBy(
    lines.filter(({ isOrder }) => !isOrder),
    ({ data }) => String(data.reason),
    (group) => ({
      amount: amount(sum(group.map(({ data }) => Number(data.amount)))),
      rows: rowsOf(group),
      hint: String(group[0]?.data.kind),
    }),
  );

export function incomeTruth(all: Imported, files: { name: string; imported: Imported; withdrawals: number }[], reading: Reading) {
  const lines = statementLines(all);
  const known = new Set(ordersOf(all).map(({ id }) => id));
  const perFile = files.map(({ name, imported, withdrawals }) => {
    const [file] = imported.plan.files;
    const own = statementLines(imported);
    const rows = sum((file?.tables ?? []).flatMap(({ table }) => (table.kind.kind === 'income' ? [table.rows] : [])));
    const { from: settledFrom, to: settledTo } = file?.period ?? {};
    return {
      name,
      settledFrom,
      settledTo,
      rows,
      ...statementTotals(own, reading),
      adjustmentsByType: adjustmentsByType(own, reading),
      withdrawals: reading.amount(withdrawals),
    };
  });
  const statementIds = (group: Line[]) => {
    const ids = new Set(group.flatMap(({ data }) => (data.statementId ? [String(data.statementId)] : [])));
    return ids.size ? { statementId: [...ids].join(' ') } : {};
  };
  const positive = lines.filter((line) =>
    feesOf(line).some(({ kind, amount }) => ['platform', 'affiliate', 'payment'].includes(kind) && amount > 0),
  );
  return {
    files: perFile,
    perDay: objectBy(
      lines,
      ({ day }) => day,
      (group) => ({ ...statementTotals(group, reading), ...statementIds(group) }),
    ),
    allFilesOnce: { ...statementTotals(lines, reading), adjustmentsByType: adjustmentsByType(lines, reading) },
    repeatedRows: sum(files.map(({ imported }) => rowsOf(statementLines(imported)))) - rowsOf(lines),
    ordersNotInAnyOrdersFile: [...new Set(lines.filter(({ isOrder, id }) => isOrder && !known.has(id)).map(({ id }) => id))],
    positiveFeeRows: [...new Set(positive.map(({ id }) => id))],
  };
}

const estimates = (all: Imported) => ofEntity(all, 'settlement').filter(({ data }) => data.estimated === true);

export function onHoldTruth(all: Imported, { amount }: Reading) {
  const held = estimates(all);
  return {
    orders: held.length,
    estimate: amount(sum(held.map(({ data }) => Number(data.settledAmount)))),
    perOrder: Object.fromEntries(held.map(({ ids, data }) => [ids[0] ?? '', amount(data.settledAmount)])),
  };
}

/** Content types as truth files name them. */
const contentTypes: { [channel: string]: string } = { live: 'LIVE', video: 'Video', product_card: 'Product card' };
const affiliateSales = (all: Imported) => ofEntity(all, 'affiliate-sale');

export function affiliateTruth(all: Imported, { amount }: Reading) {
  const sales = affiliateSales(all);
  type Sale = (typeof sales)[number];
  const of = (group: Sale[], field: string) => amount(sum(group.map(({ data }) => Number(data[field] ?? 0))));
  const rows = (group: Sale[]) => sum(group.map(({ data }) => Number(data.rows)));
  const orders = (group: Sale[]) => new Set(group.map(({ ids }) => ids[0])).size;
  const short = (group: Sale[]) => ({ rows: rows(group), paymentAmount: of(group, 'paidAmount'), orders: orders(group) });
  return {
    rows: rows(sales),
    orders: orders(sales),
    paymentAmount: of(sales, 'paidAmount'),
    estStandard: of(sales, 'estimatedCommission'),
    estShopAds: of(sales, 'estimatedAdsCommission'),
    actualStandard: of(sales, 'actualCommission'),
    actualShopAds: of(sales, 'actualAdsCommission'),
    byCreator: objectBy(sales, ({ data }) => String(data.creator), short),
    byContentType: objectBy(sales, ({ data }) => contentTypes[String(data.channel)] ?? String(data.channel), short),
  };
}

export function analyticsTruth(all: Imported, { amount }: Reading) {
  const items = ofEntity(all, 'product-period');
  const of = (field: string) => amount(sum(items.map(({ data }) => Number(data[field] ?? 0))));
  const hasParts = items.some(({ data }) => data.affiliateGmv !== undefined);
  const parts = {
    affiliate: of('affiliateGmv'),
    sellerLive: of('liveGmv'),
    sellerVideo: of('videoGmv'),
    sellerProductCard: of('cardGmv'),
  };
  return {
    ...(hasParts ? parts : {}),
    period: items[0]?.ids.slice(2),
    gmv: of('gmv'),
    units: sum(items.map(({ data }) => Number(data.units))),
  };
}

export function adsTruth(all: Imported, { amount }: Reading) {
  const costs = ofEntity(all, 'cost');
  const totals = (group: typeof costs) => ({
    cost: amount(sum(group.map(({ data }) => Number(data.amount)))),
    skuOrders: sum(group.map(({ data }) => Number(data.orders))),
    grossRevenue: amount(sum(group.map(({ data }) => Number(data.attributedSales)))),
  });
  const file = all.plan.files.find(({ tables }) => tables.some(({ table }) => table.kind.kind === 'ads'));
  return {
    period: [costs[0]?.data.from, costs[0]?.data.to],
    ...totals(costs),
    rows: file?.tables[0]?.table.rows,
    byCampaign: objectBy(costs, ({ data }) => String(data.campaign), totals),
  };
}

/** Content that sold an order, where an affiliate file has it. */
export const soldBy = (all: Imported): Map<string, string> =>
  new Map(affiliateSales(all).map(({ ids, data }) => [ids[0] ?? '', contentTypes[String(data.channel)] ?? String(data.channel)]));
export const estimateOf = (all: Imported): Map<string, number> =>
  new Map(estimates(all).map(({ ids, data }) => [ids[0] ?? '', Number(data.settledAmount)]));
