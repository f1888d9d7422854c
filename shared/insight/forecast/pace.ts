/** Where does a month lead, against its goal? What was reached so far and the forecast of the days that are left. For counts and amounts. */
import type { Forecast, Interval } from './forecast.ts';

export interface Pace {
  /** What the whole month comes to, and within which limits. */
  expected: number;
  interval80: { lower: number; upper: number };
  interval95: { lower: number; upper: number };
  /** `reached` already; `likely` and `unlikely` where an interval of 80 % lies on one side of the goal; `open` where it lies around it. */
  outlook: 'reached' | 'likely' | 'open' | 'unlikely';
  /** What a day of those left has to bring to come to the goal; 0 where it is reached, null where no day is left. */
  neededADay: number | null;
}

/**
 * `soFar` and `target` in the unit of the forecast; the forecast begins on the first day that is not in `soFar`, and `daysLeft` of it belong
 * to the month. Throws where the forecast is shorter than that.
 */
export function paceOf({ total }: Pick<Forecast, 'total'>, soFar: number, target: number, daysLeft: number): Pace {
  if (daysLeft > total.mean.length)
    throw new Error(`A forecast of ${total.mean.length} days says nothing of ${daysLeft}: ask for a horizon of ${daysLeft}.`);
  const at = (numbers: readonly number[]): number => soFar + (daysLeft > 0 ? (numbers[daysLeft - 1] ?? 0) : 0);
  const limits = ({ lower, upper }: Interval) => ({ lower: at(lower), upper: at(upper) });
  const [interval80, interval95] = [limits(total.interval80), limits(total.interval95)];
  const outlook =
    soFar >= target ? 'reached' : interval80.lower >= target ? 'likely' : interval80.upper < target ? 'unlikely' : 'open';
  const neededADay = daysLeft > 0 ? Math.max(0, target - soFar) / daysLeft : soFar >= target ? 0 : null;
  return { expected: at(total.mean), interval80, interval95, outlook, neededADay };
}
