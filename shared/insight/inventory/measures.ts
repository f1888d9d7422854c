/** How hard does stock work? Turnover, days of inventory, sell-through, return on its cost. A denominator of 0 is null, never 0. */

const ratio = (above: number, below: number): number | null => (below > 0 ? above / below : null);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Cost of goods sold ÷ mean daily inventory at cost, a year; both in the same money. Never revenue ÷ inventory. */
export function turnover(costOfGoods: number, dailyInventoryAtCost: readonly number[]): number | null {
  const days = dailyInventoryAtCost.length;
  const turns = days ? ratio(costOfGoods, sum(dailyInventoryAtCost) / days) : null;
  return turns === null ? null : (turns * 365) / days;
}

/** Days that the mean inventory lasts at the rate of its cost of goods: 365 ÷ turnover. */
export function daysOfInventory(costOfGoods: number, dailyInventoryAtCost: readonly number[]): number | null {
  const turns = turnover(costOfGoods, dailyInventoryAtCost);
  return turns === null ? null : ratio(365, turns);
}

/** Units sold ÷ (units sold + units left). */
export const sellThrough = (sold: number, left: number): number | null => ratio(sold, sold + Math.max(0, left));

/** Gross margin of a window ÷ mean inventory at cost (GMROI). */
export const returnOnInventory = (grossMargin: number, dailyInventoryAtCost: readonly number[]): number | null =>
  dailyInventoryAtCost.length ? ratio(grossMargin, sum(dailyInventoryAtCost) / dailyInventoryAtCost.length) : null;

export interface StockDay {
  /** Units sold. */
  sold: number;
  /** Was there something to sell? Days without stock say nothing of demand. */
  isInStock: boolean;
}

/** Demand a day over the days in stock: mean and deviation. Null where there was no such day. */
export function demandInStock(days: readonly StockDay[]): { mean: number; sd: number; days: number } | null {
  const sold = days.filter(({ isInStock }) => isInStock).map((day) => day.sold);
  if (!sold.length) return null;
  const mean = sum(sold) / sold.length;
  // Sold one by one, units vary at least as much as that: nothing is known more surely.
  const variance = sold.length > 1 ? sum(sold.map((value) => (value - mean) ** 2)) / (sold.length - 1) : mean;
  return { mean, sd: Math.sqrt(Math.max(variance, mean)), days: sold.length };
}

export type DaysOfSupply = { days: number; inStockDays: number } | { refused: string };

/** Fewer days in stock say nothing about a day. */
export const leastInStockDays = 7;

/** How long what can be sold lasts: available ÷ mean units a day over the days in stock. */
export function daysOfSupply(available: number, days: readonly StockDay[]): DaysOfSupply {
  const demand = demandInStock(days);
  if (!demand || demand.days < leastInStockDays)
    return {
      refused: `It was in stock on ${demand?.days ?? 0} of ${days.length} days; ${leastInStockDays} say what sells on one.`,
    };
  if (demand.mean === 0) return { refused: `Nothing was sold on ${demand.days} days in stock: it lasts until somebody buys.` };
  return { days: Math.max(0, available) / demand.mean, inStockDays: demand.days };
}

export interface LostSales {
  units: number;
  /** Minor units. */
  money: number;
  lower: number;
  upper: number;
  outOfStockDays: number;
  /** Always: nobody saw those who did not buy. */
  isEstimate: true;
}

/**
 * Days without stock × what is sold on a day in stock × price, with 95 % (normal; of the chance of those days, and of the mean that is only
 * estimated). Null where nothing says what sells on a day, it was never out, or costs nothing.
 */
export function lostSales(days: readonly StockDay[], price: number): LostSales | null {
  const demand = demandInStock(days);
  const outOfStockDays = days.filter(({ isInStock }) => !isInStock).length;
  if (!demand || demand.days < leastInStockDays || !outOfStockDays || demand.mean === 0 || !(price > 0)) return null;
  const units = outOfStockDays * demand.mean;
  const deviation = demand.sd * Math.sqrt(outOfStockDays + outOfStockDays ** 2 / demand.days);
  const money = (value: number): number => Math.round(Math.max(0, value) * price);
  return {
    units,
    money: money(units),
    lower: money(units - 1.96 * deviation),
    upper: money(units + 1.96 * deviation),
    outOfStockDays,
    isEstimate: true,
  };
}

export interface StockItem {
  onHand: number;
  /** Minor units; null where it is not known. */
  unitCost: number | null;
  /** Days since it last sold; null: never. */
  daysSinceSale: number | null;
  /** Days since it was first in stock. */
  daysInStock: number;
}

/** Days without a sale after which stock counts as dead. */
export const deadAfterDays = 90;

/** On the shelf, and not one sold for so long; what came in later than that is only new. */
export const isDead = ({ onHand, daysSinceSale, daysInStock }: StockItem, after = deadAfterDays): boolean =>
  onHand > 0 && (daysSinceSale ?? daysInStock) >= after && daysInStock >= after;

/** What stock cost, that of dead stock within it, and of how many of the units the cost is known (0…1; null without stock). */
export function moneyTiedUp(
  items: readonly StockItem[],
  after = deadAfterDays,
): { money: number; dead: number; costCoverage: number | null } {
  const stocked = items.filter(({ onHand }) => onHand > 0);
  const known = stocked.filter(({ unitCost }) => unitCost !== null);
  const cost = (some: readonly StockItem[]): number => sum(some.map(({ onHand, unitCost }) => onHand * (unitCost ?? 0)));
  const units = (some: readonly StockItem[]): number => sum(some.map(({ onHand }) => onHand));
  return {
    money: cost(known),
    dead: cost(known.filter((item) => isDead(item, after))),
    costCoverage: ratio(units(known), units(stocked)),
  };
}
