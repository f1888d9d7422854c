/** Which kinds of file are there, and by which columns is each known? Sheets' names are not asked: titles say more. */
import {
  adsColumns,
  affiliateColumns,
  analyticsColumns,
  type Columns,
  incomeColumns,
  onHoldColumns,
  orderColumns,
  returnColumns,
  withdrawalColumns,
} from './titles.ts';

export type FileKind = 'orders' | 'returns' | 'income' | 'on-hold' | 'affiliate' | 'analytics' | 'ads' | 'withdrawals';

export interface KindOfFile {
  kind: FileKind;
  name: string;
  columns: Columns;
  /** Without one of these nothing right can be said; a file of this kind that lacks one is refused. */
  required: readonly string[];
  /** The column whose cell is an id in every row: one that is none stands in a row that explains the titles. */
  key: string;
  /** Columns that tell a person what the file is. */
  shown: readonly string[];
  /** Titles that no other kind has: a file with one is of this kind, whatever else it lacks. */
  mark: readonly string[];
}

export const kinds: readonly KindOfFile[] = [
  {
    kind: 'orders',
    name: 'orders',
    columns: orderColumns,
    required: [
      'orderId',
      'status',
      'skuId',
      'quantity',
      'unitPrice',
      'subtotal',
      'platformDiscount',
      'sellerDiscount',
      'orderAmount',
      'created',
      'paid',
    ],
    key: 'orderId',
    shown: ['orderId', 'status', 'skuId', 'quantity', 'unitPrice', 'orderAmount', 'created', 'paid'],
    mark: ['unitPrice', 'created', 'paid'],
  },
  {
    kind: 'returns',
    name: 'returns and refunds',
    columns: returnColumns,
    required: ['returnId', 'orderId', 'productName', 'status', 'unitPrice', 'requested', 'refunded'],
    key: 'returnId',
    shown: ['returnId', 'orderId', 'status', 'requested', 'refunded'],
    mark: ['returnId', 'refunded'],
  },
  {
    kind: 'on-hold',
    name: 'unsettled orders',
    columns: onHoldColumns,
    required: ['id', 'type', 'settlement'],
    key: 'id',
    shown: ['id', 'type', 'settlement'],
    mark: ['settlement'],
  },
  {
    kind: 'income',
    name: 'income',
    columns: incomeColumns,
    required: ['id', 'type', 'settled', 'settlement', 'revenue', 'fees'],
    key: 'id',
    shown: ['id', 'type', 'settled', 'settlement'],
    mark: ['settlement', 'settled'],
  },
  {
    kind: 'affiliate',
    name: 'affiliate orders',
    columns: affiliateColumns,
    required: ['orderId', 'skuId', 'paymentAmount', 'creator', 'contentType', 'created'],
    key: 'orderId',
    shown: ['orderId', 'skuId', 'creator', 'paymentAmount', 'created'],
    mark: ['creator', 'estimatedBase'],
  },
  {
    kind: 'ads',
    name: 'GMV Max ads',
    columns: adsColumns,
    required: ['campaignId', 'campaign', 'cost', 'orders', 'revenue'],
    key: 'campaignId',
    shown: ['campaign', 'cost', 'orders'],
    mark: ['campaignId', 'campaign'],
  },
  {
    kind: 'withdrawals',
    name: 'withdrawals',
    columns: withdrawalColumns,
    required: ['reference', 'amount'],
    key: 'reference',
    shown: ['reference', 'requested', 'amount'],
    mark: ['reference'],
  },
  {
    kind: 'analytics',
    name: 'product analytics',
    columns: analyticsColumns,
    required: ['productId', 'gmv', 'units'],
    key: 'productId',
    shown: ['skuId', 'productId', 'gmv', 'units'],
    mark: ['gmv'],
  },
];

/** Labels above a table, and on the sheet of totals, that say something of the whole file. */
export const labels: { readonly [folded: string]: 'currency' | 'downloaded' | 'period' } = {
  'currency:': 'currency',
  currency: 'currency',
  'mata uang:': 'currency',
  'time period:': 'period',
  'download time': 'downloaded',
  'download time:': 'downloaded',
};
