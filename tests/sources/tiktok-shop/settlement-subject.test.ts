/** Is a payout the same whether a file of Seller Center or the API tells it, and does its estimate end? */
import { expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { type Payout, payoutEvent } from '../../../shared/sources/seller-center/map/settlements.ts';
import { statementEvents, unsettledEvents } from '../../../shared/sources/tiktok-shop/settlement.ts';
import { shop as jakarta, valid } from './fixtures.ts';
import { newestOf } from './world.ts';

const orderId = '576463220456522968';
const transaction = { id: '1', order_id: orderId, settlement_amount: '130', revenue_amount: '200' };
const fromFile = (timeZone: string, settledDay: string | undefined) => {
  const payout: Payout = {
    id: orderId,
    where: 'line 2',
    type: 'Order',
    isOrder: true,
    settledDay,
    relatedOrderId: undefined,
    statementId: undefined,
    rows: 1,
    amounts: { settledAmount: 13_000 },
    fees: new Map(),
    residual: 0,
    problems: [],
  };
  const mapped = payoutEvent(payout, { creatorId: 'c-1', currency: 'USD', zone: timeZone }, Date.UTC(2026, 2, 20));
  return 'event' in mapped ? mapped.event.subject : undefined;
};

it.each([
  ['America/Los_Angeles', '2026-03-12T00:00:00Z', '2026-03-11'],
  ['America/Los_Angeles', '2026-03-12T07:00:00Z', '2026-03-12'],
  ['Asia/Jakarta', '2026-03-11T17:00:00Z', '2026-03-12'],
  ['Europe/London', '2026-03-29T23:00:00Z', '2026-03-30'],
])('in %s a statement of %s is of %s, in a file and from the API', (timeZone, at, day) => {
  const statement = { id: '7238', currency: 'USD', statement_time: Date.parse(at) / 1000 };
  const readAt = Date.parse(at) + 3_600_000;
  const [payout] = valid(statementEvents(statement, [transaction], { ...jakarta, timeZone }, readAt, newNotes()));
  expect(payout?.subject).toBe(`order/${orderId}/settlement/${day}`);
  expect(payout?.subject).toBe(fromFile(timeZone, day));
  expect(payout?.data.statementId).toBe('7238');
});

it('ends the estimate of the order, whether that was read before or from a file', () => {
  const estimated = { ...transaction, currency: 'USD', est_settlement_amount: '125', est_revenue_amount: '190' };
  const at = Date.UTC(2026, 2, 12);
  const estimate = unsettledEvents([estimated], jakarta, at - 1000, newNotes());
  const statement = { id: '7238', currency: 'USD', statement_time: at / 1000 };
  const settled = statementEvents(statement, [transaction], jakarta, at + 1000, newNotes());
  expect(estimate[0]?.subject).toBe(fromFile('Asia/Jakarta', undefined));
  for (const events of [
    [...estimate, ...settled],
    [...settled, ...estimate],
  ]) {
    const newest = newestOf(valid(events));
    const total = [...newest.values()].reduce((sum, { data }) => sum + Number(data.settledAmount), 0);
    expect(total).toBe(13_000);
  }
  // Without the event that ends it, both would count.
  expect(newestOf([...estimate, ...settled.slice(0, 1)]).size).toBe(2);
});
