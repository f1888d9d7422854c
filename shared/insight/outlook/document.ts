/** What is stored of forecasts? Of the whole shop and of each product that sells: the days ahead, each alone and all up to it, with their record. */
import type { CalendarEntry } from '../../api/calendar.ts';
import { type ForecastName, forecastOfProducts } from '../../kpis/forecasts.ts';
import type { AthenaRow } from '../../lake/athena.ts';
import type { Backtest } from '../forecast/backtest.ts';
import { type Forecast, forecast } from '../forecast/forecast.ts';
import { type DailySeries, dailySeries, knownDays } from './series.ts';

export const outlookReport = 'outlook';
export const shopKey = 'shop';
export const productsKey = 'products';

/** Days ahead: through the end of the month after the running one. */
export const horizon = 62;
/** Days of history that are stored beside a forecast of the whole shop. */
const daysShown = 91;

/** Whole numbers, one a day ahead. */
export interface Limits {
  mean: number[];
  lower80: number[];
  upper80: number[];
  lower95: number[];
  upper95: number[];
}

export interface Outlook {
  name: ForecastName;
  productId?: string;
  /** Days that the history has, and its last one. */
  days: number;
  last: string;
  /** Its last days. */
  history: number[];
  /** Null: the history is too short. */
  forecast: null | {
    method: string;
    version: number;
    daily: Limits;
    /** All days up to each, together. */
    total: Limits;
    backtest: Backtest | null;
    effects: { name: string; effect: number; isFactor: boolean }[];
    spikes: number;
  };
}

const limitsOf = ({ mean, interval80, interval95 }: Pick<Forecast, 'mean' | 'interval80' | 'interval95'>): Limits => ({
  mean: mean.map(Math.round),
  lower80: interval80.lower.map(Math.floor),
  upper80: interval80.upper.map(Math.ceil),
  lower95: interval95.lower.map(Math.floor),
  upper95: interval95.upper.map(Math.ceil),
});

function outlookOf(name: ForecastName, series: DailySeries, entries: readonly CalendarEntry[], productId?: string): Outlook {
  const { first, last, values } = series;
  const knownFuture = knownDays(entries, first, values.length + horizon, productId);
  const found = forecast({ values, periods: [7], horizon, knownFuture });
  const about = { name, ...(productId === undefined ? {} : { productId }), days: values.length, last };
  const history = productId === undefined ? values.slice(-daysShown) : [];
  if ('refused' in found) return { ...about, history, forecast: null };
  const { method, version, total, backtest, effects, spikes } = found;
  return {
    ...about,
    history,
    forecast: { method, version, daily: limitsOf(found), total: limitsOf(total), backtest, effects, spikes },
  };
}

/** Documents of one creator, by key: rows of `daysSql`, the creator's calendar, and the local day that is not over. */
export function outlookDocuments(rows: AthenaRow[], entries: readonly CalendarEntry[], today: string): Map<string, Outlook[]> {
  const { shop, products } = dailySeries(rows, today);
  return new Map([
    [shopKey, shop.map(({ name, series }) => outlookOf(name, series, entries))],
    [productsKey, products.map(({ productId, series }) => outlookOf(forecastOfProducts, series, entries, productId))],
  ]);
}
