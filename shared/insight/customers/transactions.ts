/** What did each customer buy, and when? Purchases of one day are one transaction; refunds take money off, never transactions. */

export interface Purchase {
  customer: string;
  /** Local day: 2026-03-01. */
  day: string;
  /** Money in one currency and any unit; negative: a refund. Undefined: not known. */
  value?: number | undefined;
}

export interface Transaction {
  day: string;
  /** Sum of the day's purchases less what was refunded of them; never below zero. */
  value: number;
}

/** Transactions of each customer by day, oldest first. */
export type Transactions = Map<string, Transaction[]>;

export interface Merged {
  transactions: Transactions;
  purchases: number;
  /** Purchases beyond the first of a customer's day. */
  sameDay: number;
  /** Rows that repeat customer, day and value of another one. */
  repeated: number;
  refunds: number;
  /** Refunded money that no earlier purchase of the customer could take. */
  refundedBeyond: number;
}

/** Takes refunds off the transactions up to their day, the newest first. Answers what is left over. */
function takeOff(transactions: Transaction[], { day, value = 0 }: Purchase): number {
  let left = -value;
  for (const transaction of transactions.toReversed()) {
    if (transaction.day > day || left === 0) continue;
    const taken = Math.min(left, transaction.value);
    transaction.value -= taken;
    left -= taken;
  }
  return left;
}

/**
 * Transactions of a log in any order. Rows with a negative value are refunds: no purchase is undone by them, since the customer did buy,
 * but what the newest purchases up to that day brought is less.
 */
export function mergePurchases(log: Iterable<Purchase>): Merged {
  const byCustomer = new Map<string, Map<string, Transaction>>();
  const seen = new Set<string>();
  const refunds: Purchase[] = [];
  let [purchases, sameDay, repeated] = [0, 0, 0];
  for (const purchase of log) {
    const { customer, day, value = 0 } = purchase;
    const key = JSON.stringify([customer, day, value]);
    if (seen.has(key)) repeated++;
    seen.add(key);
    if (value < 0) {
      refunds.push(purchase);
      continue;
    }
    purchases++;
    const days = byCustomer.get(customer) ?? new Map<string, Transaction>();
    byCustomer.set(customer, days);
    const known = days.get(day);
    if (known) {
      known.value += value;
      sameDay++;
    } else days.set(day, { day, value });
  }
  const transactions = new Map(
    [...byCustomer].map(([customer, days]) => [customer, [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))]),
  );
  let refundedBeyond = 0;
  for (const refund of refunds.sort((a, b) => (a.day < b.day ? -1 : 1)))
    refundedBeyond += takeOff(transactions.get(refund.customer) ?? [], refund);
  return { transactions, purchases, sameDay, repeated, refunds: refunds.length, refundedBeyond };
}
