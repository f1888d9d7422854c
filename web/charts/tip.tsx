/** What is said of the point that is looked at? Beside it, never outside of the chart; by touch with the way to what is behind it. */
import type { ReactNode } from 'react';

export interface TipProps {
  /** Pixels from the start of the chart to the point, and the width of the chart. */
  x: number;
  width: number;
  /** Pixels from the top of the chart: further down where the top is out of sight. */
  top: number;
  children: ReactNode;
}

const gap = 14;

export function Tip({ x, width, top, children }: TipProps) {
  const place = x > width / 2 ? `max(0px, calc(${x - gap}px - 100%))` : `min(${x + gap}px, calc(${width}px - 100%))`;
  return (
    <div
      className="pointer-events-none absolute start-0 z-10 w-max max-w-[min(14rem,70%)] rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-card"
      style={{ top, left: 0, transform: `translateX(${place})` }}
      data-tip
    >
      {children}
    </div>
  );
}
