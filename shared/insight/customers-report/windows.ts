/** What did buyers do in their first days? Of those who are old enough, summed so that rows of any group add up to the whole. */
import { daysBetween } from '../../time.ts';
import type { Transactions } from '../customers/transactions.ts';

/** Days after the first order over which buyers are looked at. */
export const windows = [30, 90, 365] as const;

/** Of buyers known for long enough; amounts are sums in minor units. */
export interface Window {
  days: number;
  /** Bought on another day within so many days, of those known for so long. */
  repeated: number;
  known: number;
  /** What those brought whose days are over, the first order's day being one of them. */
  valued: number;
  netSales: number;
  contribution: number;
}

export interface FirstDays {
  buyers: number;
  windows: Window[];
}

export const noDays = (): FirstDays => ({
  buyers: 0,
  windows: windows.map((days) => ({ days, repeated: 0, known: 0, valued: 0, netSales: 0, contribution: 0 })),
});

export function addDaysOf(sum: FirstDays, more: FirstDays): void {
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

/**
 * Each buyer's own first days up to `until`, by the definitions of `repeatRateWithin` and `observedValue`, in one pass. Both logs have the
 * same days.
 */
export function firstDaysOf(netSales: Transactions, contribution: Transactions, until: string): Map<string, FirstDays> {
  return new Map(
    [...netSales].map(([buyer, all]) => {
      const first = all[0]?.day ?? until;
      const age = daysBetween(first, until);
      const left = contribution.get(buyer) ?? [];
      const own: FirstDays = { ...noDays(), buyers: 1 };
      for (const [i, { day, value }] of all.entries()) {
        const since = i === 0 ? 0 : daysBetween(first, day);
        for (const window of own.windows) {
          if (age >= window.days && i > 0 && since <= window.days) window.repeated = 1;
          if (age < window.days - 1 || since >= window.days) continue;
          window.netSales += value;
          window.contribution += left[i]?.value ?? 0;
        }
      }
      for (const window of own.windows) {
        window.known = age >= window.days ? 1 : 0;
        window.valued = age >= window.days - 1 ? 1 : 0;
      }
      return [buyer, own];
    }),
  );
}

/** Sums of some buyers. */
export function sumOf(all: Iterable<FirstDays>): FirstDays {
  const sum = noDays();
  for (const one of all) addDaysOf(sum, one);
  return sum;
}
