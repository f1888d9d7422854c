/**
 * When is how much ordered? Safety stock, reorder point and quantity by the formulas of the textbooks (Silver, Pyke, Peterson, Inventory
 * Management and Production Planning and Scheduling, 3rd ed. 1998; King, Crack the Code, APICS Magazine 2011). Times are days, demand is units.
 */
import { quantile, safetyFactorOf } from './normal.ts';

export interface Demand {
  /** Units a day. */
  mean: number;
  /** Of a day: better the error of the forecast than the deviation of demand. */
  sd: number;
}

export interface LeadTime {
  /** Days from order to shelf. */
  days: number;
  /** Its deviation; 0 where the supplier keeps his word. */
  sd: number;
}

/** Deviation of the demand until an order arrives: √(L σ_d² + d² σ_L²). */
export const demandDeviation = (demand: Demand, lead: LeadTime): number =>
  Math.sqrt(lead.days * demand.sd ** 2 + demand.mean ** 2 * lead.sd ** 2);

/** z √(L σ_d² + d² σ_L²) (King 2011). */
export const safetyStock = (z: number, demand: Demand, lead: LeadTime): number => z * demandDeviation(demand, lead);

/**
 * What is below the reorder point when somebody looks, if he looks every `days` (Silver, Pyke, Peterson 7.9; the mean of the remaining part of
 * a renewal process): mean and variance in units. With a look a day that is half a day's demand, which no safety stock holds.
 */
export function undershoot(demand: Demand, days: number): { mean: number; variance: number } {
  const [mean, variance] = [demand.mean * days, demand.sd ** 2 * days];
  if (!(mean > 0)) return { mean: 0, variance: 0 };
  const first = (mean ** 2 + variance) / (2 * mean);
  const second = (mean ** 3 + 3 * mean * variance) / (3 * mean);
  return { mean: first, variance: Math.max(0, second - first ** 2) };
}

export interface ReorderPoint {
  /** Mean demand until an order arrives, and what is short already when it is placed. */
  leadTimeDemand: number;
  safetyStock: number;
  /** The sum: order when on hand and on order together fall to it. */
  reorderPoint: number;
}

/**
 * The stock at which an order is placed so that a share of the order cycles (0.95) ends without a stock-out. `reviewDays` is how often
 * somebody looks; 0, as textbooks have it: at every sale.
 */
export function reorderPoint(serviceLevel: number, demand: Demand, lead: LeadTime, reviewDays = 0): ReorderPoint {
  const short = undershoot(demand, reviewDays);
  const leadTimeDemand = demand.mean * lead.days + short.mean;
  const stock = quantile(serviceLevel) * Math.sqrt(demandDeviation(demand, lead) ** 2 + short.variance);
  return { leadTimeDemand, safetyStock: stock, reorderPoint: leadTimeDemand + stock };
}

/**
 * Deviations of safety stock so that a share of the units (0.98) is served from the shelf: σ_L G(k) = Q (1 − P₂). Below 0: the order quantity
 * alone serves more. Null without uncertainty, where none is needed.
 */
export function safetyFactorForFillRate(fillRate: number, quantity: number, deviation: number): number | null {
  if (!(deviation > 0)) return null;
  return safetyFactorOf((quantity * (1 - fillRate)) / deviation);
}

/** Units for one season that cannot be ordered again: F(Q) = Cu / (Cu + Co), demand normal. `under` is lost by a unit too few, `over` by one too many. */
export function newsvendor({ mean, sd }: Demand, under: number, over: number): { ratio: number; z: number; quantity: number } {
  if (!(under > 0 && over > 0)) throw new RangeError('a unit too few and a unit too many both cost something');
  const ratio = under / (under + over);
  const z = quantile(ratio);
  return { ratio, z, quantity: mean + z * sd };
}

/** √(2 D K / h): units an order by demand a year, cost of an order and cost of keeping a unit for a year (Harris 1913). */
export function economicOrderQuantity(demandAYear: number, costOfOrder: number, costOfKeeping: number): number | null {
  return demandAYear > 0 && costOfOrder > 0 && costOfKeeping > 0
    ? Math.sqrt((2 * demandAYear * costOfOrder) / costOfKeeping)
    : null;
}
