/** How did a number run, at a glance? A line without axes; what it shows stands in numbers beside it. */
import { LinePath } from '@visx/shape';
import type { ChartPoint } from './frame.ts';

const width = 120;
const height = 32;
const margin = 3;

export function Sparkline({ points }: { points: ChartPoint[] }) {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const x = (i: number): number => margin + (i / Math.max(1, points.length - 1)) * (width - 2 * margin);
  const y = (value: number): number => height - margin - ((value - least) / (most - least || 1)) * (height - 2 * margin);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block h-8 w-full" preserveAspectRatio="none">
      <LinePath
        data={points.map((_, i) => i)}
        // Broken where nothing was measured.
        defined={(i) => points[i]?.value !== null}
        x={x}
        y={(i) => y(points[i]?.value ?? 0)}
        className="fill-none stroke-chart"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
