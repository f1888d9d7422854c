/** What does an invented shop sell, give back and get paid, and how do its Seller Center files say so? The truth is the model's, not the cells'. */
import { markets } from '../../shared/sources/seller-center/rules/markets.ts';
import type { Grid } from './seller-files.ts';
import { dayFirst, type Habits, orderWord, statementTitles } from './seller-markets.ts';

export interface ShopLine {
  sku: string;
  title: string;
  quantity: number;
  price: number;
  sellerDiscount: number;
  platformDiscount: number;
}
export interface ShopOrder {
  id: string;
  /** Wall clocks in the shop's zone. */
  created: string;
  paid: string | undefined;
  shipped: string | undefined;
  completed: string | undefined;
  cancelled: string | undefined;
  lines: ShopLine[];
  shipping: number;
  refund: { id: string; at: string; amount: number; isMoneyOnly: boolean } | undefined;
  payouts: { day: string; amounts: Payout }[];
}
export interface Payout {
  gross: number;
  discount: number;
  refund: number;
  payment: number;
  commission: number;
  shipping: number;
  affiliate: number;
  service: number;
  unknown: number;
  adjustment: number;
}

const aDay = 86_400_000;
const start = Date.UTC(2026, 8, 5);
const wallAt = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const none: Payout = {
  gross: 0,
  discount: 0,
  refund: 0,
  payment: 0,
  commission: 0,
  shipping: 0,
  affiliate: 0,
  service: 0,
  unknown: 0,
  adjustment: 0,
};
export const worth = (line: ShopLine): number => line.price * line.quantity - line.sellerDiscount - line.platformDiscount;
export const amountOf = (order: ShopOrder): number => sum(order.lines.map(worth)) + order.shipping;

export const firstExport = '2026-10-15 09:12:00';
export const secondExport = '2026-11-14 23:58:00';
const statementDays: [string, string][] = [
  ['2026-09-01', '2026-10-25'],
  ['2026-10-19', '2026-11-14'],
];

function lineOf(i: number, j: number): ShopLine {
  const price = 100 * (1250 + ((i * 37 + j * 11) % 90) * 25);
  const quantity = 1 + ((i + j) % 3);
  const isGift = i % 11 === 3 && j === 1;
  const gross = price * quantity;
  return {
    sku: `17293847${String(10_000_000_00 + ((i + j) % 7) * 977)}`,
    title: ['Tas, "Senja" <A&B>', 'Desk Lamp ✨', 'Plain Tee', 'Bình nước'][(i + j) % 4] ?? '',
    quantity,
    price,
    sellerDiscount: isGift ? gross : 100 * ((i * 3) % 40),
    platformDiscount: isGift ? 0 : 100 * ((i * 5 + j) % 17),
  };
}

function payoutsOf(i: number, created: number, lines: ShopLine[], refund: ShopOrder['refund']): ShopOrder['payouts'] {
  const gross = sum(lines.map(({ price, quantity }) => price * quantity));
  const day = (after: number) => wallAt(created + after * aDay).slice(0, 10);
  const isLate = i % 14 === 5;
  const paidOut = {
    ...none,
    gross,
    discount: -sum(lines.map(({ sellerDiscount }) => sellerDiscount)),
    payment: -300,
    commission: -100 * Math.round(gross / 2000),
    shipping: -400,
    affiliate: i % 2 ? -700 : 0,
    service: -500,
    unknown: i % 4 ? 0 : -1100,
  };
  if (!refund) return [{ day: day(11), amounts: paidOut }];
  // A refund after the payout is a row of its own, with fees given back; one before it stands in the same row.
  if (isLate)
    return [
      { day: day(11), amounts: paidOut },
      { day: day(23), amounts: { ...none, refund: -refund.amount, commission: 900, shipping: -100 } },
    ];
  return [{ day: day(14), amounts: { ...paidOut, refund: -refund.amount } }];
}

