/** Which columns do your own files have? One table per file: what a cell is called, what it means, and where it goes. */

export type CellKind =
  | 'text'
  | 'id'
  | 'instant'
  | 'day'
  | 'day-or-instant'
  | 'money'
  | 'count'
  | 'level'
  | 'rate'
  | 'yes-no'
  | 'star';

export interface Column {
  name: string;
  kind: CellKind;
  /** Field of the snapshot; of a line where `line` is set. Absent: used for the subject or the version alone. */
  field?: string;
  isRequired?: boolean;
  /** What an empty cell says, in a column of the key. */
  fallback?: string;
  line?: boolean;
  note?: string;
}

export interface CsvTable {
  /** File name without ending; also how a single file is recognised. */
  file: string;
  entity: string;
  about: string;
  /** Columns whose values make up the subject, in order. */
  key: string[];
  subject: string;
  columns: Column[];
}

const required = (name: string, kind: CellKind, field?: string, note?: string): Column => ({
  name,
  kind,
  field,
  isRequired: true,
  note,
});
const optional = (name: string, kind: CellKind, field?: string, note?: string): Column => ({ name, kind, field, note });
const ofLine = (column: Column): Column => ({ ...column, line: true });

const creatorId = required('creator_id', 'id');
const updatedAt = optional('updated_at', 'instant', undefined, 'version of the row; the time of the file where empty');
const currency = optional('currency', 'text', 'currency', 'ISO 4217; the creator’s where empty');
const exchangeRate = optional('exchange_rate', 'rate', 'exchangeRate', 'units of the creator’s currency for one of the row’s');

