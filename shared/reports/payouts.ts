/** What is paid out, and what is still to come? Read from the document that the job keeps; days of waiting are counted to today. */
import type { PayoutsAnswer } from '../api/payouts.ts';
import { type NamedOrder, noPayouts, type Payouts, payoutsKey, payoutsReport } from '../insight/payouts/document.ts';
import { mostNamed } from '../insight/payouts/sql.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { dayOf, daysBetween, toLocal } from '../time.ts';
import { computedBy } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

/** First day of each bucket. */
const ages = [0, 8, 15, 31] as const;

const bucketsOf = (waiting: Payouts['waiting'], today: string): PayoutsAnswer['buckets'] =>
  ages.map((fromDays, i) => {
    const next = ages[i + 1];
    // A parcel can be delivered tomorrow only where the clock of whoever tells of it is ahead: that is today.
    const age = (day: string): number => Math.max(0, daysBetween(day, today));
    const own = waiting.filter(([day]) => age(day) >= fromDays && (next === undefined || age(day) < next));
    return {
      fromDays,
      toDays: next === undefined ? null : next - 1,
      orders: own.reduce((sum, [, orders]) => sum + orders, 0),
      amount: own.reduce((sum, [, , amount]) => sum + amount, 0),
    };
  });

const waitingOrder = (order: NamedOrder, today: string): PayoutsAnswer['oldest'][number] => {
  const { orderId, paidOn, expected, isEstimated } = order;
  const deliveredOn = order.deliveredOn ?? today;
  return { orderId, paidOn, deliveredOn, days: Math.max(0, daysBetween(deliveredOn, today)), expected, isEstimated };
};

function reasonsOf(document: Payouts, isComputed: boolean): PayoutsAnswer['reasons'] {
  if (!isComputed) return ['not_computed'];
  const { settled, estimated, open, deliveredOrders, statements } = document;
  const reasons: PayoutsAnswer['reasons'] = [];
  if (settled.orders + estimated.orders + open.orders === 0) reasons.push('no_orders');
  else if (deliveredOrders === 0) reasons.push('no_deliveries');
  if (statements.all.orders === 0) reasons.push('no_statements');
  if (open.orders > 0) reasons.push('expected_from_sales');
  if (statements.unknown.orders > 0) reasons.push('orders_missing');
  return reasons;
}

const statementsOf = ({ orders, amount }: { orders: number; amount: number }) => ({ statements: orders, amount });

/** Answers GET …/payouts. */
export async function reportPayouts(_query: object, scope: Scope): Promise<PayoutsAnswer> {
  const { table, partition, now, zones } = scope;
  const [head, [stored]] = await Promise.all([
    readHead(table, partition, payoutsReport),
    readDocuments<Payouts>(table, partition, payoutsReport, payoutsKey, payoutsKey),
  ]);
  const today = dayOf(toLocal(now, zones));
  const document = stored ?? noPayouts('');
  const { settled, estimated, open, short, shortRefunded, over, twice, statements, named } = document;
  const buckets = bucketsOf(document.waiting, today);
  const waiting = {
    orders: buckets.reduce((sum, { orders }) => sum + orders, 0),
    amount: buckets.reduce((sum, { amount }) => sum + amount, 0),
  };
  const owed = named.filter(({ deliveredOn }) => deliveredOn !== null).map((order) => waitingOrder(order, today));
  return {
    ...freshnessOf(scope),
    from: document.first || null,
    ...computedBy(head),
    method: 'paid orders by their newest statements',
    settled,
    expected: { orders: estimated.orders + open.orders, amount: estimated.amount + open.amount },
    estimated,
    waiting,
    short,
    shortRefunded,
    over,
    twice,
    payoutGap: document.deliveredOrders === 0 ? null : waiting.amount - document.deliveredDifference,
    buckets,
    oldest: owed.toSorted((a, b) => b.days - a.days || b.expected - a.expected).slice(0, mostNamed),
    largest: owed.toSorted((a, b) => b.expected - a.expected || b.days - a.days).slice(0, mostNamed),
    differing: named
      .filter(({ difference }) => difference !== 0)
      .toSorted((a, b) => Number(b.isTwice) - Number(a.isTwice) || Math.abs(b.difference) - Math.abs(a.difference))
      .map(({ orderId, paidOn, settled, expected, difference, isRefunded, isTwice }) => ({
        orderId,
        paidOn,
        settled,
        expected,
        difference,
        isRefunded,
        isTwice,
      })),
    statements: statementsOf(statements.all),
    residual: statementsOf(statements.residual),
    unknownOrders: statementsOf(statements.unknown),
    reasons: reasonsOf(document, head !== undefined),
  };
}