/** 30 orders over 60 days: some unpaid, cancelled, given back whole or in part, paid out twice, with equal lines; neighbours differ in the last digit of 18. */
export function makeShop(): ShopOrder[] {
  return Array.from({ length: 30 }, (_, i) => {
    const created = start + i * 2 * aDay + ((i * 7) % 24) * 3_600_000 + (i % 5 === 0 ? 50_000 : 0);
    const isPaid = i % 9 !== 4;
    const isCancelled = !isPaid || i % 13 === 7;
    const lines = [lineOf(i, 0), ...(i % 3 ? [lineOf(i, 1)] : []), ...(i % 8 === 3 ? [lineOf(i, 1)] : [])];
    const at = (days: number) => wallAt(created + days * aDay);
    const order = {
      id: `57926592${String(3_515_000_170 + Math.floor(i / 2) * 1000 + (i % 2))}`,
      created: wallAt(created),
      lines,
      shipping: 100 * (i % 6) * 9,
    };
    const isMoneyOnly = i % 14 === 12;
    const isBack = isPaid && !isCancelled && i % 7 === 5;
    const whole = amountOf({ ...order } as ShopOrder);
    const refund = isBack
      ? { id: `40020000000000${1000 + i}`, at: at(i % 14 === 5 ? 20 : 8), amount: isMoneyOnly ? 2300 : whole, isMoneyOnly }
      : undefined;
    return {
      ...order,
      paid: isPaid ? wallAt(created + 600_000) : undefined,
      cancelled: isCancelled ? at(1) : undefined,
      shipped: isCancelled ? undefined : at(2),
      completed: isCancelled ? undefined : at(6),
      refund,
      payouts: isCancelled ? [] : payoutsOf(i, created, lines, refund),
    };
  });
}

const orderTitles = [
  'Order ID',
  'Order Status',
  'Cancelation/Return Type',
  'SKU ID',
  'Seller SKU',
  'Product Name',
  'Variation',
  'Quantity',
  'Sku Quantity of return',
  'SKU Unit Original Price',
  'SKU Subtotal Before Discount',
  'SKU Platform Discount',
  'SKU Seller Discount',
  'SKU Subtotal After Discount',
  'Shipping Fee After Discount',
  'Payment platform discount',
  'Order Amount',
  'Order Refund Amount',
  'Created Time',
  'Paid Time',
  'RTS Time',
  'Shipped Time',
  'Delivered Time',
  'Cancelled Time',
  'Cancel By',
  'Buyer Message',
  'Buyer Username',
  'Recipient',
  'Phone #',
  'Detail Address',
  'Payment Method',
  'Package ID',
];
/** What the personal columns hold, so that a test can look for it. */
export const personal = ['please ring twice', 'buyer_name_77', 'Recipient Nobody', '(+00)0000****00', 'Invented street 7'];

/** Orders as an export at a wall clock shows them: those created before it, and not before `from`. */
export function ordersGrid(shop: ShopOrder[], { clock, money, words }: Habits, at: string, from = '', explains = false): Grid {
  const rows = shop
    .filter(({ created }) => created <= at && created >= from)
    .flatMap((order) => {
      const known = (wall: string | undefined) => (wall !== undefined && wall <= at ? clock(wall) : '');
      const isBack = order.refund !== undefined && order.refund.at <= at;
      const has = (wall: string | undefined) => wall !== undefined && wall <= at;
      const status = has(order.cancelled)
        ? words.cancelled
        : has(order.completed)
          ? words.completed
          : has(order.shipped)
            ? words.shipped
            : has(order.paid)
              ? words.toShip
              : words.unpaid;
      return order.lines.map((line) => {
        const returned = isBack && !order.refund?.isMoneyOnly ? line.quantity : 0;
        const gross = line.price * line.quantity;
        return [
          order.id,
          status,
          isBack ? 'Return/Refund' : '',
          line.sku,
          '00120',
          line.title,
          'Red, L',
          String(line.quantity),
          String(returned),
          money(line.price),
          money(gross),
          money(line.platformDiscount),
          money(line.sellerDiscount),
          money(worth(line)),
          money(order.shipping),
          money(0),
          money(amountOf(order)),
          money(isBack ? (order.refund?.amount ?? 0) : 0),
          known(order.created),
          known(order.paid),
          known(order.paid),
          known(order.shipped),
          known(order.completed),
          known(order.cancelled),
          has(order.cancelled) ? 'User' : '',
          ...personal,
          'E-wallet',
          `1192659${order.id.slice(7)}`,
        ];
      });
    });
  return [orderTitles, ...(explains ? [orderTitles.map((title) => `Explains: ${title}`)] : []), ...rows];
}

