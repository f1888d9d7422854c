/** How do statements of TikTok Shop read as events? What was settled for each order, with its fees by neutral kind, final or estimated. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { dayOf, toLocal } from '../../time.ts';
import { kindOfAdjustment } from '../adjustment-kinds.ts';
import { tally } from '../files/import-report.ts';
import { instant } from '../files/snapshot.ts';
import { countFields, type Notes } from '../mapping-notes.ts';
import { amountOf, listOf, objectOf, type Raw, requireText, requireTime, sum, textOf, timeOf } from '../record.ts';
import { explanatoryKeys, type FeeKind, feeKinds, shippingKeys } from './rules/fees.ts';
import { transactionFields } from './rules/known-fields.ts';
import { eventOf, type Shop } from './shop.ts';

interface Fee {
  kind: FeeKind;
  name: string;
  amount: number;
}

/** A transaction reduced to what is counted; amounts in minor units with the vendor's signs (a cost is negative). */
interface Settled {
  settledAmount: number;
  revenue: number;
  fees: Fee[];
}

type KindOf = (key: string) => FeeKind | undefined;
const kindOfFee: KindOf = (key) => feeKinds.get(key);
const kindOfTax: KindOf = (key) => feeKinds.get(key) ?? 'tax';
const kindOfShipping: KindOf = (key) => (shippingKeys.has(key) ? 'shipping' : undefined);

/** The amounts of a breakdown that are not zero. An unknown key is kept as `other` and counted. */
function feesOf(breakdown: unknown, kindOf: KindOf, currency: string, where: string, notes: Notes): Fee[] {
  return Object.entries(objectOf(breakdown)).flatMap(([name, value]): Fee[] => {
    if (explanatoryKeys.has(name)) return [];
    const kind = kindOf(name) ?? 'other';
    if (!kindOf(name) || !(feeKinds.has(name) || shippingKeys.has(name))) tally(notes.unknown, `fee ${name.slice(0, 60)}`, where);
    const amount = amountOf(value, currency) ?? 0;
    return amount === 0 ? [] : [{ kind, name, amount }];
  });
}

/** What a total holds beyond the parts that are told of it, as a part of its own: then the parts add up to the total. */
function restOf(total: number, parts: Fee[], kind: FeeKind, name: string): Fee[] {
  const amount = total - sum(parts.map((part) => part.amount));
  return amount === 0 ? parts : [...parts, { kind, name, amount }];
}

/** `est_` before the names of fields that are estimated. */
type Prefix = '' | 'est_';

function settledOf(transaction: Raw, prefix: Prefix, currency: string, where: string, notes: Notes): Settled {
  const amount = (field: string) => amountOf(transaction[`${prefix}${field}`], currency);
  const settledAmount = amount('settlement_amount');
  if (settledAmount === undefined) throw new RangeError(`${prefix}settlement_amount is missing`);
  const breakdown = objectOf(transaction.fee_tax_breakdown);
  const shipping = feesOf(transaction.shipping_cost_breakdown, kindOfShipping, currency, where, notes);
  const fees = [
    ...feesOf(breakdown.fee, kindOfFee, currency, where, notes),
    ...feesOf(breakdown.tax, kindOfTax, currency, where, notes),
  ];
  const adjustment = amount('adjustment_amount') ?? 0;
  return {
    settledAmount,
    revenue: amount('revenue_amount') ?? 0,
    fees: [
      ...restOf(
        amount('shipping_cost_amount') ?? sum(shipping.map((fee) => fee.amount)),
        shipping,
        'shipping',
        'shipping_unexplained',
      ),
      ...restOf(amount('fee_tax_amount') ?? sum(fees.map((fee) => fee.amount)), fees, 'other', 'fee_tax_unexplained'),
      ...(adjustment === 0 ? [] : [{ kind: 'adjustment' as const, name: 'adjustment_amount', amount: adjustment }]),
    ],
  };
}

