/** Orders that final statements paid less for than their sales and fees come to, and of which nothing was refunded. At stake is what is missing. */
import type { Rule } from '../rule.ts';

export const paidShort: Rule = {
  name: 'paid_short',
  link: { screen: 'money', query: {} },
  judgedAfterDays: 28,
  find: ({ payouts }) => {
    if (!payouts) return [];
    const orders = payouts.short.orders - payouts.shortRefunded.orders;
    const missing = payouts.shortRefunded.amount - payouts.short.amount;
    if (orders <= 0 || missing <= 0) return [];
    return [
      {
        about: null,
        money: { expected: missing, lower: null, upper: null },
        confidence: 'high',
        evidence: [{ name: 'orderCount', value: orders, unit: 'count' }],
      },
    ];
  },
};
