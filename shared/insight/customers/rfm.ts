/** Which customers are the best, and which are slipping away? Quintiles of recency, frequency and money within the shop. */
import { daysBetween } from '../../time.ts';
import type { Transactions } from './transactions.ts';

type Score = 1 | 2 | 3 | 4 | 5;

export const rfmGroups = ['champions', 'loyal', 'promising', 'new', 'needsAttention', 'atRisk', 'cannotLose', 'dormant'] as const;
export type RfmGroup = (typeof rfmGroups)[number];

export interface RfmCustomer {
  customer: string;
  /** Since the last purchase. */
  days: number;
  orders: number;
  money: number;
  recency: Score;
  frequency: Score;
  monetary: Score;
  group: RfmGroup;
}

/**
 * Scores by the share of customers that are worse: the best fifth is 5. Equal values have equal scores, so that a shop where most bought once
 * has few scores between. With fewer than five customers scores say little.
 */
function scores(values: readonly number[]): Score[] {
  const sorted = values.toSorted((a, b) => a - b);
  const worse = new Map<number, number>();
  for (const [place, value] of sorted.entries()) if (!worse.has(value)) worse.set(value, place);
  return values.map((value) => (Math.floor((5 * (worse.get(value) ?? 0)) / values.length) + 1) as Score);
}

/** The group by recency and the mean of frequency and money, as Shopify pairs them; borders and names are our own. */
function groupOf(recency: Score, both: number): RfmGroup {
  if (recency >= 4) return both >= 4 ? 'champions' : both >= 3 ? 'loyal' : both >= 2 ? 'promising' : 'new';
  if (recency === 3) return both >= 4 ? 'loyal' : 'needsAttention';
  if (both >= 4) return 'cannotLose';
  return both >= 2.5 ? 'atRisk' : 'dormant';
}

/** Every customer who bought up to `until`; money is the value of all transactions. */
export function rfmOf(transactions: Transactions, until: string): RfmCustomer[] {
  const known = [...transactions].flatMap(([customer, all]) => {
    const seen = all.filter(({ day }) => day <= until);
    const last = seen.at(-1);
    if (!last) return [];
    return [
      {
        customer,
        days: daysBetween(last.day, until),
        orders: seen.length,
        money: seen.reduce((sum, { value }) => sum + value, 0),
      },
    ];
  });
  const recency = scores(known.map(({ days }) => -days));
  const frequency = scores(known.map(({ orders }) => orders));
  const monetary = scores(known.map(({ money }) => money));
  return known.map((one, i) => {
    const [r, f, m] = [recency[i] ?? 1, frequency[i] ?? 1, monetary[i] ?? 1];
    return { ...one, recency: r, frequency: f, monetary: m, group: groupOf(r, (f + m) / 2) };
  });
}