/** Several transactions of one order in one statement as one: fees of one name are added up. */
function together(all: readonly Settled[]): Settled {
  const fees = new Map<string, Fee>();
  for (const { fees: own } of all)
    for (const fee of own) fees.set(fee.name, { ...fee, amount: (fees.get(fee.name)?.amount ?? 0) + fee.amount });
  return {
    settledAmount: sum(all.map((each) => each.settledAmount)),
    revenue: sum(all.map((each) => each.revenue)),
    fees: [...fees.values()].filter(({ amount }) => amount !== 0),
  };
}

/**
 * `settlement_amount` is the truth. The printed formula (revenue − shipping − fees) and its own example contradict each other, so what
 * revenue and fees, with their signs, do not come to is kept as `residual`.
 */
const dataOf = ({ settledAmount, revenue, fees }: Settled, currency: string, more: CloudEvent['data']): CloudEvent['data'] => ({
  ...more,
  currency,
  settledAmount,
  revenue,
  residual: settledAmount - revenue - sum(fees.map((fee) => fee.amount)),
  fees,
});

type CurrencyOf = (transaction: Raw) => string;

function* byOrder(transactions: readonly Raw[], prefix: Prefix, currencyOf: CurrencyOf, notes: Notes) {
  const ofOrders = transactions.filter((each) => textOf(each.order_id) !== undefined);
  for (const [orderId, own] of Map.groupBy(ofOrders, (each) => requireText(each, 'order_id'))) {
    const where = `order ${orderId}`;
    for (const each of own) countFields(each, transactionFields, 'a transaction', where, notes);
    const [first = {}] = own;
    const currency = currencyOf(first);
    yield { orderId, currency, settled: together(own.map((each) => settledOf(each, prefix, currency, where, notes))) };
  }
}

/** What is of no order (a penalty, a reimbursement) by its own number, as in files. Several of one number are added up. */
function* adjustments(transactions: readonly Raw[], prefix: Prefix, currencyOf: CurrencyOf, notes: Notes) {
  const ofNone = transactions.filter((each) => textOf(each.order_id) === undefined);
  for (const [id, own] of Map.groupBy(ofNone, (each) => textOf(each.adjustment_id) ?? requireText(each, 'id'))) {
    const where = `adjustment ${id}`;
    const [first = {}] = own;
    const currency = currencyOf(first);
    const reason = textOf(first.type);
    const data = {
      kind: kindOfAdjustment(reason ?? ''),
      reason,
      currency,
      amount: sum(own.map((each) => settledOf(each, prefix, currency, where, notes).settledAmount)),
      relatedOrderId: textOf(first.adjustment_order_id),
    };
    yield { id, data };
  }
}

/** The statement of a payout, as a file of Seller Center has it: the day of the statement in the shop's zone. */
const statementDay = (settledAt: number, { timeZone }: Shop): string => dayOf(toLocal(settledAt, [{ from: '', zone: timeZone }]));
const payoutSubject = (orderId: string, settledAt: number, shop: Shop): string =>
  `order/${encodeId(orderId)}/settlement/${statementDay(settledAt, shop)}`;

const estimateSubject = (orderId: string): string => `order/${encodeId(orderId)}/settlement/estimate`;
const adjustmentEstimate = (id: string): string => `adjustment/${encodeId(id)}/estimate`;

/** What an order was estimated at counts no more: its payout is known. Newer than any estimate, since it is as new as its reading. */
const noEstimate = (orderId: string, currency: string, shop: Shop, readAt: number): CloudEvent =>
  eventOf(shop, {
    entity: 'settlement',
    subject: estimateSubject(orderId),
    version: readAt,
    data: { ...dataOf({ settledAmount: 0, revenue: 0, fees: [] }, currency, { estimated: true }), superseded: true },
  });

