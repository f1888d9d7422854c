/** A product that likely runs out before an order of today can arrive. At stake are the sales that are missed until then. */
import { addDays } from '../../../time.ts';
import type { Rule } from '../rule.ts';

export const runsOut: Rule = {
  name: 'runs_out',
  link: { screen: 'stock', query: {} },
  judgedAfterDays: 14,
  find: ({ stockToday, stock }) =>
    stock.flatMap(({ sku, productId, available, incoming, isLate, suggested, runsOut, chanceWithinWeek, atRisk, terms }) => {
      const arrives = stockToday && addDays(stockToday, terms.leadDays + terms.safetyDays);
      if (!arrives || runsOut === null || runsOut >= arrives || !atRisk || atRisk.money <= 0) return [];
      return [
        {
          about: { kind: 'product', value: productId ?? sku, sku },
          money: { expected: atRisk.money, lower: atRisk.lower, upper: atRisk.upper },
          confidence: (chanceWithinWeek ?? 0) >= 0.9 ? 'high' : 'medium',
          evidence: [
            { name: 'available', value: available, unit: 'count' },
            { name: 'incoming', value: incoming, unit: 'count' },
            // Where what is on its way is enough until a later order, one of today does not help.
            { name: 'suggested', value: isLate ? (suggested ?? 0) : 0, unit: 'count' },
          ],
        },
      ];
    }),
};
