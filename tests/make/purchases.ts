/** A shop whose customers buy exactly as a model says, with parameters that are known: days from 2025-01-01, money around 20. */

import type { PurchaseModel, PurchaseParameters } from '../../shared/insight/customers/purchase-model.ts';
import { randomOf } from '../../shared/insight/customers/random.ts';
import type { Purchase } from '../../shared/insight/customers/transactions.ts';
import { addDays } from '../../shared/time.ts';

export interface SimulatedShop {
  model: PurchaseModel;
  /** In weeks. */
  parameters: PurchaseParameters;
  spending?: { p: number; q: number; v: number };
  customers: number;
  /** First purchases fall into so many weeks, all purchases into so many. */
  arrivalWeeks: number;
  weeks: number;
  seed: number;
}

export const firstDay = '2025-01-01';

export function simulatePurchases({
  model,
  parameters,
  spending,
  customers,
  arrivalWeeks,
  weeks,
  seed,
}: SimulatedShop): Purchase[] {
  const random = randomOf(seed);
  const { r, alpha, a, b } = parameters;
  const { p, q, v } = spending ?? { p: 6, q: 4, v: 10 };
  return Array.from({ length: customers }, (_, i): Purchase[] => {
    const [rate, dropOut, scale] = [random.gamma(r) / alpha, random.beta(a, b), random.gamma(q) / v];
    const log: Purchase[] = [];
    const buy = (week: number): void => {
      const value = Math.max(1, Math.round((100 * random.gamma(p)) / scale)) / 100;
      log.push({ customer: `k-${i}`, day: addDays(firstDay, Math.floor(week * 7)), value });
    };
    let week = arrivalWeeks * random.uniform();
    buy(week);
    if (model === 'mbg-nbd' && random.uniform() < dropOut) return log;
    for (;;) {
      week -= Math.log(random.uniform()) / rate;
      if (!(week < weeks)) return log;
      buy(week);
      if (random.uniform() < dropOut) return log;
    }
  }).flat();
}