export const csvTables: readonly CsvTable[] = [
  {
    file: 'creators',
    entity: 'creator',
    about: 'one row per creator',
    key: ['creator_id'],
    subject: 'creator/{creator_id}',
    columns: [
      creatorId,
      required('name', 'text', 'name'),
      required('time_zone', 'text', 'timeZone', 'IANA name; times without an offset are read in it'),
      required('currency', 'text', 'currency', 'ISO 4217'),
      optional('email', 'text', 'email'),
      optional('tier', 'text', 'tier'),
      optional('category', 'text', 'category'),
      optional('country', 'text', 'country', 'two letters'),
      optional('benchmark_consent', 'yes-no', 'benchmarkConsent'),
      updatedAt,
    ],
  },
  {
    file: 'products',
    entity: 'product',
    about: 'one row per product',
    key: ['creator_id', 'product_id'],
    subject: 'product/{product_id}',
    columns: [
      creatorId,
      required('product_id', 'id'),
      required('title', 'text', 'title'),
      optional('category', 'text', 'category'),
      optional('status', 'text', 'status'),
      optional('list_price', 'money', 'listPrice'),
      currency,
      exchangeRate,
      updatedAt,
    ],
  },
  {
    file: 'orders',
    entity: 'order',
    about: 'one row per line of an order; its rows repeat what is the order’s',
    key: ['creator_id', 'order_id'],
    subject: 'order/{order_id}',
    columns: [
      creatorId,
      required('order_id', 'id'),
      optional('status', 'text', 'status', 'follows from the times where empty'),
      required('placed_at', 'instant', 'placedAt'),
      optional('paid_at', 'instant', 'paidAt', 'empty: not yet a sale'),
      optional('cancelled_at', 'instant', 'cancelledAt'),
      optional('completed_at', 'instant', 'completedAt'),
      currency,
      exchangeRate,
      optional('channel', 'text', 'channel', 'live, video, product_card, shop or affiliate'),
      optional('campaign', 'text', 'campaign'),
      optional('content_id', 'id', 'contentId'),
      optional('affiliate', 'text', 'affiliate', 'who sold it, or to whom a sample is sent'),
      optional('buyer_key', 'text', 'buyerKey', 'a keyed hash, never a name or an address'),
      optional('shipping_charged', 'money', 'shippingCharged'),
      optional('ship_by', 'day-or-instant', 'shipBy', 'a day counts to its end'),
      optional('deliver_by', 'day-or-instant', 'deliverBy', 'a day counts to its end'),
      optional('cancellation_fault', 'text', 'cancellationFault', 'buyer, seller or platform'),
      optional('sample', 'yes-no', 'sample'),
      optional('replacement', 'yes-no', 'replacement'),
      optional('gift', 'yes-no', 'gift'),
      optional('test', 'yes-no', 'test'),
      optional('cod', 'yes-no', 'cod', 'paid in cash on delivery'),
      optional('packages', 'count', 'packages'),
      updatedAt,
      ofLine(required('product_id', 'id', 'productId')),
      ofLine(optional('sku', 'id', 'sku')),
      ofLine(optional('category', 'text', 'category')),
      ofLine(optional('title', 'text', 'title')),
      ofLine(required('quantity', 'count', 'quantity')),
      ofLine(required('unit_price', 'money', 'unitPrice', 'list price of one unit, before discounts and tax')),
      ofLine(optional('seller_discount', 'money', 'sellerDiscount', 'of the whole line')),
      ofLine(optional('platform_discount', 'money', 'platformDiscount', 'of the whole line')),
      ofLine(optional('tax', 'money', 'tax', 'of the whole line')),
      ofLine(optional('unit_cost', 'money', 'unitCost')),
    ],
  },
  {
    file: 'shipments',
    entity: 'shipment',
    about: 'one row per parcel',
    key: ['creator_id', 'order_id', 'shipment_id'],
    subject: 'order/{order_id}/shipment/{shipment_id}',
    columns: [
      creatorId,
      required('order_id', 'id'),
      required('shipment_id', 'id'),
      optional('status', 'text', 'status', 'follows from the times where empty'),
      optional('carrier', 'text', 'carrier'),
      optional('service', 'text', 'service'),
      optional('label_at', 'instant', 'labelAt'),
      optional('handed_over_at', 'instant', 'handedOverAt'),
      optional('delivered_at', 'instant', 'deliveredAt'),
      optional('exception_at', 'instant', 'exceptionAt'),
      optional('label_cost', 'money', 'labelCost'),
      currency,
      exchangeRate,
      optional('region', 'text', 'region', 'never an address: BR-SP'),
      optional('fulfilled_by', 'text', 'fulfilledBy', 'seller or platform'),
      updatedAt,
    ],
  },
  {
    file: 'refunds',
    entity: 'refund',
    about: 'one row per product given back',
    key: ['creator_id', 'order_id', 'refund_id'],
    subject: 'order/{order_id}/refund/{refund_id}',
    columns: [
      creatorId,
      required('order_id', 'id'),
      required('refund_id', 'id'),
      optional('status', 'text', 'status', 'follows from the times where empty'),
      optional('requested_at', 'instant', 'requestedAt'),
      optional('completed_at', 'instant', 'completedAt', 'empty: the money has not left yet'),
      currency,
      exchangeRate,
      optional('goods_amount', 'money', 'goodsAmount', 'of the whole refund; the sum of the lines where empty'),
      optional('shipping_amount', 'money', 'shippingAmount'),
      optional('tax_amount', 'money', 'taxAmount'),
      optional('reason', 'text', 'reason'),
      optional('fault', 'text', 'fault', 'buyer, seller or platform'),
      updatedAt,
      ofLine(optional('product_id', 'id', 'productId', 'empty: money that is of no product')),
      ofLine(optional('sku', 'id', 'sku')),
      ofLine(optional('category', 'text', 'category')),
      ofLine(optional('quantity', 'count', 'quantity')),
      ofLine(optional('line_amount', 'money', 'goodsAmount')),
      ofLine(optional('restocked_quantity', 'count', 'restockedQuantity')),
    ],
  },
  {
    file: 'reviews',
    entity: 'review',
    about: 'one row per review or survey answer',
    key: ['creator_id', 'order_id', 'review_id'],
    subject: 'order/{order_id}/review/{review_id}',
    columns: [
      creatorId,
      required('order_id', 'id'),
      required('review_id', 'id'),
      optional('kind', 'text', 'kind', 'review or survey; review where empty'),
      optional('product_id', 'id', 'productId'),
      optional('rating', 'star', 'rating', '1 to 5'),
      optional('initial_rating', 'star', 'initialRating', '1 to 5, where the buyer changed it'),
      optional('score', 'count', 'score', '0 to 10, of a survey'),
      required('submitted_at', 'instant', 'submittedAt'),
      optional('topic', 'text', 'topic'),
      updatedAt,
    ],
  },
  {
    file: 'costs',
    entity: 'unit-cost',
    about: 'one row per SKU and day from which its cost is valid',
    key: ['creator_id', 'sku', 'valid_from'],
    subject: 'unit-cost/{sku}/{valid_from}',
    columns: [
      creatorId,
      required('sku', 'id', undefined, 'as order lines name it; their product_id where they have no sku'),
      required('valid_from', 'day', undefined, 'first local day of the cost; it holds until the next one of the SKU'),
      required('unit_cost', 'money', 'amount', 'what one unit costs you'),
      currency,
      exchangeRate,
      updatedAt,
    ],
  },
  {
    file: 'stock',
    entity: 'stock-day',
    about: 'one row per SKU, location and day',
    key: ['creator_id', 'sku', 'location', 'day'],
    subject: 'stock/{sku}@{location}/{day}',
    columns: [
      creatorId,
      required('sku', 'id', undefined, 'as order lines name it'),
      { ...optional('location', 'id', undefined, 'a warehouse; shop where empty'), fallback: 'shop' },
      required('day', 'day', undefined, 'local day at the end of which this was in stock'),
      required('on_hand', 'level', 'onHand', 'units, those committed to orders among them; may be below zero'),
      optional('committed', 'count', 'committed', 'units of orders that are not shipped yet'),
      optional('product_id', 'id', 'productId'),
      updatedAt,
    ],
  },
];

/** The column that says whose a row is; where that is known it may be absent. */
export const ofCreator = 'creator_id';
