/** What do reports about the simulated shop have to say? Counted from the plan itself, without any record or event. */
import { dayOf, toLocal } from '../../../shared/time.ts';
import { type Plan, paidFor, settlementOf, statementTimeOf } from './plan.ts';

/** Numbers of one local day, without samples; amounts in cents. */
export interface DayOfTruth {
  /** Paid orders; cancelled ones included, cash on delivery not. */
  orders: number;
  /** What buyers paid, cash on delivery on the day of the order. */
  gmv: number;
  /** Goods given back. */
  refunds: number;
  settled: number;
}

/** Truth by local day, as known at `now` (seconds). */
export function truthOf({ orders }: Plan, now: number, timeZone: string): Map<string, DayOfTruth> {
  const days = new Map<string, DayOfTruth>();
  const add = (at: number | undefined, field: keyof DayOfTruth, amount: number) => {
    if (at === undefined || at > now) return;
    const day = dayOf(toLocal(at * 1000, [{ from: '', zone: timeZone }]));
    const known = days.get(day) ?? { orders: 0, gmv: 0, refunds: 0, settled: 0 };
    known[field] += amount;
    days.set(day, known);
  };
  for (const order of orders.filter(({ isSample }) => !isSample)) {
    add(order.paidAt, 'orders', 1);
    add(order.isCod ? order.createdAt : order.paidAt, 'gmv', paidFor(order.units) + order.shipping);
    for (const refund of [order.return, order.cancellation]) if (refund) add(refund.completedAt, 'refunds', refund.goods);
    const at = statementTimeOf(order);
    if (at !== undefined) add(at, 'settled', settlementOf(order, at).settled);
  }
  return days;
}
