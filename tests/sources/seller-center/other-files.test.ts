/** Do unsettled orders, affiliate orders, product analytics and GMV Max ads come to what their files say? */
import { expect, test } from 'vitest';
import { csvOf, sellerFolder, workbookOf } from '../../make/seller-files.ts';
import { importOf, newestOf, ofEntity } from './import-files.ts';

const onHold = [
  ['These figures are estimates and may change.'],
  ['Download time', '2026-11-20 23:58:00'],
  ['Total Transactions', '3'],
  [''],
  [
    'Type',
    'Order/adjustment ID',
    'Related order ID',
    'creation date',
    'Total estimated settlement amount',
    'unsettled reasons',
    'SKU ID',
    'Net sales',
    'Shipping',
    'Fees',
    'Referral fee',
    'Adjustment amount',
    'Customer refund',
  ],
  [
    'Order',
    '579909997707007278',
    '579909997707007278',
    '2026/11/20',
    '138.63',
    'Waiting',
    '1729384759598625678',
    '148.42',
    '-0.35',
    '-9.44',
    '-9.44',
    '0.00',
    '0.00',
  ],
  [
    'Order',
    '579909997707007278',
    '579909997707007278',
    '2026/11/20',
    '1.00',
    'Waiting',
    '1729384759598625679',
    '1.00',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
  ],
  [
    'Platform reimbursement',
    '3650000013525925860',
    '/',
    '2026/11/20',
    '17.00',
    '/',
    '/',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '17.00',
    '0.00',
  ],
];

test('unsettled orders are estimates, as new as the line above their table says; rows of one order are added up', async () => {
  const paths = sellerFolder({
    'Onhold-unsettled-orders-2026_09_07-2026_11_20(UTC-8).xlsx': workbookOf({ 'Unsettled order and adjustment': onHold }),
  });
  const { events, wrong } = await importOf(paths, { market: 'US' });
  const newest = newestOf(events);
  expect(wrong).toEqual([]);
  expect(ofEntity(newest, 'settlement')).toMatchObject([
    {
      ids: ['579909997707007278', 'settlement', 'estimate'],
      data: {
        estimated: true,
        settledAmount: 13_963,
        fees: [
          { kind: 'platform', name: 'commission', amount: -944 },
          { kind: 'shipping', amount: -35 },
        ],
      },
    },
  ]);
  expect(ofEntity(newest, 'adjustment')).toMatchObject([
    { ids: ['3650000013525925860', 'estimate'], data: { amount: 1700, estimated: true } },
  ]);
  expect(events[0]?.entityversion).toBe(Date.parse('2026-11-20T23:58:00-08:00'));
});

const affiliate = [
  [
    'ID đơn hàng',
    'ID sản phẩm',
    'Tên sản phẩm',
    'Id Sku',
    'Payment Amount',
    'Đơn vị tiền tệ',
    'Số lượng',
    'Tên người dùng nhà sáng tạo',
    'Loại nội dung',
    'Id nội dung',
    'Est. standard commission payment',
    'Actual Commission Payment',
    'Time Created',
  ],
  [
    '579909997469432998',
    '1730000000000009007',
    'Bình',
    '1729384759497036409',
    '42000',
    'VND',
    '1',
    'creator.invented',
    'LIVE',
    '7501000000063000397',
    '5000',
    '--',
    '20/11/2026 18:06:33',
  ],
  [
    '579909997469432998',
    '1730000000000009007',
    'Bình',
    '1729384759497036409',
    '42000',
    'VND',
    '1',
    'creator.invented',
    'LIVE',
    '7501000000063000397',
    '5000',
    '--',
    '20/11/2026 18:06:33',
  ],
  [
    '579909997469432999',
    '1730000000000009007',
    'Bình',
    '1729384759497036409',
    '1000',
    'VND',
    '1',
    'creator.other',
    'Showcase',
    '--',
    '100',
    '90',
    '01/11/2026 08:00:00',
  ],
];

