/** How does each market write its files? Dates, amounts, words of status and titles of statements, for files that a test makes. */
import type { MarketCode } from '../../shared/sources/seller-center/rules/markets.ts';

export interface Habits {
  market: MarketCode;
  /** A wall clock `2026-10-05 21:03:00` as the orders file writes it. */
  clock: (wall: string) => string;
  /** Minor units as the orders file and the statement write them. */
  money: (minor: number) => string | number;
  statement: (minor: number) => string | number;
  words: { unpaid: string; toShip: string; shipped: string; completed: string; cancelled: string };
  /** US and BR: net sales with shipping beside the fees. */
  isNetSales: boolean;
  /** Language of the statement's titles. */
  titles: 'en' | 'id' | 'vi';
}

const parts = (wall: string) => {
  const [day = '', time = ''] = wall.split(' ');
  const [year, month, date] = day.split('-');
  return { year, month, date, time };
};
export const dayFirst = (wall: string): string => {
  const { year, month, date, time } = parts(wall);
  return `${date}/${month}/${year} ${time}`;
};
const monthFirst = (wall: string): string => {
  const { year, month, date, time } = parts(wall);
  const [hour = '0', ...rest] = time.split(':');
  return `${month}/${date}/${year} ${Number(hour) % 12 || 12}:${rest.join(':')} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
};

const fixed = (minor: number): string => (minor / 100).toFixed(2);
const grouped = (minor: number, locale: string): string => (minor / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
const english = { unpaid: 'Unpaid', toShip: 'To ship', shipped: 'Shipped', completed: 'Completed', cancelled: 'Canceled' };
const inParentheses = (text: (minor: number) => string) => (minor: number) => (minor < 0 ? `(${text(-minor)})` : text(minor));

const plain: Omit<Habits, 'market'> = {
  clock: dayFirst,
  money: fixed,
  statement: fixed,
  words: english,
  isNetSales: false,
  titles: 'en',
};

export const habits: Habits[] = [
  {
    ...plain,
    market: 'ID',
    money: (minor) => String(Math.round(minor / 100)),
    statement: inParentheses((minor) => Math.round(minor / 100).toLocaleString('en-US')),
    words: {
      unpaid: 'Belum dibayar',
      toShip: 'Perlu dikirim',
      shipped: 'Dikirim',
      completed: 'Selesai',
      cancelled: 'Dibatalkan',
    },
    titles: 'id',
  },
  {
    ...plain,
    market: 'VN',
    money: (minor) => minor,
    statement: (minor) => minor,
    words: {
      unpaid: 'Chưa thanh toán',
      toShip: 'Chờ vận chuyển',
      shipped: 'Đã vận chuyển',
      completed: 'Đã hoàn tất',
      cancelled: 'Đã hủy',
    },
    titles: 'vi',
  },
  { ...plain, market: 'TH', money: (minor) => `฿${grouped(minor, 'en-US')}`, statement: (minor) => minor / 100 },
  { ...plain, market: 'US', clock: monthFirst, isNetSales: true },
  {
    ...plain,
    market: 'BR',
    clock: monthFirst,
    money: (minor) => `BRL ${grouped(minor, 'de-DE')}`,
    statement: (minor) => `BRL ${grouped(minor, 'de-DE')}`,
    words: { unpaid: 'Não pago', toShip: 'A enviar', shipped: 'Enviado', completed: 'Concluído', cancelled: 'Cancelado' },
    isNetSales: true,
  },
  { ...plain, market: 'MY', money: (minor) => `RM${fixed(minor)}` },
  { ...plain, market: 'PH', money: (minor) => `₱${grouped(minor, 'en-US')}` },
  { ...plain, market: 'SG', money: (minor) => `S$${fixed(minor)}` },
  { ...plain, market: 'MX', money: (minor) => `$${grouped(minor, 'en-US')}` },
  { ...plain, market: 'GB', money: (minor) => `£${fixed(minor)}` },
];

/** Titles of a statement's columns by language, in their order; blanks stray as they do in real files. */
export const statementTitles = {
  en: [
    'Order/adjustment ID  ',
    'Type ',
    'Order created time',
    'Order settled time',
    'Currency',
    'Total settlement amount',
    'Total revenue',
    'Subtotal before discounts',
    'Seller discounts',
    'Refund subtotal before seller discounts',
    'Total fees',
    'Transaction fee',
    'TikTok Shop commission fee',
    'Seller shipping fee',
    'Actual shipping fee',
    'Customer shipping fee',
    'Affiliate commission',
    'Voucher Xtra service fee',
    'A fee that nobody knows',
    'Ajustment amount',
    'Related order ID',
    'Customer refund',
  ],
  id: [
    'ID Pesanan/Penyesuaian  ',
    'Jenis transaksi',
    'Waktu pemesanan',
    'Waktu pembayaran pesanan',
    'Mata uang',
    'Jumlah penyelesaian pembayaran',
    'Total Pendapatan',
    'Subtotal sebelum diskon',
    'Diskon penjual',
    'Refund subtotal before seller discounts',
    'Total Biaya',
    'Biaya Pembayaran',
    'Biaya komisi platform',
    'Shipping cost',
    'Ongkir yang ditalangi penyedia jasa logistik',
    'Ongkir yang ditanggung pembeli',
    'Komisi Afiliasi',
    'Biaya layanan Mall',
    'Biaya yang tidak dikenal',
    'Adjustment amount',
    'ID pesanan terkait  ',
    'Customer refund',
  ],
  vi: [
    'ID đơn hàng/điều chỉnh',
    'Loại giao dịch',
    'Thời gian tạo đơn hàng',
    'Thời gian quyết toán đơn hàng',
    'Đơn vị tiền tệ',
    'Tổng số tiền quyết toán',
    'Tổng doanh thu',
    'Subtotal before discounts',
    'Giảm giá người bán',
    'Refund subtotal before seller discounts',
    'Tổng phí',
    'Phí giao dịch',
    'Phí hoa hồng của TikTok Shop',
    'Seller shipping fee',
    'Actual shipping fee',
    'Customer shipping fee',
    'Hoa hồng liên kết',
    'Voucher Xtra service fee',
    'Phí không biết',
    'Adjustment amount',
    'Related order ID',
    'Customer refund',
  ],
  us: [
    'Order/adjustment ID',
    'Type',
    'Order created date',
    'Statement date',
    'Currency',
    'Total settlement amount',
    'Net sales',
    'Gross sales',
    'Seller discounts',
    'Gross sales refund',
    'Fees',
    'Transaction fee',
    'Referral fee',
    'Shipping',
    'TikTok Shop shipping fee',
    'Customer-paid shipping fee',
    'Affiliate commission',
    'Smart Promotion campaign period fee',
    'A fee that nobody knows',
    'Adjustment amount',
    'Related order ID',
    'Customer refund',
  ],
} as const;
export const orderWord = { en: 'Order', id: 'Pesanan', vi: 'Đơn hàng' } as const;
