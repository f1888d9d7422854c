/** What do the models need to know of a customer? How often and when last after the first purchase, how long watched, and what a repeat brings. */
import { daysBetween } from '../../time.ts';
import { daysOfUnit, type TimeUnit } from './time-unit.ts';
import type { Transactions } from './transactions.ts';

export interface CustomerSummary {
  customer: string;
  /** Repeat transactions: days with a purchase after the first one (x). */
  frequency: number;
  /** From the first transaction to the last, in units (t_x); 0 without repeats. */
  recency: number;
  /** From the first transaction to the end of the observation, in units (T). */
  age: number;
  /** Mean value of repeat transactions; the first is left out, as the model of spending expects (Fader and Hardie 2013). 0 without repeats. */
  meanValue: number;
}

/** Customers whose first transaction is on or before `until`, observed up to the end of that day. */
export function summarize(transactions: Transactions, until: string, unit: TimeUnit): CustomerSummary[] {
  const length = daysOfUnit(unit);
  return [...transactions].flatMap(([customer, all]) => {
    const seen = all.filter(({ day }) => day <= until);
    const [first, ...repeats] = seen;
    if (!first) return [];
    const total = repeats.reduce((sum, { value }) => sum + value, 0);
    return [
      {
        customer,
        frequency: repeats.length,
        recency: daysBetween(first.day, repeats.at(-1)?.day ?? first.day) / length,
        age: daysBetween(first.day, until) / length,
        meanValue: repeats.length ? total / repeats.length : 0,
      },
    ];
  });
}

export type History = Pick<CustomerSummary, 'frequency' | 'recency' | 'age'>;

/** Equal histories once, with how many customers have them. */
export function compress(customers: readonly History[]): (History & { count: number })[] {
  const rows: (History & { count: number })[] = [];
  const places = new Map<number, Map<number, Map<number, number>>>();
  for (const { frequency, recency, age } of customers) {
    const ofFrequency = places.get(frequency) ?? new Map<number, Map<number, number>>();
    places.set(frequency, ofFrequency);
    const ofRecency = ofFrequency.get(recency) ?? new Map<number, number>();
    ofFrequency.set(recency, ofRecency);
    const known = rows[ofRecency.get(age) ?? -1];
    if (known) known.count++;
    else {
      ofRecency.set(age, rows.length);
      rows.push({ frequency, recency, age, count: 1 });
    }
  }
  return rows;
}
