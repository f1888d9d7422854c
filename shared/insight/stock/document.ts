/**
 * What is stored of stock? For each SKU what it has, how it sold and what will be asked for. When to order how much is told by the report, from
 * terms that a seller may change at any time.
 */
import type { AthenaRow } from '../../lake/athena.ts';
import { addDays, daysBetween, daysOf, earlierOf, laterOf } from '../../time.ts';
import { forecast } from '../forecast/forecast.ts';
import { type AbcClass, abcClasses, type XyzClass, xyzClass } from '../inventory/classes.ts';
import {
  demandInStock,
  isDead,
  type LostSales,
  leastInStockDays,
  lostSales,
  moneyTiedUp,
  type StockDay,
  sellThrough,
  turnover,
} from '../inventory/measures.ts';
import { quantile } from '../inventory/normal.ts';
import { costBook, measuredDays, type Shelf, type Sold, shelvesOf, soldAfter, soldBySku } from './shelf.ts';

export const stockReport = 'stock';

/** Days ahead that are forecast: lead time, safety days and cover of an order end within them. */
export const horizon = 120;
/** Days of history that a forecast looks at. */
export const historyDays = 730;
/** SKUs that are kept, and those of them that are forecast: what sold most in the measured days first. */
const mostKept = 500;
const mostForecast = 200;
const keptInDocument = 100;
/** Days over which a day's sales are told, and after which stock without a sale is dead. */
export const recentDays = 28;
export const deadAfterDays = 60;

export interface StockSku {
  sku: string;
  productId: string | null;
  onHand: number;
  /** On hand less what is committed and what was sold since the reading; may be negative. */
  available: number;
  asOf: string;
  incoming: Shelf['incoming'];
  unitCost: number | null;
  /** What a unit brought in the measured days. */
  price: number | null;
  /** Of the last 28 days: a day's sales over those in stock, and how many days that are. */
  soldADay: number | null;
  inStockDays: number;
  lost: LostSales | null;
  turnover: number | null;
  sellThrough: number | null;
  isDead: boolean;
  daysSinceSale: number | null;
  abc: AbcClass;
  xyz: XyzClass | null;
  /** By day from `today` on, with the correlation of errors; or why nothing is forecast. */
  forecast: { mean: number[]; sd: number[]; errorCorrelation: number } | 'no_sales' | 'too_short' | 'beyond_list';
}

export interface StockTotals {
  moneyTiedUp: number;
  costCoverage: number | null;
  dead: { skus: number; money: number };
  turnover: number | null;
  lost: { money: number; lower: number; upper: number };
  /** SKUs with stock, those of them that are not listed, and SKUs that sold in the measured days of which nobody tells the stock. */
  skus: number;
  unlisted: number;
  untold: number;
}

export interface StockDocument {
  /** The first day ahead. */
  today: string;
  /** In the first document. */
  totals: StockTotals | null;
  rows: StockSku[];
}

const sumOf = (sold: Map<string, Sold>, name: keyof Sold, from: string, to: string): number =>
  [...sold].reduce((sum, [day, figures]) => sum + (day >= from && day <= to ? figures[name] : 0), 0);

const noDays: Map<string, Sold> = new Map();
const short = (value: number): number => Number(Math.max(0, value).toPrecision(4));

/**
 * A day of which the closing stock is known was in stock, out of it, or sold out on it: the last kind says neither. Where fewer than seven
 * days of stock are known, days that nobody told of are taken for days in stock.
 */
function recentOf({ days }: Shelf, sold: Map<string, Sold>, last: string): StockDay[] {
  const all = daysOf(addDays(last, 1 - recentDays), last);
  const isTold = all.filter((day) => days.has(day)).length >= leastInStockDays;
  return all.flatMap((day): StockDay[] => {
    const [units, closing] = [sold.get(day)?.units ?? 0, days.get(day)];
    if (closing === undefined) return isTold ? [] : [{ sold: units, isInStock: true }];
    if (closing > 0) return [{ sold: units, isInStock: true }];
    return units > 0 ? [] : [{ sold: 0, isInStock: false }];
  });
}

/** ρ so that the variance of the sum of the days is (1 − ρ) Σσ² + ρ (Σσ)², from 0 to 1. */
function correlationOf(sd: readonly number[], sdOfSum: number): number {
  const squares = sd.reduce((sum, each) => sum + each ** 2, 0);
  const square = sd.reduce((sum, each) => sum + each, 0) ** 2;
  return square > squares ? Math.min(1, Math.max(0, (sdOfSum ** 2 - squares) / (square - squares))) : 0;
}

function forecastOf({ days }: Shelf, sold: Map<string, Sold>, last: string): StockSku['forecast'] {
  const first = [...sold.keys()].reduce(earlierOf, addDays(last, 1));
  if (first > last) return 'no_sales';
  // A day that began and ended without stock says nothing of what was asked for.
  const isOut = (day: string): boolean => (days.get(day) ?? 1) <= 0 && !sold.get(day)?.units;
  const values = daysOf(laterOf(first, addDays(last, 1 - historyDays)), last).map((day) =>
    isOut(day) ? null : (sold.get(day)?.units ?? 0),
  );
  const found = forecast({ values, periods: [7], horizon, origins: 3 });
  if ('refused' in found) return 'too_short';
  // The upper half: the lower one is cut at zero.
  const z = quantile(0.9);
  const sd = found.mean.map((mean, i) => ((found.interval80.upper[i] ?? mean) - mean) / z);
  const at = recentDays - 1;
  const sdOfSum = ((found.total.interval80.upper[at] ?? 0) - (found.total.mean[at] ?? 0)) / z;
  return {
    mean: found.mean.map(short),
    sd: sd.map(short),
    errorCorrelation: short(correlationOf(sd.slice(0, recentDays), sdOfSum)),
  };
}

