/** What is stored of payouts? One document: sums, what waits by day of delivery, and the orders that are named. */
import type { AthenaRow } from '../../lake/athena.ts';

export const payoutsReport = 'payouts';
export const payoutsKey = 'now';

/** Orders, and an amount of theirs in minor units of the shop's currency. */
export interface Sum {
  orders: number;
  amount: number;
}

export interface NamedOrder {
  orderId: string;
  paidOn: string;
  /** Local day; null: not delivered. */
  deliveredOn: string | null;
  expected: number;
  settled: number;
  /** Paid beyond what was expected; negative: short of it. */
  difference: number;
  isEstimated: boolean;
  isTwice: boolean;
  /** Goods of it were refunded. */
  isRefunded: boolean;
}

export interface Payouts {
  /** First local day on which an order that is looked at was paid. */
  first: string;
  settled: Sum;
  /** Not settled yet: what the platform estimates, and what is worked out from sales. */
  estimated: Sum;
  open: Sum;
  /** Of settled orders that are delivered: what was paid less what was expected. */
  deliveredDifference: number;
  /** Delivered, settled or not. */
  deliveredOrders: number;
  short: Sum;
  /** Of these: orders of which goods were refunded. */
  shortRefunded: Sum;
  over: Sum;
  twice: Sum;
  /** Delivered and not settled: day of delivery, orders, amount. */
  waiting: [day: string, orders: number, amount: number][];
  named: NamedOrder[];
  /** Of final statements: `amount` is what they pay, what they do not explain, what they pay for orders that nobody has told of. */
  statements: { all: Sum; residual: Sum; unknown: Sum };
}

const no = (): Sum => ({ orders: 0, amount: 0 });
export const noPayouts = (first: string): Payouts => ({
  first,
  settled: no(),
  estimated: no(),
  open: no(),
  deliveredDifference: 0,
  deliveredOrders: 0,
  short: no(),
  shortRefunded: no(),
  over: no(),
  twice: no(),
  waiting: [],
  named: [],
  statements: { all: no(), residual: no(), unknown: no() },
});

const number = (row: AthenaRow, column: string): number => Number(row[column] ?? 0);
function add(sum: Sum, orders: number, amount: number): void {
  sum.orders += orders;
  sum.amount += amount;
}

function nameOrder(row: AthenaRow, deliveredOn: string | null): NamedOrder {
  const difference = number(row, 'short') + number(row, 'over');
  return {
    orderId: row.order_id ?? '',
    paidOn: row.paid_day ?? '',
    deliveredOn,
    expected: number(row, 'expected'),
    settled: number(row, 'settled'),
    difference,
    isEstimated: row.state === 'estimated',
    isTwice: row.is_twice === '1',
    isRefunded: row.is_refunded === '1',
  };
}

/** The document of one creator: rows of `statementsSql` (at most one) and of `positionsSql`. */
export function payoutsOf(statements: AthenaRow[], positions: AthenaRow[], first: string): Payouts {
  const all = noPayouts(first);
  for (const row of statements) {
    add(all.statements.all, number(row, 'statements'), number(row, 'amount'));
    add(all.statements.residual, number(row, 'residual_statements'), number(row, 'residual'));
    add(all.statements.unknown, number(row, 'unknown_statements'), number(row, 'unknown_amount'));
  }
  const waiting = new Map<string, Sum>();
  for (const row of positions) {
    const [orders, expected, short, over] = ['orders', 'expected', 'short', 'over'].map((column) => number(row, column)) as [
      number,
      number,
      number,
      number,
    ];
    const state = row.state as 'settled' | 'estimated' | 'open';
    add(all[state], orders, state === 'settled' ? number(row, 'settled') : expected);
    add(all.short, number(row, 'short_orders'), short);
    add(all.shortRefunded, number(row, 'short_refunded_orders'), number(row, 'short_refunded'));
    add(all.over, number(row, 'over_orders'), over);
    if (row.is_twice === '1') add(all.twice, orders, over);
    if (row.is_delivered === '1') {
      all.deliveredOrders += orders;
      all.deliveredDifference += short + over;
    }
    if (row.waiting_since) {
      const sum = waiting.get(row.waiting_since) ?? no();
      add(sum, orders, expected);
      waiting.set(row.waiting_since, sum);
    }
    if (row.order_id !== null && row.order_id !== undefined) all.named.push(nameOrder(row, row.waiting_since ?? null));
  }
  all.waiting = [...waiting].map(([day, { orders, amount }]): Payouts['waiting'][number] => [day, orders, amount]).sort();
  all.named.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
  return all;
}
