/** How do the rows of a statement become settlements and adjustments? The amount settled is the truth; what explains it is kept beside it with its sign. */
import { encodeId } from '../../../events/subject.ts';
import { kindOfAdjustment } from '../../adjustment-kinds.ts';
import { instantOf } from '../../files/local-time.ts';
import { instant } from '../../files/snapshot.ts';
import type { TableSurvey } from '../read/survey.ts';
import { eachRow, type TableRow } from '../read/table-rows.ts';
import { feeOf } from '../rules/fees.ts';
import type { DateOrder } from '../rules/markets.ts';
import { adjustmentTypes, orderTypes, wordOf } from '../rules/words.ts';
import { type CellReader, cellsOf, emptyCell, eventOf, type Mapped, type Problem, type Shop } from './shop.ts';

/** Amounts of a statement's row that are kept, by their field; minor units, what is taken is negative. */
const amounts = {
  settledAmount: 'settlement',
  revenue: 'revenue',
  grossSales: 'subtotal',
  sellerDiscounts: 'sellerDiscounts',
  refundedSales: 'refundBefore',
  refundedDiscounts: 'refundOfDiscounts',
  customerPayment: 'customerPayment',
  customerRefund: 'customerRefund',
} as const;
type AmountField = keyof typeof amounts;

/** Rows of one payout of an order, or of one adjustment, added up. */
export interface Payout {
  id: string;
  where: string;
  /** The file's word for what it is, by its English name. */
  type: string;
  isOrder: boolean;
  /** The day it was settled on; undefined of an estimate. */
  settledDay: string | undefined;
  relatedOrderId: string | undefined;
  statementId: string | undefined;
  rows: number;
  amounts: { [field in AmountField]?: number };
  /** By name. */
  fees: Map<string, { kind: string; name: string; amount: number }>;
  residual: number;
  problems: Problem[];
}

export interface StatementOptions {
  shop: Shop;
  order: DateOrder;
  table: TableSurvey;
  isEstimate: boolean;
}

const add = (sum: number | undefined, amount: number | undefined): number | undefined =>
  amount === undefined ? sum : (sum ?? 0) + amount;

function addFee(payout: Payout, kind: string, name: string, amount: number): void {
  const known = payout.fees.get(name);
  if (known) known.amount += amount;
  else if (amount !== 0) payout.fees.set(name, { kind, name, amount });
}

/** Fees by name. A total and its parts both stand in the file: parts of shipping count only without their whole, and what no column explains is `other`. */
function addFees(payout: Payout, cells: CellReader, table: TableSurvey): void {
  const hasWhole = table.fees.some(({ use }) => use === 'shipping-total');
  let explained = 0;
  for (const [i, { title, use }] of table.fees.entries()) {
    if (use === 'shipping-part' && (hasWhole || table.columns.shippingApart !== undefined)) continue;
    const amount = cells.fee(i, title) ?? 0;
    explained += amount;
    const fee = feeOf(title);
    addFee(payout, fee?.kind ?? 'shipping', fee?.name ?? 'shipping', amount);
  }
  const total = cells.money('fees') ?? explained;
  addFee(payout, 'other', 'other', total - explained);
  const [apart, adjustment] = [cells.money('shippingApart') ?? 0, cells.money('adjustment') ?? 0];
  addFee(payout, 'shipping', 'shipping', apart);
  addFee(payout, 'adjustment', 'adjustment', adjustment);
  const settled = cells.money('settlement') ?? 0;
  payout.residual += settled - (cells.money('revenue') ?? 0) - total - apart - adjustment;
}

/** Only orders have sales: the word for an order in a language that is not listed makes no adjustment of one. */
const hasSales = (cells: CellReader): boolean =>
  ['subtotal', 'revenue', 'customerPayment'].some((key) => (cells.money(key) ?? 0) !== 0);

