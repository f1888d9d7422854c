/** What is stored of fulfilment? A document for each local month: of each day's paid orders how many reached a step, after how long. */
import type { AthenaRow } from '../../lake/athena.ts';
import { monthOf } from '../../time.ts';
import { fulfilmentSteps } from './sql.ts';

export const fulfilmentReport = 'fulfilment';

/** Of each step, in order: bucket, orders, bucket, orders … by bucket; bucket −1: the step before has no time. */
export interface FulfilmentMonth {
  month: string;
  days: { [day: string]: number[][] };
}

export function fulfilmentMonths(rows: AthenaRow[]): Map<string, FulfilmentMonth> {
  const months = new Map<string, FulfilmentMonth>();
  for (const [day, some] of [...Map.groupBy(rows, (row) => row.day ?? '')].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const month = monthOf(day);
    const document = months.get(month) ?? { month, days: {} };
    const pairs = some.map((row): [number, number, number] => [Number(row.step), Number(row.bucket), Number(row.orders)]);
    document.days[day] = fulfilmentSteps.map((_, i) =>
      pairs
        .filter(([step]) => step === i)
        .sort(([, a], [, b]) => a - b)
        .flatMap(([, bucket, orders]) => [bucket, orders]),
    );
    months.set(month, document);
  }
  return months;
}

export interface StepCount {
  /** Orders that reached it. */
  orders: number;
  /** Of those whose step before has a time: orders by bucket. */
  lasted: Map<number, number>;
}

/** Steps of the orders paid on the days of a range. */
export function stepsIn(months: FulfilmentMonth[], from: string, to: string): StepCount[] {
  const counts = fulfilmentSteps.map((): StepCount => ({ orders: 0, lasted: new Map() }));
  for (const { days } of months)
    for (const [day, steps] of Object.entries(days)) {
      if (day < from || day > to) continue;
      for (const [i, count] of counts.entries()) {
        const pairs = steps[i] ?? [];
        for (let at = 0; at < pairs.length; at += 2) {
          const [bucket = -1, orders = 0] = pairs.slice(at, at + 2);
          count.orders += orders;
          if (bucket >= 0) count.lasted.set(bucket, (count.lasted.get(bucket) ?? 0) + orders);
        }
      }
    }
  return counts;
}
