/** What was paid out, what was kept from it, and what was spent on ads and the rest? On the day of the statement, and of the spend. */
import { is, measure, not, ratio, spread, sum, topic } from './language.ts';

const final = not(is('estimated', true));

// biome-ignore format: a KPI reads as an entry of the dictionary
export const finance = topic({
  name: 'finance',
  title: 'Money',
  kpis: {
    settledAmount: measure({
      of: 'settlement', at: 'settledAt', add: 'settledAmount', when: final, by: ['channel'], since: 4,
      title: 'Settled', unit: 'money', better: 'up', basis: 'settled', source: 'TikTok Finance',
      formula: 'Σ settled per statement line of an order, on the day of the statement; estimates not among it',
    }),
    settlementFees: measure({
      of: 'settlement', at: 'settledAt', add: 'fees.amount', when: final, by: ['feeKind', 'channel'], since: 4,
      title: 'Fees in statements', unit: 'money', better: 'neither', basis: 'settled', source: 'TikTok Finance',
      formula: 'Σ fees of statement lines: a cost is negative, a fee given back positive',
    }),
    settledAdjustments: measure({
      of: 'adjustment', at: 'settledAt', add: 'amount', when: final, by: ['adjustmentKind'], since: 4,
      title: 'Penalties and reimbursements', unit: 'money', better: 'neither', basis: 'settled', source: 'TikTok Finance',
      formula: 'Σ statement lines that belong to no order, ads paid out of sales among them',
    }),
    payouts: sum({
      plus: ['settledAmount', 'settledAdjustments'], since: 4,
      title: 'Paid out', unit: 'money', better: 'up', basis: 'settled', source: 'TikTok Finance',
      formula: 'settled + penalties and reimbursements',
    }),
    adSpend: measure({
      of: 'cost', at: spread('from', 'to'), add: 'amount', when: is('kind', 'ads'), by: ['campaign'], since: 4,
      title: 'Ad spend', unit: 'money', better: 'neither', basis: 'spend', source: 'Triple Whale, Polar',
      formula: 'Σ spend on ads, in equal parts over its days',
    }),
    otherSpend: measure({
      of: 'cost', at: spread('from', 'to'), add: 'amount', when: not(is('kind', 'ads')), by: ['costKind'], since: 4,
      title: 'Other spend', unit: 'money', better: 'down', basis: 'spend', source: 'Creator Analytics',
      formula: 'Σ samples, fixed creator fees, packaging, subscriptions and other costs, in equal parts over their days',
    }),
    marketingEfficiency: ratio('netSales', 'adSpend', {
      title: 'Marketing efficiency (MER)', better: 'up', basis: 'mixed', source: 'Polar', since: 4,
      formula: 'net sales ÷ ad spend; Triple Whale calls the inverse MER',
    }),
    adCostRatio: ratio('adSpend', 'netSales', {
      title: 'Ad cost ratio', better: 'down', basis: 'mixed', source: 'Triple Whale, as MER', since: 4,
      formula: 'ad spend ÷ net sales',
    }),
  },
});
