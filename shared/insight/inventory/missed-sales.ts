/** How many units will be asked for on days on which nothing is left? By running through the days with more and less demand than is expected. */
import { type DailyForecast, demandUntil } from './demand-ahead.ts';
import { quantile } from './normal.ts';
import type { StockPosition } from './stock-ahead.ts';

const paths = 20;

/** Units that are missed in the first `days` where demand is `factor` times what is expected on each of them. */
function missedOn({ available, incoming }: StockPosition, mean: readonly number[], days: number, factor: number): number {
  let [stock, missed] = [available, 0];
  for (let day = 1; day <= days; day++) {
    for (const { inDays, units } of incoming) if (inDays === day) stock += units;
    const asked = Math.max(0, mean[day - 1] ?? 0) * factor;
    const sold = Math.min(asked, Math.max(0, stock));
    stock -= sold;
    missed += asked - sold;
  }
  return missed;
}

/** The expectation, and what it is between four of five times; demand of all days is taken to be off by the same share. */
export function missedUnits(
  position: StockPosition,
  forecast: DailyForecast,
  days: number,
): { mean: number; lower: number; upper: number } {
  const { mean, variance } = demandUntil(forecast)[days] ?? { mean: 0, variance: 0 };
  if (!(mean > 0)) return { mean: 0, lower: 0, upper: 0 };
  const at = (share: number): number =>
    missedOn(position, forecast.mean, days, Math.max(0, 1 + (quantile(share) * Math.sqrt(variance)) / mean));
  const all = Array.from({ length: paths }, (_, i) => at((i + 0.5) / paths));
  return { mean: all.reduce((sum, each) => sum + each, 0) / paths, lower: at(0.1), upper: at(0.9) };
}
