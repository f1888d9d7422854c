/** What is stored of customers? Counts and sums of the whole shop, and by what each buyer's first order was; no buyer is in it. */
import type { AthenaRow } from '../../lake/athena.ts';
import { addDays, daysBetween } from '../../time.ts';
import { observedValue, repeatRate, repeatRateWithin, retentionOf } from '../customers/cohorts.ts';
import { type RfmGroup, rfmGroups, rfmOf } from '../customers/rfm.ts';
import type { Transactions } from '../customers/transactions.ts';
import { largestOf } from '../largest.ts';
import { type Ahead, type AheadRefusal, aheadOf } from './ahead.ts';
import { type Buyers, buyersOf, type FirstDimension, firstDimensions, type Month } from './buyers.ts';

export const customersReport = 'customers';
export const shopKey = 'shop';
export const byKey = (dimension: FirstDimension): string => `by-${dimension}`;

/** Days after the first order over which buyers are looked at. */
export const windows = [30, 90, 365] as const;
/** Months that are told apart: the newest. */
const mostMonths = 25;
/** Of fewer buyers a fifth is nobody. */
export const leastForGroups = 5;
const recentDays = 30;

/** Of buyers known for long enough. */
export interface Window {
  days: number;
  /** Bought on another day within so many days, of those known for so long. */
  repeated: number;
  known: number;
  /** What those brought whose days are over: sums, in minor units. */
  valued: number;
  netSales: number;
  contribution: number;
}

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

export interface FirstFigures {
  buyers: number;
  windows: Window[];
}
/** The largest values by buyers; those beyond are one, `others`. */
export type CustomersByFirst = [value: string, figures: FirstFigures][];

function windowOf(
  { netSales, contribution }: Pick<Buyers, 'netSales' | 'contribution'>,
  until: string,
  days: number,
): ShopWindow {
  const { count, of } = repeatRateWithin(netSales, until, days);
  const [sales] = observedValue(netSales, until, days, () => '');
  const [left] = observedValue(contribution, until, days, () => '');
  const valued = sales?.customers ?? 0;
  return {
    days,
    repeated: count,
    known: of,
    valued,
    netSales: Math.round((sales?.value ?? 0) * valued),
    contribution: Math.round((left?.value ?? 0) * valued),
    interval: sales?.interval ?? null,
  };
}

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

function shopOf(buyers: Buyers, until: string): CustomersOfShop {
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
    windows: windows.map((days) => windowOf(buyers, until, days)),
    cohorts,
    olderBuyers: netSales.size - cohorts.reduce((sum, cohort) => sum + cohort.buyers, 0),
    groups: groupsOf(netSales, until),
    ahead: aheadOf(netSales, until),
  };
}

export const noFirst = (): FirstFigures => ({
  buyers: 0,
  windows: windows.map((days) => ({ days, repeated: 0, known: 0, valued: 0, netSales: 0, contribution: 0 })),
});

export function addFirst(sum: FirstFigures, more: FirstFigures): void {
  sum.buyers += more.buyers;
  for (const [i, window] of sum.windows.entries()) {
    const { repeated, known, valued, netSales, contribution } = more.windows[i] ?? window;
    window.repeated += repeated;
    window.known += known;
    window.valued += valued;
    window.netSales += netSales;
    window.contribution += contribution;
  }
}

function byFirst({ netSales, contribution, firsts }: Buyers, dimension: FirstDimension, until: string): CustomersByFirst {
  const groups = Map.groupBy(firsts, ([, first]) => first[dimension]);
  const figures = [...groups].map(([value, some]): [string, FirstFigures] => {
    const of = (transactions: Transactions): Transactions =>
      new Map(some.map(([buyer]) => [buyer, transactions.get(buyer) ?? []]));
    const own = { netSales: of(netSales), contribution: of(contribution) };
    const ownWindows = windows.map((days): Window => {
      const { interval: _, ...window } = windowOf(own, until, days);
      return window;
    });
    return [value, { buyers: some.length, windows: ownWindows }];
  });
  return largestOf(new Map(figures), (one) => one.buyers, noFirst, addFirst);
}

/** Documents of one creator, by key: rows of `buyersSql`, and the local day that is not over. */
export function customersDocuments(rows: AthenaRow[], today: string): Map<string, CustomersOfShop | CustomersByFirst> {
  const until = addDays(today, -1);
  const buyers = buyersOf(rows, until);
  return new Map<string, CustomersOfShop | CustomersByFirst>([
    [shopKey, shopOf(buyers, until)],
    ...firstDimensions.map((dimension): [string, CustomersByFirst] => [byKey(dimension), byFirst(buyers, dimension, until)]),
  ]);
}
