/** What is stored of customers? Counts and sums of the whole shop, and by what each buyer's first order was; no buyer is in it. */
import type { AthenaRow } from '../../lake/athena.ts';
import { addDays, daysBetween } from '../../time.ts';
import { observedValue, repeatRate, retentionOf } from '../customers/cohorts.ts';
import { type RfmGroup, rfmGroups, rfmOf } from '../customers/rfm.ts';
import type { Transactions } from '../customers/transactions.ts';
import { largestOf } from '../largest.ts';
import { type Ahead, type AheadRefusal, aheadOf } from './ahead.ts';
import { type Buyers, buyersOf, type FirstDimension, firstDimensions, type Month } from './buyers.ts';
import { addDaysOf, type FirstDays, firstDaysOf, noDays, sumOf, type Window } from './windows.ts';

export const customersReport = 'customers';
export const shopKey = 'shop';
export const byKey = (dimension: FirstDimension): string => `by-${dimension}`;

/** Months that are told apart: the newest. */
const mostMonths = 25;
/** Of fewer buyers a fifth is nobody. */
export const leastForGroups = 5;
const recentDays = 30;

export interface ShopWindow extends Window {
  /** 95 % of the mean of net sales; null of few buyers. */
  interval: { lower: number; upper: number } | null;
}

export interface CohortCounts {
  /** Of the first order. */
  month: string;
  buyers: number;
  /** Who bought in the month n months later, 0 being its own; null where that month is not over. */
  counts: (number | null)[];
}

export interface CustomersOfShop {
  /** Last day that is in it. */
  until: string;
  orders: number;
  named: number;
  buyers: number;
  repeaters: number;
  costedSales: number;
  namedSales: number;
  /** First orders of the last 30 days, and of the 30 before. */
  recent: { newBuyers: number; newBuyersBefore: number };
  months: Month[];
  windows: ShopWindow[];
  cohorts: CohortCounts[];
  /** Buyers whose first order is before the first of the cohorts. */
  olderBuyers: number;
  /** None of few buyers. */
  groups: { group: RfmGroup; buyers: number; netSales: number; daysSince: number }[];
  ahead: Ahead | { refused: AheadRefusal };
}

/** The largest values by buyers; those beyond are one, `others`. */
export type CustomersByFirst = [value: string, figures: FirstDays][];

/** With 95 % of the mean of net sales, which asks for each buyer's value. */
const shopWindow = (window: Window, netSales: Transactions, until: string): ShopWindow => ({
  ...window,
  interval: observedValue(netSales, until, window.days, () => '')[0]?.interval ?? null,
});

function cohortsOf(netSales: Transactions, until: string): CohortCounts[] {
  return retentionOf(netSales, until).map(({ cohort, customers, retention }) => ({
    month: cohort,
    buyers: customers,
    counts: retention.map((share) => (share === null ? null : Math.round(share * customers))),
  }));
}

function groupsOf(netSales: Transactions, until: string): CustomersOfShop['groups'] {
  if (netSales.size < leastForGroups) return [];
  const by = Map.groupBy(rfmOf(netSales, until), ({ group }) => group);
  return rfmGroups.flatMap((group) => {
    const all = by.get(group) ?? [];
    if (all.length === 0) return [];
    const sum = (of: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + of(one), 0);
    return [
      {
        group,
        buyers: all.length,
        netSales: sum(({ money }) => money),
        daysSince: Math.round(sum(({ days }) => days) / all.length),
      },
    ];
  });
}

function recentOf(netSales: Transactions, until: string): CustomersOfShop['recent'] {
  const ages = [...netSales.values()].map(([first]) => daysBetween(first?.day ?? until, until));
  return {
    newBuyers: ages.filter((age) => age < recentDays).length,
    newBuyersBefore: ages.filter((age) => age >= recentDays && age < 2 * recentDays).length,
  };
}

function shopOf(buyers: Buyers, ofBuyers: Map<string, FirstDays>, until: string): CustomersOfShop {
  const { netSales, orders, named, costedSales, namedSales } = buyers;
  const all = cohortsOf(netSales, until);
  const cohorts = all.slice(-mostMonths);
  return {
    until,
    orders,
    named,
    buyers: netSales.size,
    repeaters: repeatRate(netSales, until).count,
    costedSales,
    namedSales,
    recent: recentOf(netSales, until),
    months: buyers.months.slice(-mostMonths),
    windows: sumOf(ofBuyers.values()).windows.map((window) => shopWindow(window, netSales, until)),
    cohorts,
    olderBuyers: netSales.size - cohorts.reduce((sum, cohort) => sum + cohort.buyers, 0),
    groups: groupsOf(netSales, until),
    ahead: aheadOf(netSales, until),
  };
}

function byFirst(firsts: Buyers['firsts'], ofBuyers: Map<string, FirstDays>, dimension: FirstDimension): CustomersByFirst {
  const sums = new Map<string, FirstDays>();
  for (const [buyer, first] of firsts) {
    const sum = sums.get(first[dimension]) ?? noDays();
    sums.set(first[dimension], sum);
    addDaysOf(sum, ofBuyers.get(buyer) ?? noDays());
  }
  return largestOf(sums, ({ buyers }) => buyers, noDays, addDaysOf);
}

/** Documents of one creator, by key: rows of `buyersSql`, and the local day that is not over. */
export function customersDocuments(rows: AthenaRow[], today: string): Map<string, CustomersOfShop | CustomersByFirst> {
  const until = addDays(today, -1);
  const buyers = buyersOf(rows, until);
  const ofBuyers = firstDaysOf(buyers.netSales, buyers.contribution, until);
  return new Map<string, CustomersOfShop | CustomersByFirst>([
    [shopKey, shopOf(buyers, ofBuyers, until)],
    ...firstDimensions.map((dimension): [string, CustomersByFirst] => [
      byKey(dimension),
      byFirst(buyers.firsts, ofBuyers, dimension),
    ]),
  ]);
}
