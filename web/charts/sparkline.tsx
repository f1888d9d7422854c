/** How did a number run, at a glance? A line above its zero, without other axes; what it shows stands in numbers beside it. */
import { type ChartPoint, isOnlyPart } from './frame.ts';
import { LinePath } from './line-path.tsx';

const width = 120;
const height = 32;
const margin = 3;

/** Zero is the base line, and stands in it whatever the unit; days before there was data and those ahead are left out. */
export function Sparkline({ points }: { points: ChartPoint[] }) {
  const isThere = (i: number): boolean => points[i]?.value !== null && points[i]?.value !== undefined && !points[i]?.noData;
  const values = points.flatMap(({ value }, i) => (value !== null && isThere(i) ? [value] : []));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (i: number): number => margin + (i / Math.max(1, points.length - 1)) * (width - 2 * margin);
  const y = (value: number): number => height - margin - ((value - least) / (most - least || 1)) * (height - 2 * margin);
  const isPart = (i: number): boolean => points[i] !== undefined && isOnlyPart(points[i]);
  const line = (isDrawn: (i: number) => boolean, dash?: string) => (
    <LinePath
      count={points.length}
      // Broken where nothing was measured.
      defined={(i) => isThere(i) && isDrawn(i)}
      x={x}
      y={(i) => y(points[i]?.value ?? 0)}
      className="fill-none stroke-chart"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      {...(dash ? { strokeDasharray: dash } : {})}
    />
  );
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block h-8 w-full" preserveAspectRatio="none">
      <line
        x1={margin}
        x2={width - margin}
        y1={y(0)}
        y2={y(0)}
        className="stroke-line-strong"
        vectorEffect="non-scaling-stroke"
        data-zero
      />
      {line((i) => !isPart(i))}
      {/* Into a part that still runs: no fall. */}
      {line((i) => isPart(i) || isPart(i - 1) || isPart(i + 1), '1 4')}
    </svg>
  );
}
