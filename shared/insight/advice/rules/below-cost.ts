/**
 * A product that brings less than its goods, fees, commission and shipping cost. At stake is what it loses in 30 days at the pace of this
 * month and the one before; the limits are those of how many units sell (a count varies by its root).
 */
import { netSalesOf, profitOf } from '../../../kpis/profit-steps.ts';
import type { Rule } from '../rule.ts';

/** Fewer units say little of a price. */
const leastUnits = 10;
const ahead = 30;

export const belowCost: Rule = {
  name: 'below_cost',
  link: { screen: 'profit', query: {} },
  judgedAfterDays: 28,
  find: ({ profit, profitDays }) =>
    [...profit].flatMap(([productId, amounts]) => {
      const { units, costedSales, namedSales, estimatedFees } = amounts;
      // Samples of it are another question.
      const loss = amounts.samples - profitOf(amounts);
      const isCosted = costedSales === namedSales && netSalesOf(amounts) > 0;
      if (productId === '' || units < leastUnits || !isCosted || loss <= 0 || profitDays <= 0) return [];
      const expected = (loss * ahead) / profitDays;
      const share = 1.2816 / Math.sqrt(units);
      return [
        {
          about: { kind: 'product', value: productId },
          money: {
            expected: Math.round(expected),
            lower: Math.floor(expected * Math.max(0, 1 - share)),
            upper: Math.ceil(expected * (1 + share)),
          },
          confidence: estimatedFees === 0 ? 'high' : 'medium',
          evidence: [
            { name: 'lossPerUnit', value: Math.round(loss / units), unit: 'money' },
            { name: 'unitCount', value: units, unit: 'count' },
          ],
        },
      ];
    }),
};
