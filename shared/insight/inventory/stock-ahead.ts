/** When does a product run out, when must it be ordered, and how much of it? From any forecast by day, with the chance of each answer. */
import { type Ahead, chanceOfAtLeast, type DailyForecast, demandUntil } from './demand-ahead.ts';
import { quantile } from './normal.ts';
import type { LeadTime } from './reorder.ts';

export interface StockPosition {
  /** On hand less what is promised; may be negative. */
  available: number;
  /** What is ordered, by the day on which it can be sold: 1 is tomorrow. */
  incoming: readonly { inDays: number; units: number }[];
}

const arrivedBy = ({ incoming }: StockPosition, day: number): number =>
  incoming.reduce((sum, { inDays, units }) => sum + (inDays <= day ? Math.max(0, units) : 0), 0);

export interface StockOut {
  /** The chance, by day from tomorrow on, that all is sold by its evening. */
  chances: number[];
  /** The first day (1 is tomorrow, 0 is out already) with a chance of half and of a tenth; null: not within the forecast. */
  likelyInDays: number | null;
  possibleInDays: number | null;
}

/** The chance to have sold out, day by day. What comes in helps from its day on. */
export function stockOut(position: StockPosition, forecast: DailyForecast): StockOut {
  const chances = demandUntil(forecast)
    .slice(1)
    .map((ahead, i) => chanceOfAtLeast(position.available + arrivedBy(position, i + 1), ahead));
  const firstAt = (chance: number): number | null => {
    if (position.available <= 0) return 0;
    const place = chances.findIndex((each) => each >= chance);
    return place < 0 ? null : place + 1;
  };
  return { chances, likelyInDays: firstAt(0.5), possibleInDays: firstAt(0.1) };
}

export interface OrderTerms {
  lead: LeadTime;
  /** Days that an order is to be there earlier than needed. */
  safetyDays: number;
  /** Of the order cycles that are to end without a stock-out: 0.95. */
  serviceLevel: number;
  /** Days that an order is to last once it is there. */
  coverDays: number;
  /** Fewer units are not sold; 0 or 1: any number. */
  minimumOrder: number;
  /** Units a box; orders are whole boxes. */
  packSize?: number;
}

export type OrderBy =
  /** Days from today; 0: today. `chanceIfToday` is that of running out before an order of today arrives. */
  | { kind: 'order'; inDays: number; chanceIfToday: number }
  /** Even an order of today comes too late for the service level. */
  | { kind: 'late'; inDays: 0; chanceIfToday: number }
  /** Not within the forecast. */
  | { kind: 'later'; afterDays: number; chanceIfToday: number };

/** Demand until an order of a day arrives: its lead time varies, so that a day more or less of demand does (King 2011). */
function aheadAt(sums: readonly Ahead[], day: number, { lead, safetyDays }: OrderTerms): Ahead | null {
  const until = day + Math.ceil(lead.days + safetyDays);
  const sum = sums[until];
  if (!sum) return null;
  const daily = until > 0 ? sum.mean / until : 0;
  return { mean: sum.mean, variance: sum.variance + (daily * lead.sd) ** 2 };
}

/** The last day on which an order still arrives in time, at the service level asked for. */
export function orderBy(position: StockPosition, forecast: DailyForecast, terms: OrderTerms): OrderBy | { refused: string } {
  const sums = demandUntil(forecast);
  const chanceAt = (day: number): number | null => {
    const ahead = aheadAt(sums, day, terms);
    if (!ahead) return null;
    const until = day + Math.ceil(terms.lead.days + terms.safetyDays);
    return chanceOfAtLeast(position.available + arrivedBy(position, until), ahead);
  };
  const chanceIfToday = chanceAt(0);
  if (chanceIfToday === null)
    return {
      refused: `The forecast is of ${forecast.mean.length} days; an order takes ${Math.ceil(terms.lead.days + terms.safetyDays)} to arrive.`,
    };
  const allowed = 1 - terms.serviceLevel;
  if (chanceIfToday > allowed) return { kind: 'late', inDays: 0, chanceIfToday };
  for (let day = 1; ; day++) {
    const chance = chanceAt(day);
    if (chance === null) return { kind: 'later', afterDays: day - 1, chanceIfToday };
    if (chance > allowed) return { kind: 'order', inDays: day - 1, chanceIfToday };
  }
}

export interface SuggestedOrder {
  units: number;
  /** Before minimum and boxes. */
  needed: number;
  /** The minimum order, or whole boxes, make it more than is needed. */
  isRaised: boolean;
}

/** What to order today: demand until the next order arrives, at the service level, less what is there and coming. 0: nothing. */
export function suggestedOrder(
  position: StockPosition,
  forecast: DailyForecast,
  terms: OrderTerms,
): SuggestedOrder | { refused: string } {
  const days = Math.ceil(terms.lead.days + terms.safetyDays + terms.coverDays);
  const sum = demandUntil(forecast)[days];
  if (!sum) return { refused: `The forecast is of ${forecast.mean.length} days; an order is to last for ${days}.` };
  const daily = days > 0 ? sum.mean / days : 0;
  const deviation = Math.sqrt(sum.variance + (daily * terms.lead.sd) ** 2);
  const target = sum.mean + quantile(terms.serviceLevel) * deviation;
  const needed = Math.max(0, Math.ceil(target - position.available - arrivedBy(position, days)));
  if (needed === 0) return { units: 0, needed: 0, isRaised: false };
  const pack = Math.max(1, terms.packSize ?? 1);
  const units = Math.ceil(Math.max(needed, terms.minimumOrder) / pack) * pack;
  return { units, needed, isRaised: units > needed };
}
