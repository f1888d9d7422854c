/** How does a chart show what is still to come? A dashed line, and a band around it that four of five values fall into. */
import { formatNumber, type NumberFormat } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
import type { ChartPoint, Frame } from './frame.ts';
import { LinePath } from './line-path.tsx';

export interface ForecastPoint {
  at: string;
  mean: number;
  /** The band of 80 %. */
  lower: number;
  upper: number;
}

/** "About 12 (80 %: 8 to 17)". */
export const formatForecast = ({ mean, lower, upper }: ForecastPoint, format: NumberFormat): string =>
  say('chart.forecast', {
    mean: formatNumber(mean, format),
    lower: formatNumber(lower, format),
    upper: formatNumber(upper, format),
  });

/** The ends of the band, for which the vertical axis needs room. */
export const limitsOf = (points: readonly (ForecastPoint | undefined)[]): ChartPoint[] =>
  points.flatMap((point) =>
    point ? [point.lower, point.upper].map((value): ChartPoint => ({ at: point.at, value, state: 'complete' })) : [],
  );

export function Forecast({
  points,
  history,
  frame,
}: {
  points: readonly (ForecastPoint | undefined)[];
  history: readonly ChartPoint[];
  frame: Frame;
}) {
  const first = points.findIndex((point) => point !== undefined);
  if (first < 0) return null;
  const known = points.map((point, i) => ({ point, i })).filter(({ point }) => point !== undefined);
  const edge = (of: 'lower' | 'upper') => known.map(({ point, i }) => `${frame.x(i)},${frame.y(point?.[of] ?? 0)}`);
  // The line begins where history ends.
  const valueAt = (i: number): number | null => points[i]?.mean ?? (i === first - 1 ? (history[i]?.value ?? null) : null);
  return (
    <>
      <polygon points={[...edge('upper'), ...edge('lower').reverse()].join(' ')} className="fill-chart" opacity={0.18} />
      <LinePath
        count={points.length}
        defined={(i) => valueAt(i) !== null}
        x={frame.x}
        y={(i) => frame.y(valueAt(i) ?? 0)}
        className="fill-none stroke-chart"
        strokeWidth={2}
        strokeDasharray="5 4"
      />
    </>
  );
}
