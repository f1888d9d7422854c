/** How does a test say what happened to an order? Whole valid snapshots by default, with what matters said in the call. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { makeEvent } from './events.ts';

type Data = Record<string, unknown>;

/** Which entity it is and which version of it; the defaults name one order and one part of each kind. */
export interface Named {
  order?: string;
  id?: string;
  version?: number;
  creator?: string;
}

/** Fields set to undefined are left out, so that a call can take a default away. */
const given = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

const make = (entity: string, subject: string, data: Data, { version = 1, creator }: Named, time = '2026-03-01T14:03:00Z') =>
  makeEvent({ entity, subject, data: given(data), creator, version, time });

/** A line of 2 × 10.00 with a discount of 1.00 from the seller and 0.50 from the platform, and 0.80 of tax. */
export const aLine = (data: Data = {}): Data =>
  given({
    productId: 'p-1',
    sku: 's-1',
    category: 'beauty',
    quantity: 2,
    unitPrice: 1000,
    sellerDiscount: 100,
    platformDiscount: 50,
    tax: 80,
    ...data,
  });

/** An order of one line, placed on 1 March 2026 at 9:00 in New York and paid at 9:03; shipping 3.00. */
export const anOrder = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'order',
    `order/${named.order ?? 'o-1'}`,
    {
      status: 'paid',
      placedAt: '2026-03-01T14:00:00Z',
      paidAt: '2026-03-01T14:03:00Z',
      currency: 'USD',
      channel: 'live',
      lines: [aLine()],
      shippingCharged: 300,
      ...data,
    },
    named,
  );

const partOf = ({ order = 'o-1', id }: Named, kind: string): string => `order/${order}/${kind}/${id ?? `${kind[0]}-1`}`;

/** A parcel that has only its label, made on 1 March at 13:00 in New York for 4.12. */
export const aShipment = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'shipment',
    partOf(named, 'shipment'),
    { status: 'label_created', carrier: 'USPS', labelAt: '2026-03-01T18:00:00Z', labelCost: 412, region: 'US-CA', ...data },
    named,
  );

/** A refund of 10.00 for one unit of p-1, completed on 10 March. */
export const aRefund = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'refund',
    partOf(named, 'refund'),
    {
      completedAt: '2026-03-10T14:00:00Z',
      currency: 'USD',
      goodsAmount: 1000,
      lines: [{ productId: 'p-1', sku: 's-1', category: 'beauty', quantity: 1, goodsAmount: 1000 }],
      ...data,
    },
    named,
    '2026-03-10T14:00:00Z',
  );

/** Five stars for p-1, given on 6 March. */
export const aReview = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'review',
    partOf(named, 'review'),
    { productId: 'p-1', rating: 5, submittedAt: '2026-03-06T20:00:00Z', ...data },
    named,
    '2026-03-06T20:00:00Z',
  );

/** Ten requests without a failure at 9:03 in New York on 1 March. */
export const anOperationMinute = (
  data: Data = {},
  { minute = '2026-03-01T14:03Z', source = 'tiktok-shop', ...named }: Named & { minute?: string; source?: string } = {},
) => make('operation-minute', `operation/${source}/${minute}`, { requests: 10, ...data }, named, '2026-03-01T14:04:00Z');

/** A profile: New York, dollars. */
export const aCreator = (data: Data = {}, { creator = 'c-1', time = '2026-01-01T00:00:00Z', version = Date.parse(time) } = {}) =>
  make(
    'creator',
    `creator/${creator}`,
    { name: `Shop ${creator}`, timeZone: 'America/New_York', currency: 'USD', ...data },
    { creator, version },
    time,
  );

/** What a SKU had at the close of a day. */
export const aStockDay = (
  data: Data = {},
  { sku = 's-1', day = '2026-03-01', ...named }: Named & { sku?: string; day?: string } = {},
) => make('stock-day', `stock/${sku}@warehouse/${day}`, { productId: 'p-1', onHand: 5, ...data }, named);

/** 310.00 of ads over March. */
export const aCost = (data: Data = {}, named: Named = {}) =>
  make(
    'cost',
    `cost/${named.id ?? 'k-1'}`,
    { kind: 'ads', amount: 31_000, currency: 'USD', campaign: 'spring', from: '2026-03-01', to: '2026-03-31', ...data },
    named,
  );

/** 33.60 paid out on 12 March, after 2.40 for the platform and 4.00 for affiliates. */
export const aSettlement = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'settlement',
    partOf(named, 'settlement'),
    {
      settledAt: '2026-03-12T14:00:00Z',
      currency: 'USD',
      settledAmount: 3360,
      fees: [
        { kind: 'platform', amount: -240 },
        { kind: 'affiliate', amount: -400 },
      ],
      ...data,
    },
    named,
    '2026-03-12T14:00:00Z',
  );

/** A rose serum, listed at 19.99. */
export const aProduct = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'product',
    `product/${named.id ?? 'p-1'}`,
    { title: 'Rose serum', category: 'beauty', status: 'active', listPrice: 1999, currency: 'USD', ...data },
    named,
  );

/** 25.00 taken as a penalty on 12 March. */
export const anAdjustment = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'adjustment',
    `adjustment/${named.id ?? 'a-1'}/s-1`,
    { kind: 'penalty', settledAt: '2026-03-12T14:00:00Z', currency: 'USD', amount: -2500, ...data },
    named,
    '2026-03-12T14:00:00Z',
  );

/** A video's first day of March: 1,000 views, 40 clicks, 4 orders of 80.00 together. */
export const aContentDay = (
  data: Data = {},
  {
    content = 'v-1',
    kind = 'video',
    day = '2026-03-01',
    ...named
  }: Named & { content?: string; kind?: string; day?: string } = {},
): CloudEvent =>
  make(
    'content-day',
    `content/${kind}/${content}/${day}`,
    { views: 1000, clicks: 40, orders: 4, gmv: 8000, currency: 'USD', ...data },
    named,
    '2026-03-02T14:00:00Z',
  );

/** Two units for 20.00 that rosa's video sold on 1 March, with a commission of 2.00. */
export const anAffiliateSale = (data: Data = {}, named: Named = {}): CloudEvent =>
  make(
    'affiliate-sale',
    partOf(named, 'affiliate-sale'),
    {
      sku: 's-1',
      productId: 'p-1',
      creator: 'rosa',
      channel: 'video',
      contentId: 'v-1',
      soldAt: '2026-03-01T14:03:00Z',
      currency: 'USD',
      quantity: 2,
      paidAmount: 2000,
      estimatedCommission: 200,
      ...data,
    },
    named,
  );
