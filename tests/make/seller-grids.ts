/** How do the Seller Center files of an invented shop look? Sheets of orders, returns and statements, written from the model. */
import { markets } from '../../shared/sources/seller-center/rules/markets.ts';
import type { Grid } from './seller-files.ts';
import { dayFirst, type Habits, orderWord, statementTitles } from './seller-markets.ts';
import { amountOf, penalty, type ShopOrder, settledOf, worth } from './seller-shop.ts';

const statementDays: [string, string][] = [
  ['2026-09-01', '2026-10-25'],
  ['2026-10-19', '2026-11-14'],
];
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
