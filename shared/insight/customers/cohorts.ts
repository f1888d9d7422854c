/** Who came when, and who came back? Customers by the month of their first purchase, or by what it was; only what was observed. */
import { addDays, daysBetween, lastDayOfMonth, monthOf } from '../../time.ts';
import type { Transaction, Transactions } from './transactions.ts';

export interface CohortRow {
  /** Month of the first purchase: 2026-03. */
  cohort: string;
  customers: number;
  /** Share (0…1) of the cohort that bought in the month n months later, 0 being its own; null where that month is not over. */
  retention: (number | null)[];
}

const monthsBetween = (from: string, to: string): number =>
  12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

const firstDayOf = (all: readonly Transaction[]): string => all[0]?.day ?? '';

/** Transactions up to a day, of those who have any. */
function seenUntil(transactions: Transactions, until: string): Transaction[][] {
  return [...transactions.values()].map((all) => all.filter(({ day }) => day <= until)).filter((seen) => seen.length > 0);
}

/** Retention of each monthly cohort up to `until`, oldest first (Shopify's and Peel's definition). */
export function retentionOf(transactions: Transactions, until: string): CohortRow[] {
  const cohorts = Map.groupBy(seenUntil(transactions, until), (all) => monthOf(firstDayOf(all)));
  const lastWhole = until === lastDayOfMonth(monthOf(until)) ? 0 : -1;
  return [...cohorts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cohort, customers]) => {
      const months = customers.map((all) => new Set(all.map(({ day }) => monthsBetween(cohort, day))));
      const known = monthsBetween(cohort, until) + lastWhole;
      const retention = Array.from({ length: monthsBetween(cohort, until) + 1 }, (_, n) =>
        n > known ? null : months.filter((bought) => bought.has(n)).length / customers.length,
      );
      return { cohort, customers: customers.length, retention };
    });
}

export interface Share {
  share: number | null;
  count: number;
  of: number;
}

const shareOf = (count: number, of: number): Share => ({ share: of ? count / of : null, count, of });

/** Customers with two transactions or more ÷ customers, up to `until`. Young customers pull it down: `repeatRateWithin` does without. */
export function repeatRate(transactions: Transactions, until: string): Share {
  const seen = seenUntil(transactions, until);
  return shareOf(seen.filter((all) => all.length > 1).length, seen.length);
}

/** Of the customers known for `days` or longer: who bought again within so many days. */
export function repeatRateWithin(transactions: Transactions, until: string, days: number): Share {
  const matured = seenUntil(transactions, until).filter((all) => daysBetween(firstDayOf(all), until) >= days);
  const isBack = (all: Transaction[]): boolean => all.slice(1).some(({ day }) => daysBetween(firstDayOf(all), day) <= days);
  return shareOf(matured.filter(isBack).length, matured.length);
}

export interface ObservedValue {
  group: string;
  /** Customers known for at least the days asked for. */
  customers: number;
  /** Of the group, too young to count. */
  tooYoung: number;
  /** Mean of what each brought in the first days, in the money of the log; null where nobody is old enough. */
  value: number | null;
  /** 95 % of the mean, by its standard error (normal); null below 30 customers, or where all brought the same. */
  interval: { lower: number; upper: number } | null;
}

/** Of fewer values, the mean of a skewed distribution is not normal enough. */
const leastForInterval = 30;

function intervalOf(values: readonly number[], mean: number): ObservedValue['interval'] {
  const n = values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  if (n < leastForInterval || !(variance > 0)) return null;
  const reach = 1.959964 * Math.sqrt(variance / n);
  return { lower: mean - reach, upper: mean + reach };
}

/**
 * What customers brought in their first `days` days, day of the first purchase included: observed, never predicted. A customer counts once
 * the days are over, and a monthly cohort once they are over for all of it, so that a mean does not fall because new customers came.
 * `groupOf` names the group by customer and first day: the month where absent; first product, channel or content as the caller knows it.
 */
export function observedValue(
  transactions: Transactions,
  until: string,
  days: number,
  groupOf?: (customer: string, firstDay: string) => string,
): ObservedValue[] {
  const known = [...transactions].flatMap(([customer, all]) => {
    const seen = all.filter(({ day }) => day <= until);
    if (!seen.length) return [];
    const first = firstDayOf(seen);
    const matures = addDays(groupOf ? first : lastDayOfMonth(monthOf(first)), days - 1);
    const last = addDays(first, days - 1);
    const value = seen.reduce((sum, transaction) => sum + (transaction.day <= last ? transaction.value : 0), 0);
    return [{ group: groupOf ? groupOf(customer, first) : monthOf(first), isMature: matures <= until, value }];
  });
  return [...Map.groupBy(known, ({ group }) => group)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, some]) => {
      const values = some.filter(({ isMature }) => isMature).map(({ value }) => value);
      const mean = values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
      return {
        group,
        customers: values.length,
        tooYoung: some.length - values.length,
        value: mean,
        interval: mean === null ? null : intervalOf(values, mean),
      };
    });
}
