/** What exactly comes of money at TikTok Shop that goes back, is paid out, or is written for people? */
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf, type Raw } from '../../../shared/sources/record.ts';
import { localisedAmount } from '../../../shared/sources/tiktok-shop/localised-amount.ts';
import { cancellationEvents, returnEvents } from '../../../shared/sources/tiktok-shop/refund.ts';
import { statementEvents, unsettledEvents } from '../../../shared/sources/tiktok-shop/settlement.ts';
import { answerOf, at, order, readAt, shop, valid } from './fixtures.ts';

describe('money that goes back', () => {
  const amount = { currency: 'USD', refund_total: '1.23', refund_subtotal: '1', refund_shipping_fee: '0.2', refund_tax: '0.03' };
  const times = { create_time: at('2026-03-09T08:00:00Z'), update_time: at('2026-03-10T09:00:00Z') };
  const returned = (changed: Raw = {}): Raw => ({
    order_id: '1',
    return_id: '4035318504086604100',
    return_type: 'REFUND',
    return_status: 'RETURN_OR_REFUND_REQUEST_COMPLETE',
    return_line_items: [{ order_line_item_id: '577086512123755123', sku_id: '2729382476852921560', refund_amount: amount }],
    refund_amount: amount,
    ...times,
    ...changed,
  });
  const cancelled = (changed: Raw = {}): Raw => ({
    order_id: '1',
    cancel_id: '4035318504086604100',
    cancel_status: 'CANCELLATION_REQUEST_COMPLETE',
    role: 'SELLER',
    cancel_line_items: [],
    refund_amount: amount,
    should_replenish_stock: true,
    ...times,
    ...changed,
  });

  it('has left at COMPLETE', () => {
    expect(valid(returnEvents(returned(), order(), shop, newNotes()))[0]?.data).toMatchObject({
      status: 'completed',
      requestedAt: '2026-03-09T08:00:00Z',
      completedAt: '2026-03-10T09:00:00Z',
      goodsAmount: 100,
      shippingAmount: 20,
      taxAmount: 3,
      lines: [{ productId: '1729582718312380123', sku: '2729382476852921560', quantity: 1, goodsAmount: 100 }],
    });
  });
  it.each([
    ['RETURN_OR_REFUND_REQUEST_PENDING', 'requested'],
    ['RETURN_OR_REFUND_REQUEST_SUCCESS', 'approved'],
    ['AWAITING_BUYER_SHIP', 'approved'],
    ['REFUND_OR_RETURN_REQUEST_REJECT', 'rejected'],
    ['RETURN_OR_REFUND_REQUEST_CANCEL', 'cancelled'],
    ['SOMETHING_NEW', 'something_new'],
  ])('has not left at %s', (return_status, status) => {
    const [event] = valid(returnEvents(returned({ return_status }), order(), shop, newNotes()));
    expect(event?.data.status).toBe(status);
    expect(event?.data).not.toHaveProperty('completedAt');
  });
  it('of a return and of a cancellation with the same number are two refunds', () => {
    const subjects = [
      ...returnEvents(returned(), order(), shop, newNotes()),
      ...cancellationEvents(cancelled(), order(), shop, newNotes()),
    ];
    expect(new Set(subjects.map(({ subject }) => subject)).size).toBe(2);
  });
  it('of a replacement is none', () => {
    const notes = newNotes();
    expect(returnEvents(returned({ return_type: 'REPLACEMENT', refund_amount: undefined }), order(), shop, notes)).toEqual([]);
    expect(notes.skipped.get('return without money')?.count).toBe(1);
  });
  it('of an order that was never paid is none', () => {
    const notes = newNotes();
    expect(cancellationEvents(cancelled(), order({ paid_time: undefined }), shop, notes)).toEqual([]);
    expect(notes.skipped.get('cancellation without money')?.count).toBe(1);
  });
  it('is at the fault of the seller who cancelled', () => {
    expect(valid(cancellationEvents(cancelled(), order(), shop, newNotes()))[0]?.data.fault).toBe('seller');
  });
  it('stays with the refund where the product of a line is not known', () => {
    expect(valid(returnEvents(returned(), undefined, shop, newNotes()))[0]?.data).toMatchObject({ goodsAmount: 100, lines: [] });
  });
});

