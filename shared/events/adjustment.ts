/** What does an adjustment say? Money that a statement adds or takes and that is no payout of an order: a penalty, a reimbursement, ads paid out of sales. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { currency, exchangeRate, happened, id, signedMoney, text } from './fields.ts';

export const adjustment = entity({
  name: 'adjustment',
  about: 'A statement’s line that is no payout of an order: penalty, reimbursement, ads paid out of sales, estimated or final.',
  subject: 'adjustment/{adjustmentId}/{statementId}',
  schema: z.looseObject({
    kind: text(40).describe('advertising, penalty, tax, shipping or adjustment'),
    reason: text().optional().describe('in the platform’s words'),
    settledAt: happened().optional(),
    estimated: z.boolean().optional(),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
    amount: signedMoney().describe('what is taken is negative'),
    relatedOrderId: id().optional().describe('the order that it is about; it changes no amount of it'),
  }),
  dimensions: { adjustmentKind: 'kind' },
  example: {
    subject: 'adjustment/a-1/2026-03-12',
    time: '2026-03-12T00:00:00Z',
    data: {
      kind: 'penalty',
      reason: 'Violation fee',
      settledAt: '2026-03-12T00:00:00Z',
      estimated: false,
      currency: 'USD',
      amount: -2500,
    },
  },
});
