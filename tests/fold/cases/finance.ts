/** What does money come to? Paid out on 12 March; ads over March. */
import { aCost, anAdjustment, anOrder, aRefund, aSettlement } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const order = anOrder();
const statement = '2026-03-12';
const secondRow = aSettlement({ settledAmount: -940, settledAt: '2026-03-25T14:00:00Z' }, { id: 's-2' });
const twoDays = { from: '2026-03-01', to: '2026-03-02' };

export const finance: Case[] = [
  {
    kpi: 'settledAmount',
    says: 'what was paid out on the day of the statement',
    events: [order, aSettlement()],
    gives: { [statement]: 3360 },
  },
  {
    kpi: 'settledAmount',
    says: 'a second row of an order on its own day',
    events: [order, aSettlement(), secondRow],
    gives: { [statement]: 3360, '2026-03-25': -940 },
  },
  { kpi: 'settledAmount', says: 'no estimate', events: [order, aSettlement({ estimated: true })], gives: {} },
  {
    kpi: 'settlementFees',
    says: 'each kind of fee, costs negative',
    by: 'feeKind',
    events: [order, aSettlement()],
    gives: { [`${statement}#platform`]: -240, [`${statement}#affiliate`]: -400 },
  },
  {
    kpi: 'settledAdjustments',
    says: 'what belongs to no order, by kind',
    by: 'adjustmentKind',
    events: [anAdjustment(), anAdjustment({ kind: 'advertising', amount: -100 }, { id: 'a-2' })],
    gives: { [`${statement}#penalty`]: -2500, [`${statement}#advertising`]: -100 },
  },
  { kpi: 'payouts', says: 'both together', events: [order, aSettlement(), anAdjustment()], gives: { [statement]: 860 } },
  {
    kpi: 'adSpend',
    says: 'ads in equal parts over their days, the odd cent first',
    events: [aCost({ amount: 1001, ...twoDays })],
    gives: { '2026-03-01': 501, '2026-03-02': 500 },
  },
  {
    kpi: 'adSpend',
    says: 'for its campaign',
    by: 'campaign',
    events: [aCost({ amount: 1000, ...twoDays })],
    gives: { '2026-03-01#spring': 500, '2026-03-02#spring': 500 },
  },
  { kpi: 'adSpend', says: 'no other cost', events: [aCost({ kind: 'samples' })], gives: {} },
  {
    kpi: 'otherSpend',
    says: 'each kind but ads',
    by: 'costKind',
    events: [aCost({ kind: 'samples', amount: 1000, ...twoDays }), aCost({}, { id: 'k-2' })],
    gives: { '2026-03-01#samples': 500, '2026-03-02#samples': 500 },
  },
  {
    kpi: 'marketingEfficiency',
    says: 'net sales ÷ ad spend',
    events: [order, aCost({ amount: 1000, ...twoDays }), aRefund({ completedAt: '2026-03-02T14:00:00Z' })],
    gives: { '2026-03-01': [1900, 500], '2026-03-02': [-1000, 500] },
  },
  {
    kpi: 'adCostRatio',
    says: 'ad spend ÷ net sales',
    events: [order, aCost({ amount: 500, from: '2026-03-01', to: '2026-03-01' })],
    gives: { '2026-03-01': [500, 1900] },
  },
];
