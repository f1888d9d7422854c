/** An affiliate who got two samples or more, had sixty days for each, and sold nothing ever. At stake is what the same samples would cost again. */
import type { Rule } from '../rule.ts';

const leastSent = 2;

export const samplesUnsold: Rule = {
  name: 'samples_unsold',
  link: { screen: 'content', query: {} },
  judgedAfterDays: 60,
  find: ({ matured, samples }) =>
    [...matured].flatMap(([affiliate, { sent, cost }]) => {
      if (affiliate === '' || sent < leastSent || cost <= 0 || (samples.get(affiliate)?.orders ?? 0) > 0) return [];
      return [
        {
          about: { kind: 'affiliate', value: affiliate },
          money: { expected: cost, lower: null, upper: null },
          confidence: 'medium',
          evidence: [{ name: 'sent', value: sent, unit: 'count' }],
        },
      ];
    }),
};