function begin(row: TableRow, id: string, cells: CellReader, settledDay: string | undefined): Payout {
  const word = cells.text('type') ?? '';
  return {
    id,
    where: row.where,
    type: wordOf(adjustmentTypes, word) ?? word,
    isOrder: wordOf(orderTypes, word) !== undefined || hasSales(cells),
    settledDay,
    relatedOrderId: cells.id('relatedOrderId'),
    statementId: cells.id('statementId'),
    rows: 0,
    amounts: {},
    fees: new Map(),
    residual: 0,
    problems: [],
  };
}

/** All payouts of a statement. Rows of one id and one settled day are one payout; the same id on another day is another one. */
export async function gatherPayouts(
  rows: AsyncIterable<TableRow[]>,
  { shop, order, table, isEstimate }: StatementOptions,
): Promise<{ payouts: Payout[]; problems: Problem[] }> {
  const payouts = new Map<string, Payout>();
  const problems: Problem[] = [];
  const { columns } = table.kind;
  for await (const row of eachRow(rows)) {
    const cells = cellsOf(row, columns, shop, order);
    const [id, day] = [cells.id('id'), isEstimate ? undefined : cells.day('settled')];
    const currency = cells.text('currency');
    if (currency !== undefined && currency !== shop.currency)
      cells.problems.push({
        where: row.where,
        column: 'Currency',
        message: `${currency} is not the shop's ${shop.currency}; amounts of two currencies are never added`,
      });
    if (id === undefined || (!isEstimate && day === undefined)) {
      const key = id === undefined ? 'id' : 'settled';
      problems.push(...(cells.problems.length ? cells.problems : [emptyCell(row.where, columns, key)]));
      continue;
    }
    const place = `${id} ${day ?? ''}`;
    const payout = payouts.get(place) ?? begin(row, id, cells, day);
    payouts.set(place, payout);
    payout.rows++;
    for (const [field, key] of Object.entries(amounts) as [AmountField, string][]) {
      const amount = add(payout.amounts[field], cells.money(key));
      if (amount !== undefined) payout.amounts[field] = amount;
    }
    if (payout.amounts.settledAmount === undefined && cells.problems.length === 0)
      cells.problems.push(emptyCell(row.where, columns, 'settlement'));
    addFees(payout, cells, table);
    payout.problems.push(...cells.problems);
  }
  return { payouts: [...payouts.values()], problems };
}

/** The statement's day as an instant: midnight in the shop's zone, so that it stays the day that the platform says. */
const settledAt = (day: string, zone: string): number => instantOf(`${day} 00:00:00`, zone);

function settlementData({ amounts, fees, residual, statementId, rows }: Payout) {
  const { settledAmount, ...others } = amounts;
  return {
    settledAmount,
    ...others,
    fees: [...fees.values()].filter(({ amount }) => amount !== 0),
    residual: residual || undefined,
    statementId,
    rows: rows > 1 ? rows : undefined,
  };
}

/** A payout as an event: a settlement of its order, or an adjustment, which belongs to none. */
export function payoutEvent(payout: Payout, shop: Shop, version: number): Mapped {
  if (payout.problems.length) return { problems: payout.problems };
  const { id, settledDay, where, type, relatedOrderId } = payout;
  const at = settledDay === undefined ? undefined : settledAt(settledDay, shop.zone);
  const about = {
    settledAt: at === undefined ? undefined : instant(at),
    estimated: settledDay === undefined,
    currency: shop.currency,
  };
  const part = settledDay ?? 'estimate';
  if (payout.isOrder) {
    const subject = `order/${encodeId(id)}/settlement/${part}`;
    const data = { ...about, ...settlementData(payout) };
    return { where, event: eventOf(shop, { entity: 'settlement', subject, version, times: [at], data }) };
  }
  const data = {
    ...about,
    kind: kindOfAdjustment(type),
    reason: type,
    amount: payout.amounts.settledAmount,
    relatedOrderId,
    rows: payout.rows > 1 ? payout.rows : undefined,
  };
  const subject = `adjustment/${encodeId(id)}/${part}`;
  return { where, event: eventOf(shop, { entity: 'adjustment', subject, version, times: [at], data }) };
}
