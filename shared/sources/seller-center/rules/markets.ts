/** What is known of a market: its currency, the zone of its reports, and in which order its files write day and month. */

export type DateOrder = 'day' | 'month';

export interface Market {
  currency: string;
  /** A zone of the market; a shop elsewhere in it says its own with --zone. */
  zone: string;
  /** Order of day and month in orders files where no day is above 12. */
  orders: DateOrder;
  /** Whether a point always begins decimals there: elsewhere it groups thousands in some files. */
  hasPoint: boolean;
}

/** Day first was measured for VN, TH and ID, month first read for US and BR; for the others day first is inferred from the usage of the country. */
const known = {
  ID: { currency: 'IDR', zone: 'Asia/Jakarta', orders: 'day', hasPoint: false },
  US: { currency: 'USD', zone: 'America/Los_Angeles', orders: 'month', hasPoint: true },
  VN: { currency: 'VND', zone: 'Asia/Ho_Chi_Minh', orders: 'day', hasPoint: false },
  TH: { currency: 'THB', zone: 'Asia/Bangkok', orders: 'day', hasPoint: true },
  MY: { currency: 'MYR', zone: 'Asia/Kuala_Lumpur', orders: 'day', hasPoint: true },
  PH: { currency: 'PHP', zone: 'Asia/Manila', orders: 'day', hasPoint: true },
  SG: { currency: 'SGD', zone: 'Asia/Singapore', orders: 'day', hasPoint: true },
  BR: { currency: 'BRL', zone: 'America/Sao_Paulo', orders: 'month', hasPoint: false },
  MX: { currency: 'MXN', zone: 'America/Mexico_City', orders: 'day', hasPoint: true },
  GB: { currency: 'GBP', zone: 'Europe/London', orders: 'day', hasPoint: true },
} as const satisfies { [code: string]: Market };

export type MarketCode = keyof typeof known;
export const markets: { readonly [code in MarketCode]: Market } = known;
export const marketCodes = Object.keys(known) as MarketCode[];

/** The market that counts in a currency; none of them shares one. */
export const marketOf = (currency: string): MarketCode | undefined =>
  marketCodes.find((code) => markets[code].currency === currency);

/** Currencies of which a point never groups thousands. */
export const pointCurrencies: ReadonlySet<string> = new Set(
  marketCodes.map((code) => markets[code]).flatMap(({ currency, hasPoint }) => (hasPoint ? [currency] : [])),
);

/** Signs of one currency alone: `$` is several's and names none. */
export const signs: { readonly [sign: string]: string } = {
  Rp: 'IDR',
  '฿': 'THB',
  '₫': 'VND',
  đ: 'VND',
  RM: 'MYR',
  '₱': 'PHP',
  R$: 'BRL',
  S$: 'SGD',
  US$: 'USD',
  MX$: 'MXN',
  '£': 'GBP',
};

/** Languages by words that stand in no other of them, as a hint for the question which market it is. */
export const hints: readonly { market: MarketCode; words: readonly string[] }[] = [
  { market: 'ID', words: ['selesai', 'dibatalkan', 'perlu dikirim', 'dikirim'] },
  { market: 'VN', words: ['đã hoàn tất', 'đã hủy', 'đơn hàng', 'đã giao'] },
  { market: 'BR', words: ['concluído', 'não pago', 'pedido'] },
];
