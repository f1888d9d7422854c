/** Which buyers does a shop have, when did each buy, and what came first? Rows of `buyersSql`, as the engines of customers take them. */
import type { AthenaRow } from '../../lake/athena.ts';
import { monthOf } from '../../time.ts';
import type { Transactions } from '../customers/transactions.ts';

export const firstDimensions = ['product', 'channel', 'content'] as const;
export type FirstDimension = (typeof firstDimensions)[number];

/** Of each buyer's first order; '' where it does not say. */
export type First = { [dimension in FirstDimension]: string };

export interface Month {
  month: string;
  /** Orders that name a buyer, who placed them, and for how many of these it was the first. */
  orders: number;
  buyers: number;
  newBuyers: number;
}

export interface Buyers {
  /** All orders up to the last day, and those that name their buyer. */
  orders: number;
  named: number;
  /** A transaction is all that a buyer bought on a day, in net sales. */
  netSales: Transactions;
  contribution: Transactions;
  firsts: Map<string, First>;
  /** Without gaps, oldest first. */
  months: Month[];
  /** Net sales of goods whose unit cost is known, and of all. */
  costedSales: number;
  namedSales: number;
}

function addTransaction(transactions: Transactions, buyer: string, day: string, value: number): void {
  const all = transactions.get(buyer) ?? [];
  transactions.set(buyer, all);
  const last = all.at(-1);
  if (last?.day === day) last.value += value;
  else all.push({ day, value });
}

const monthAfter = (month: string): string => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/** Buyers by the month in which they bought and by that of their first order, up to the month of `until`. */
function monthsOf(orders: Map<string, number>, transactions: Transactions, until: string): Month[] {
  const counts = new Map<string, { buyers: number; newBuyers: number }>();
  for (const all of transactions.values()) {
    const [first] = all;
    for (const month of new Set(all.map(({ day }) => monthOf(day)))) {
      const count = counts.get(month) ?? { buyers: 0, newBuyers: 0 };
      counts.set(month, count);
      count.buyers++;
      if (first && monthOf(first.day) === month) count.newBuyers++;
    }
  }
  const months: Month[] = [];
  const [earliest] = [...orders.keys()].sort();
  for (let month = earliest ?? ''; month !== '' && month <= monthOf(until); month = monthAfter(month))
    months.push({ month, orders: orders.get(month) ?? 0, ...(counts.get(month) ?? { buyers: 0, newBuyers: 0 }) });
  return months;
}

/** Orders in the order in which they were paid; those after `until` are not known yet. */
export function buyersOf(rows: AthenaRow[], until: string): Buyers {
  const [netSales, contribution]: [Transactions, Transactions] = [new Map(), new Map()];
  const [firsts, orders] = [new Map<string, First>(), new Map<string, number>()];
  let [all, named, costedSales, namedSales] = [0, 0, 0, 0];
  for (const row of rows) {
    const { buyer_key: buyer, day } = row;
    if (!day || day > until) continue;
    all++;
    if (!buyer) continue;
    named++;
    costedSales += Number(row.costed_sales);
    namedSales += Number(row.named_sales);
    orders.set(monthOf(day), (orders.get(monthOf(day)) ?? 0) + 1);
    addTransaction(netSales, buyer, day, Number(row.net_sales));
    addTransaction(contribution, buyer, day, Number(row.contribution));
    if (!firsts.has(buyer))
      firsts.set(buyer, { product: row.product_id ?? '', channel: row.channel ?? '', content: row.content_id ?? '' });
  }
  return {
    orders: all,
    named,
    netSales: netSales,
    contribution: contribution,
    firsts,
    months: monthsOf(orders, netSales, until),
    costedSales,
    namedSales,
  };
}
