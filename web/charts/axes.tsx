/** How are the axes of a chart told? Amounts at the side, times below, as many as can be read. */
import type { NumberFormat } from '../formatting/numbers.ts';
import { formatNumber } from '../formatting/numbers.ts';
import type { Frame } from './frame.ts';

export function Axes({ frame, format }: { frame: Frame; format: NumberFormat }) {
  const { ticks, y, start, width, labels, height } = frame;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={start}
            x2={width}
            y1={y(tick)}
            y2={y(tick)}
            className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
            strokeWidth={1}
          />
          <text x={start - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-soft text-[0.75rem] tabular-nums">
            {formatNumber(tick, { ...format, isShort: true })}
          </text>
        </g>
      ))}
      {labels.map(({ i, x, text }) => (
        <text key={i} x={x} y={height - 6} textAnchor="middle" className="fill-soft text-[0.75rem]" data-tick>
          {text}
        </text>
      ))}
    </>
  );
}