describe('a settlement', () => {
  const statement = { id: '7238804564097517339', currency: 'USD', statement_time: at('2026-03-12T00:00:00Z') };
  const transaction = (changed: Raw = {}): Raw => ({
    id: '1',
    order_id: '576463220456522968',
    settlement_amount: '130',
    revenue_amount: '200',
    shipping_cost_amount: '-40',
    shipping_cost_breakdown: { actual_shipping_fee_amount: '-40', supplementary_component: { fbm_shipping_cost_amount: '-99' } },
    fee_tax_amount: '-30',
    fee_tax_breakdown: {
      fee: { referral_fee_amount: '-20', affiliate_commission_amount: '-8', affiliate_commission_amount_before_pit: '-9' },
      tax: { vat_amount: '-2' },
    },
    ...changed,
  });
  const settled = (all: Raw[], notes = newNotes()) => valid(statementEvents(statement, all, shop, readAt, notes));

  it('is what the platform says it settled, with fees by kind; what only explains is not added', () => {
    const notes = newNotes();
    settled([transaction()], notes);
    expect(notes).toEqual(newNotes());
    expect(settled([transaction()])[0]?.data).toEqual({
      settledAt: '2026-03-12T00:00:00Z',
      estimated: false,
      currency: 'USD',
      settledAmount: 13_000,
      revenue: 20_000,
      residual: 0,
      statementId: '7238804564097517339',
      fees: [
        { kind: 'shipping', name: 'actual_shipping_fee_amount', amount: -4000 },
        { kind: 'platform', name: 'referral_fee_amount', amount: -2000 },
        { kind: 'affiliate', name: 'affiliate_commission_amount', amount: -800 },
        { kind: 'tax', name: 'vat_amount', amount: -200 },
      ],
    });
  });
  it('keeps the residual where its parts do not come to it, as in the example of the vendor (200 − 70 − 30 is 130 there)', () => {
    const answer = answerOf('finance/get-transactions-by-statement');
    const [event] = settled(listOf(answer.transactions));
    expect(event?.data).toMatchObject({ settledAmount: 13_000, revenue: 20_000 });
    type Settled = { settledAmount: number; revenue: number; residual: number; fees: { amount: number }[] };
    const { settledAmount, revenue, residual, fees } = (event?.data ?? {}) as unknown as Settled;
    expect(revenue + fees.reduce((sum, fee) => sum + fee.amount, 0) + residual).toBe(settledAmount);
    expect(residual).toBe(13_000 - (20_000 - 7000 - 3000 + 17_000));
  });
  it('keeps what a total of fees holds beyond its parts', () => {
    const fees = settled([transaction({ fee_tax_amount: '-35' })])[0]?.data.fees;
    expect(fees).toContainEqual({ kind: 'other', name: 'fee_tax_unexplained', amount: -500 });
  });
  it('keeps a fee that nobody knows as other, and counts it', () => {
    const notes = newNotes();
    const fee_tax_breakdown = { fee: { moon_fee_amount: '-30' } };
    expect(settled([transaction({ fee_tax_breakdown })], notes)[0]?.data.fees).toContainEqual({
      kind: 'other',
      name: 'moon_fee_amount',
      amount: -3000,
    });
    expect(notes.unknown.get('fee moon_fee_amount')?.count).toBe(1);
  });
  it('adds up the transactions of one order', () => {
    const events = settled([transaction(), transaction({ id: '2', settlement_amount: '-10', revenue_amount: '0' })]);
    expect(events.map(({ data }) => data.settledAmount)).toEqual([12_000, 0]);
  });
  it('of no order is an adjustment under its own number, final or estimated, and the final one ends the estimate', () => {
    const penalty = { id: '3', type: 'VIOLATION_FEE', adjustment_id: '99', adjustment_order_id: '57', settlement_amount: '-5' };
    const [final, ended] = settled([penalty]);
    const about = { kind: 'penalty', reason: 'VIOLATION_FEE', currency: 'USD', relatedOrderId: '57' };
    expect(final).toMatchObject({
      subject: 'adjustment/99/2026-03-12',
      data: { ...about, amount: -500, estimated: false, settledAt: '2026-03-12T00:00:00Z' },
    });
    const estimate = { ...penalty, currency: 'USD', est_settlement_amount: '-6' };
    expect(valid(unsettledEvents([estimate], shop, readAt, newNotes()))).toMatchObject([
      { subject: 'adjustment/99/estimate', data: { ...about, amount: -600, estimated: true } },
    ]);
    expect(ended).toMatchObject({ subject: 'adjustment/99/estimate', data: { amount: 0, superseded: true } });
    expect(settled([{ ...penalty, type: 'MOON_FEE' }])[0]?.data).toMatchObject({ kind: 'adjustment', reason: 'MOON_FEE' });
  });
});

describe('an amount written for people', () => {
  it.each([
    ['Rp9.900', 'IDR', 990_000],
    ['Rp 1.234.567', 'IDR', 123_456_700],
    ['Rp9.900,50', 'IDR', 990_050],
    ['250', 'IDR', 25_000],
    ['$1,234.50', 'USD', 123_450],
    ['R$ 1.234,50', 'BRL', 123_450],
    ['฿1,234.50', 'THB', 123_450],
    ['₫150.000', 'VND', 150_000],
    ['-Rp9.900', 'IDR', -990_000],
  ])('%s of %s is %i', (text, currency, minor) => expect(localisedAmount(text, currency)).toBe(minor));
  it.each([
    ['Rp1.00', 'IDR'],
    ['Rp9,900.50', 'IDR'],
    ['Rp9.900', 'USD'],
    ['9,900', 'IDR'],
    ['€9,90', 'EUR'],
    ['Rp', 'IDR'],
    ['free', 'USD'],
  ])('%s of %s is refused', (text, currency) => {
    expect(() => localisedAmount(text, currency)).toThrow(`${text} cannot be read as an amount of ${currency}`);
  });
});
