/** Orders whose ship-by has gone by: buyers may cancel them, and the platform counts them. At stake are their sales. */
import type { Rule } from '../rule.ts';

export const lateOrders: Rule = {
  name: 'late_orders',
  link: { screen: 'rows', query: { atRisk: 'true' } },
  judgedAfterDays: 1,
  find: ({ late: { orders, sales } }) =>
    orders === 0
      ? []
      : [
          {
            about: null,
            money: { expected: sales, lower: null, upper: null },
            confidence: 'high',
            evidence: [{ name: 'orderCount', value: orders, unit: 'count' }],
          },
        ],
};