/** Requests with the day first in every market; a row is a returned line, and says no quantity. */
export function returnsGrid(shop: ShopOrder[], { money }: Habits): Grid {
  const rows = shop.flatMap(({ id, refund, lines }) =>
    (refund ? (refund.isMoneyOnly ? lines.slice(0, 1) : lines) : []).map((line) => [
      refund?.id ?? '',
      id,
      'buyer_name_77',
      line.title,
      refund?.isMoneyOnly ? 'Refund only' : 'Return and refund',
      'Item does not match',
      'Completed',
      money(refund?.isMoneyOnly ? refund.amount : Math.round(worth(line) / line.quantity)),
      dayFirst(refund?.at ?? ''),
      dayFirst(refund?.at ?? ''),
    ]),
  );
  return [
    [
      'Return Order ID',
      'Order ID',
      'Buyer Username',
      'Product Name',
      'Return Type',
      'Return Reason',
      'Return Status',
      'Return unit price',
      'Time Requested',
      'Refund Time',
    ],
    ...rows,
  ];
}

export const settledOf = (payout: Payout): number => sum(Object.values(payout));
/** A penalty of the second statement, in minor units. */
export const penalty = { id: '3650000016441300565', day: '2026-11-04', amount: -2500 };

/** The statement of some settled days, as sheets of a workbook. */
export function incomeSheets(
  shop: ShopOrder[],
  { market, statement: write, titles, isNetSales }: Habits,
  file: 0 | 1,
): { [name: string]: Grid } {
  const [from, to] = statementDays[file] ?? ['', ''];
  const slash = (day: string) => day.replaceAll('-', '/');
  const { currency } = markets[market];
  const isIn = (day: string) => day >= from && day <= to;
  const rows = shop.flatMap((order) =>
    order.payouts
      .filter(({ day }) => isIn(day))
      .map(({ day, amounts: p }) => {
        const fees = p.payment + p.commission + p.affiliate + p.service + p.unknown + (isNetSales ? 0 : p.shipping);
        return [
          order.id,
          orderWord[isNetSales ? 'en' : titles],
          slash(order.created.slice(0, 10)),
          slash(day),
          currency,
          write(settledOf(p)),
          write(p.gross + p.discount + p.refund),
          write(p.gross),
          write(p.discount),
          write(p.refund),
          write(fees),
          write(p.payment),
          write(p.commission),
          write(p.shipping),
          write(p.shipping * 3),
          write(p.shipping * -2),
          write(p.affiliate),
          write(p.service),
          write(p.unknown),
          write(0),
          '/',
          write(p.refund),
        ];
      }),
  );
  const fine = Array.from({ length: 22 }, (_, i) => (i > 4 ? write(0) : ''));
  fine.splice(
    0,
    6,
    penalty.id,
    'Violation fee (settlement fee)',
    slash(penalty.day),
    slash(penalty.day),
    currency,
    write(penalty.amount),
  );
  fine.splice(19, 2, write(penalty.amount), '/');
  const report: Grid = [
    ['', 'Report'],
    ['', 'Time period:', '', '', '', `${slash(from)}-${slash(to)}`],
    ['', 'Currency:', '', '', '', currency],
  ];
  const withdrawals: Grid = [
    ['Type', 'Reference ID', 'Request time', 'Amount', 'Status', 'Success time', 'Bank account'],
    ['Withdrawal', '6100073987300000003', slash(to), write(12345), 'Transferred', slash(to), 'INVENTED BANK ****0000'],
  ];
  return {
    Reports: report,
    'Order details': [[...statementTitles[isNetSales ? 'us' : titles]], ...rows, ...(isIn(penalty.day) ? [fine] : [])],
    'Withdrawal records': withdrawals,
  };
}
