/** How many orders run out of time? Open ones, by the hours left to their ship-by. */
import { type OpenEntity, readOpen } from '../store/open-orders.ts';
import type { Scope } from './scope.ts';

/** Those with hours left from (null: any number below) to less than `to`. */
export interface Share {
  from: number | null;
  to: number;
  value: number;
}

export interface AtRisk {
  value: number;
  breakdown: Share[];
  orders: OpenEntity[];
}

const anHour = 3_600_000;

/** Hours from now (ms) to a deadline; negative when it has passed. */
export const hoursLeft = (due: string, now: number): number => (Date.parse(due) - now) / anHour;

/** Open orders with less than the most of these hours left, and how they fall between them. */
export async function readAtRisk({ table, partition, now }: Scope, hours: number[]): Promise<AtRisk> {
  const limits = hours.toSorted((a, b) => a - b);
  const orders = await readOpen(table, partition, new Date(now + (limits.at(-1) ?? 0) * anHour).toISOString());
  const breakdown = limits.map((to, i): Share => {
    const from = limits[i - 1] ?? null;
    const value = orders.filter(({ due }) => {
      const left = hoursLeft(due, now);
      return left < to && (from === null || left >= from);
    }).length;
    return { from, to, value };
  });
  return { value: orders.length, breakdown, orders };
}
