/** What does an invented shop sell, give back and get paid? Files are made of it, and what they come to is compared with it. */

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

export const settledOf = (payout: Payout): number => sum(Object.values(payout));
/** A penalty of the second statement, in minor units. */
export const penalty = { id: '3650000016441300565', day: '2026-11-04', amount: -2500 };
