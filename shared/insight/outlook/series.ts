/** Which daily series are forecast, and what does the calendar know of days to come? */
import type { CalendarEntry } from '../../api/calendar.ts';
import { type ForecastName, forecastNames } from '../../kpis/forecasts.ts';
import type { AthenaRow } from '../../lake/athena.ts';
import { addDays, daysOf, laterOf } from '../../time.ts';
import type { KnownFuture } from '../forecast/calendar.ts';
import { eventColumn } from '../forecast/columns.ts';

/** Products of which units are forecast: those that sold most in the last 13 weeks. */
export const mostProducts = 50;
const recentDays = 91;
/** Days of history that a forecast looks at: two years, so that a year's end is seen before. */
export const historyDays = 730;

/** Days before `today` from the first sale on, without gaps; a day without sales is 0. */
export interface DailySeries {
  first: string;
  last: string;
  values: number[];
}

const columns: { [name in ForecastName]: string } = { netSales: 'net_sales', orders: 'orders', units: 'units' };

function seriesOf(rows: AthenaRow[], column: string, first: string, last: string): DailySeries {
  const byDay = new Map<string, number>();
  for (const row of rows) byDay.set(row.day ?? '', (byDay.get(row.day ?? '') ?? 0) + Number(row[column] ?? 0));
  return { first, last, values: first > last ? [] : daysOf(first, last).map((day) => byDay.get(day) ?? 0) };
}

const earliest = (rows: AthenaRow[]): string => rows.reduce((first, { day }) => (day && day < first ? day : first), '9999-12-31');

/** Series of the whole shop, and of the products that sell, the most units first. `today` is not over: it is not in them. */
export function dailySeries(rows: AthenaRow[], today: string) {
  const last = addDays(today, -1);
  const first = laterOf(earliest(rows), addDays(last, 1 - historyDays));
  const [shop, products] = [rows.filter((row) => !row.product_id), rows.filter((row) => row.product_id)];
  const recent = addDays(last, 1 - recentDays);
  const sold = [...Map.groupBy(products, (row) => row.product_id ?? '')]
    .map(([productId, own]) => ({
      productId,
      own,
      units: own.reduce((sum, { day, units }) => sum + (day && day >= recent && day <= last ? Number(units) : 0), 0),
    }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => b.units - a.units || (a.productId < b.productId ? -1 : 1));
  return {
    shop: forecastNames.map((name) => ({ name, series: seriesOf(shop, columns[name], first, last) })),
    products: sold.slice(0, mostProducts).map(({ productId, own }) => ({
      productId,
      // A product is forecast from its own first sale on: days before it was there are no zeros.
      series: seriesOf(own, columns.units, laterOf(earliest(own), first), last),
    })),
  };
}

/** The days of promotions and of holidays, a column each where there are any: `days` from `first` on; of a product's own only for it. */
export const knownDays = (entries: readonly CalendarEntry[], first: string, days: number, productId?: string): KnownFuture[] =>
  (['promotion', 'holiday'] as const).flatMap((kind) => {
    const own = entries.filter(
      (entry) => entry.kind === kind && (entry.productId === undefined || entry.productId === productId),
    );
    return own.length ? [eventColumn(kind, first, days, own)] : [];
  });