/**
 * Settlements of one statement: `statement` is `data` of its transactions (or an entry of the list of statements), `transactions` are those
 * of all its pages, since those of one order may stand on two. Read at `readAt` (ms): estimates of the same orders are set to nothing.
 * Throws RangeError where ids, times or amounts cannot be read.
 */
export function statementEvents(
  statement: Raw,
  transactions: readonly Raw[],
  shop: Shop,
  readAt: number,
  notes: Notes,
): CloudEvent[] {
  const statementId = requireText(statement, 'id');
  const currency = requireText(statement, 'currency');
  const settledAt = timeOf(statement.statement_time) ?? requireTime(statement, 'create_time');
  const about = { settledAt: instant(settledAt), estimated: false, statementId };
  const payouts = [...byOrder(transactions, '', () => currency, notes)].flatMap(({ orderId, settled }) => {
    const subject = payoutSubject(orderId, settledAt, shop);
    const payout = eventOf(shop, { entity: 'settlement', subject, version: settledAt, data: dataOf(settled, currency, about) });
    return [payout, noEstimate(orderId, currency, shop, readAt)];
  });
  const others = [...adjustments(transactions, '', () => currency, notes)].flatMap(({ id, data }) => {
    const subject = `adjustment/${encodeId(id)}/${statementDay(settledAt, shop)}`;
    const ended = { ...data, amount: 0, estimated: true, superseded: true };
    return [
      eventOf(shop, { entity: 'adjustment', subject, version: settledAt, data: { ...data, ...about } }),
      eventOf(shop, { entity: 'adjustment', subject: adjustmentEstimate(id), version: readAt, data: ended }),
    ];
  });
  return [...payouts, ...others];
}

/**
 * Settlements of one order (`data` of its statement transactions, SKU by SKU), one for each statement. The answer does not say when a
 * statement was made: `statementTimes` (ms, by id) does; one that is not in it is counted and left out, since its day is not known.
 */
export function orderSettlementEvents(
  answer: Raw,
  statementTimes: ReadonlyMap<string, number>,
  shop: Shop,
  readAt: number,
  notes: Notes,
): CloudEvent[] {
  const orderId = requireText(answer, 'order_id');
  const currency = requireText(answer, 'currency');
  const where = `order ${orderId}`;
  const statements = Map.groupBy(listOf(answer.sku_transactions), (each) => requireText(each, 'statement_id'));
  const payouts = [...statements].flatMap(([statementId, own]) => {
    const settled = together(own.map((each) => settledOf(each, '', currency, where, notes)));
    const settledAt = statementTimes.get(statementId);
    if (settledAt === undefined) {
      tally(notes.skipped, 'statement whose day is not known', where);
      return [];
    }
    const data = dataOf(settled, currency, { settledAt: instant(settledAt), estimated: false, statementId });
    const subject = payoutSubject(orderId, settledAt, shop);
    return [eventOf(shop, { entity: 'settlement', subject, version: settledAt, data })];
  });
  return payouts.length ? [...payouts, noEstimate(orderId, currency, shop, readAt)] : [];
}

/**
 * Estimates of what is not settled yet (`data.transactions[]` of unsettled transactions), all pages. They say no time of change: `readAt`
 * (ms) is their version. Once the payout is read, the estimate is set to nothing.
 */
export function unsettledEvents(transactions: readonly Raw[], shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  const currencyOf = (each: Raw) => requireText(each, 'currency');
  const payouts = [...byOrder(transactions, 'est_', currencyOf, notes)].map(({ orderId, currency, settled }) => {
    const data = dataOf(settled, currency, { estimated: true });
    return eventOf(shop, { entity: 'settlement', subject: estimateSubject(orderId), version: readAt, data });
  });
  const others = [...adjustments(transactions, 'est_', currencyOf, notes)].map(({ id, data }) =>
    eventOf(shop, {
      entity: 'adjustment',
      subject: adjustmentEstimate(id),
      version: readAt,
      data: { ...data, estimated: true },
    }),
  );
  return [...payouts, ...others];
}