/** Documents of one creator, by key: rows of the three statements, and the local day that is not over. */
export function stockDocuments(
  [costRows, stockRows, soldRows]: [AthenaRow[], AthenaRow[], AthenaRow[]],
  today: string,
): Map<string, StockDocument> {
  const last = addDays(today, -1);
  const first = addDays(last, 1 - measuredDays);
  const [costOn, soldOf, shelves] = [costBook(costRows), soldBySku(soldRows), shelvesOf(stockRows, last)];
  if (shelves.length === 0) return new Map();
  const revenue = new Map([...soldOf].map(([sku, sold]) => [sku, sumOf(sold, 'sales', first, last)]));
  const abc = abcClasses([...revenue].map(([id, revenue]) => ({ id, revenue })));
  const valued = shelves.map((shelf) => {
    const { sku, productId, days } = shelf;
    const sold = soldOf.get(sku) ?? noDays;
    const known = [...days.keys()];
    const atCost = known.map((day) => {
      const cost = costOn(sku, productId, day);
      return cost === null ? null : Math.max(0, days.get(day) ?? 0) * cost;
    });
    const isCosted = known.length > 0 && atCost.every((each) => each !== null);
    const lastSale = [...sold].reduce((latest, [day, { units }]) => (units > 0 && day > latest ? day : latest), '');
    return {
      shelf,
      sold,
      revenue: revenue.get(sku) ?? 0,
      unitCost: costOn(sku, productId, today),
      atCost: isCosted ? new Map(known.map((day, i) => [day, atCost[i] ?? 0])) : null,
      goods: isCosted ? known.reduce((sum, day) => sum + (sold.get(day)?.cost ?? 0), 0) : 0,
      daysSinceSale: lastSale ? daysBetween(lastSale, today) : null,
      daysInStock: shelf.since ? daysBetween(shelf.since, today) : 0,
    };
  });
  type Valued = (typeof valued)[number];
  const itemOf = ({ shelf: { onHand }, unitCost, daysSinceSale, daysInStock }: Valued) => ({
    onHand,
    unitCost,
    daysSinceSale,
    daysInStock,
  });
  const sorted = valued.toSorted(
    (a, b) => b.revenue - a.revenue || b.shelf.onHand - a.shelf.onHand || (a.shelf.sku < b.shelf.sku ? -1 : 1),
  );
  const rowOf = (each: Valued, place: number): StockSku => {
    const { shelf, sold, unitCost, atCost, goods, daysSinceSale } = each;
    const { sku, productId, onHand, committed, asOf, incoming } = shelf;
    const units = sumOf(sold, 'units', first, last);
    const price = units > 0 ? Math.round(each.revenue / units) : null;
    const recent = recentOf(shelf, sold, last);
    const available = onHand - committed - soldAfter(sold, asOf, last);
    const weeks = Array.from({ length: measuredDays / 7 }, (_, i) =>
      sumOf(sold, 'units', addDays(first, 7 * i), addDays(first, 7 * i + 6)),
    );
    return {
      ...{ sku, productId, onHand, available, asOf, incoming, unitCost, price },
      soldADay: demandInStock(recent)?.mean ?? null,
      inStockDays: recent.filter(({ isInStock }) => isInStock).length,
      lost: lostSales(recent, price ?? 0),
      turnover: atCost && turnover(goods, [...atCost.values()]),
      sellThrough: sellThrough(units, onHand),
      isDead: isDead(itemOf(each), deadAfterDays),
      daysSinceSale,
      abc: abc.get(sku) ?? 'C',
      xyz: xyzClass(weeks),
      forecast: units === 0 ? 'no_sales' : place < mostForecast ? forecastOf(shelf, sold, last) : 'beyond_list',
    };
  };
  const rows = sorted.slice(0, mostKept).map(rowOf);
  const untold = [...soldOf].filter(
    ([sku, sold]) => !shelves.some((shelf) => shelf.sku === sku) && sumOf(sold, 'units', first, last) > 0,
  );
  const items = valued.map(itemOf);
  const money = moneyTiedUp(items, deadAfterDays);
  const costed = valued.filter(({ atCost }) => atCost);
  const shopAtCost = new Map<string, number>();
  for (const { atCost } of costed) for (const [day, each] of atCost ?? []) shopAtCost.set(day, (shopAtCost.get(day) ?? 0) + each);
  const lostOf = (name: 'money' | 'lower' | 'upper') => rows.reduce((sum, { lost }) => sum + (lost?.[name] ?? 0), 0);
  const totals: StockTotals = {
    moneyTiedUp: money.money,
    costCoverage: money.costCoverage,
    dead: { skus: items.filter((item) => isDead(item, deadAfterDays)).length, money: money.dead },
    turnover: turnover(
      costed.reduce((sum, { goods }) => sum + goods, 0),
      [...shopAtCost.values()],
    ),
    lost: { money: lostOf('money'), lower: lostOf('lower'), upper: lostOf('upper') },
    skus: valued.length,
    unlisted: valued.length - rows.length,
    untold: untold.length,
  };
  const parts = Array.from({ length: Math.ceil(rows.length / keptInDocument) }, (_, i) =>
    rows.slice(i * keptInDocument, (i + 1) * keptInDocument),
  );
  return new Map(parts.map((rows, i) => [`${i}`, { today, totals: i === 0 ? totals : null, rows }]));
}