test('affiliate orders are sales of creators; equal rows are both real, what is not paid yet is absent', async () => {
  const { events, plan, wrong } = await importOf(sellerFolder({ 'all_affiliate_orders_20261120.csv': csvOf(affiliate) }));
  const sales = ofEntity(newestOf(events), 'affiliate-sale').map(({ data }) => data);
  expect({ wrong, market: plan.market }).toEqual({ wrong: [], market: 'VN' });
  expect(sales).toMatchObject([
    {
      creator: 'creator.invented',
      channel: 'live',
      contentId: '7501000000063000397',
      paidAmount: 84_000,
      quantity: 2,
      estimatedCommission: 10_000,
    },
    { creator: 'creator.other', channel: 'product_card', paidAmount: 1000, actualCommission: 90 },
  ]);
  expect(sales[0]).not.toHaveProperty('actualCommission');
  // A name with a day alone says less than the latest time in the file.
  expect(events[0]?.entityversion).toBe(Date.parse('2026-11-20T18:06:33+07:00'));
});

test('product analytics in two rows of titles, with parts of GMV by block', async () => {
  const grid = [
    ['', '', 'All', '', '', 'Affiliate', 'Seller LIVE'],
    ['Product ID', 'Product name', 'GMV', 'SKU orders', 'Items sold', 'GMV', 'GMV'],
    ['1730000000000007007', 'Soap', '$2,018.55', '26', '1,046', '$519.54', '$600.58'],
  ];
  const { events } = await importOf(
    sellerFolder({ 'Product_analytics_2026-10-01_2026-10-31.xlsx': workbookOf({ Sheet1: grid }) }),
    { market: 'US' },
  );
  expect(events).toMatchObject([
    {
      subject: 'product-period/product/1730000000000007007/2026-10-01/2026-10-31',
      data: { gmv: 201_855, orders: 26, units: 1046, affiliateGmv: 51_954, liveGmv: 60_058 },
    },
  ]);
});

test('product analytics below a line with its period, by SKU, dots for thousands', async () => {
  const grid = [
    ['2026-10-01 ~ 2026-10-31'],
    ['SKU ID', 'Product ID', 'Produk', 'Status', 'GMV', 'Pesanan SKU', 'Produk terjual'],
    ['1729384760442631104', '1730000000000012007', 'Kaos', 'Aktif', 'Rp4.646.600', '16', '26'],
  ];
  const { events, plan } = await importOf(sellerFolder({ 'Analisis.xlsx': workbookOf({ Sheet1: grid }) }));
  expect([plan.market, events]).toMatchObject([
    'ID',
    [{ subject: 'product-period/sku/1729384760442631104/2026-10-01/2026-10-31', data: { gmv: 464_660_000, units: 26 } }],
  ]);
});

const ads = (cost: string) => [
  [
    'Campaign name',
    'Campaign ID',
    'Product ID',
    'Creative type',
    'Creative',
    'TikTok account',
    'Cost',
    'SKU orders',
    'Gross revenue',
    'Currency',
  ],
  ['Spring', '1801000000000000000', '1730000000000000007', 'Video', 'Clip', 'creator.invented', cost, '4', '184.00', 'USD'],
  ['Spring', '1801000000000000000', '1730000000000000008', 'Product card', '-', '0', '1.00', '-', '0.00', 'USD'],
];

test('ads are one cost a campaign and period; periods that overlap are refused', async () => {
  const paths = sellerFolder({
    'GMV Max 2026-11-01 to 2026-11-20.xlsx': workbookOf({ Data: ads('19.28') }),
    'GMV Max 2026-11-10 to 2026-11-25.xlsx': workbookOf({ Data: ads('10.00') }),
  });
  const { events } = await importOf(paths.slice(0, 1));
  expect(events).toMatchObject([
    {
      subject: 'cost/gmv-max-1801000000000000000-2026-11-01-2026-11-20',
      data: { kind: 'ads', amount: 2028, campaign: 'Spring', orders: 4, attributedSales: 18_400 },
    },
  ]);
  await expect(importOf(paths)).rejects.toThrow('about the same days');
  const unnamed = sellerFolder({ 'ads.xlsx': workbookOf({ Data: ads('1.00') }) });
  await expect(importOf(unnamed)).rejects.toThrow('which days it is about');
});
