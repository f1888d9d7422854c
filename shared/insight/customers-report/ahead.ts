/** What will the buyers known so far bring in the next twelve months, or why does nobody know? */
import { daysBetween } from '../../time.ts';
import { isRefusal, leastCustomers, leastRepeaters } from '../customers/fit-purchases.ts';
import { predictCustomers } from '../customers/predict.ts';
import type { PurchaseModel } from '../customers/purchase-model.ts';
import type { Transactions } from '../customers/transactions.ts';

export const monthsAhead = 12;
/** A shorter history does not say how buyers come back over a year. A convention, as are the least numbers of buyers. */
export const leastHistory = 180;

export const aheadRefusals = ['too_short', 'too_few_buyers', 'too_few_repeaters', 'no_values', 'no_fit'] as const;
export type AheadRefusal = (typeof aheadRefusals)[number];

export interface Expected {
  expected: number;
  /** 95 % of what will be. */
  lower: number;
  upper: number;
}

export interface Ahead {
  model: PurchaseModel;
  buyers: number;
  /** Of these: bought on a second day. */
  repeaters: number;
  /** Expected to be buyers still. */
  stillBuyers: number;
  /** Days with a purchase in the next twelve months, and their net sales, of all of them together. */
  purchases: Expected;
  value: Expected;
}

/** The expectation of all buyers with an interval, in whole minor units; without an interval there is none. */
export function aheadOf(netSales: Transactions, until: string): Ahead | { refused: AheadRefusal } {
  const all = [...netSales.values()];
  const first = all.reduce((least, [one]) => (one && one.day < least ? one.day : least), until);
  if (all.length < leastCustomers) return { refused: 'too_few_buyers' };
  const repeaters = all.filter(({ length }) => length > 1).length;
  if (repeaters < leastRepeaters) return { refused: 'too_few_repeaters' };
  if (daysBetween(first, until) < leastHistory) return { refused: 'too_short' };
  // What was given back in full brought nothing; more than that is nobody's spending.
  const spent = new Map(
    [...netSales].map(([buyer, some]) => [buyer, some.map(({ day, value }) => ({ day, value: Math.max(0, value) }))]),
  );
  const found = predictCustomers(spent, until, { months: monthsAhead, monthlyDiscount: 0 });
  if (isRefusal(found)) return { refused: 'no_fit' };
  const { purchases, value } = found;
  if (!value) return { refused: 'no_values' };
  if (!(purchases.interval && value.interval)) return { refused: 'no_fit' };
  return {
    model: found.fit.model,
    buyers: all.length,
    repeaters,
    stillBuyers: Math.round(found.stillCustomers),
    purchases: { expected: Math.round(purchases.expected), ...purchases.interval },
    value: {
      expected: Math.round(value.expected),
      lower: Math.floor(value.interval.lower),
      upper: Math.ceil(value.interval.upper),
    },
  };
}
