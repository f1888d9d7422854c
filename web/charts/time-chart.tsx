/** How did a number run over time, and how did it run before? Bars for what adds up, a line for what does not. */
import { LinePath } from '@visx/shape';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Grain, tellBucket, tellTick } from '../words/dates.ts';
import { type Telling, tell } from '../words/numbers.ts';
import { type ChartPoint, type Frame, frameOf } from './frame.ts';
import { useWidth } from './use-width.ts';

export interface TimeChartProps {
  title: string;
  points: ChartPoint[];
  /** Beside each point the one it is compared with, where there is one. */
  then?: (ChartPoint | undefined)[];

  grain: Grain;
  telling: Telling;
  isAdditive: boolean;
  /** Called with a point that is chosen, by click or Enter. */
  onPick?: ((at: string) => void) | undefined;
  height?: number;
}

/** A line is broken where there is no value: what was not measured is not drawn. A value between two breaks is a dot. */
function BrokenLine({ points, frame, look, width, dash }: LineProps) {
  const isThere = (i: number): boolean => points[i]?.value !== null && points[i]?.value !== undefined;
  const alone = points.flatMap((point, i) =>
    isThere(i) && !isThere(i - 1) && !isThere(i + 1) ? [{ i, value: point?.value ?? 0 }] : [],
  );
  return (
    <>
      <LinePath
        data={points.map((_, i) => i)}
        defined={isThere}
        x={(i) => frame.x(i)}
        y={(i) => frame.y(points[i]?.value ?? 0)}
        className={`fill-none ${look.stroke}`}
        strokeWidth={width}
        strokeLinejoin="round"
        {...(dash ? { strokeDasharray: dash } : {})}
      />
      {alone.map(({ i, value }) => (
        <circle key={i} cx={frame.x(i)} cy={frame.y(value)} r={width} className={look.fill} />
      ))}
    </>
  );
}

interface LineProps {
  points: (ChartPoint | undefined)[];
  frame: Frame;
  look: { stroke: string; fill: string };
  width: number;
  dash?: string;
}

const looks = {
  now: { stroke: 'stroke-chart', fill: 'fill-chart' },
  before: { stroke: 'stroke-chart-then', fill: 'fill-chart-then' },
};

const opacityOf = ({ state }: ChartPoint): number => (state === 'partial' ? 0.45 : 1);

function Bars({ points, frame: { x, y, band, bottom } }: { points: ChartPoint[]; frame: Frame }) {
  const zero = y(0);
  return points.map((point, i) => {
    const end = y(point.value ?? 0);
    const height = Math.abs(end - zero);
    if (!height) return null;
    const radius = Math.min(3, band / 3, height);
    return (
      <rect
        key={point.at}
        x={x(i) - band / 2}
        y={Math.min(end, zero, bottom)}
        width={Math.max(band, 0.5)}
        height={height}
        rx={radius}
        className="fill-chart"
        opacity={opacityOf(point)}
      />
    );
  });
}

function Line({ points, frame }: { points: ChartPoint[]; frame: Frame }) {
  const last = points.findLastIndex(({ value }) => value !== null);
  const end = points[last];
  return (
    <>
      <BrokenLine points={points} frame={frame} look={looks.now} width={2} />
      {end && <circle cx={frame.x(last)} cy={frame.y(end.value ?? 0)} r={3.5} className="fill-chart" opacity={opacityOf(end)} />}
    </>
  );
}

function Axes({ points, frame, grain, telling }: { points: ChartPoint[]; frame: Frame; grain: Grain; telling: Telling }) {
  const { ticks, y, start, width, labelled, x, height } = frame;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={start} x2={width} y1={y(tick)} y2={y(tick)} className="stroke-line" strokeWidth={tick === 0 ? 1.5 : 1} />
          <text x={start - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-soft text-[0.75rem] tabular-nums">
            {tell(tick, { ...telling, isShort: true })}
          </text>
        </g>
      ))}
      {labelled.map((i) => (
        <text key={i} x={Math.min(x(i), width - 18)} y={height - 6} textAnchor="middle" className="fill-soft text-[0.75rem]">
          {tellTick(points[i]?.at ?? '', grain)}
        </text>
      ))}
    </>
  );
}

export function TimeChart(props: TimeChartProps) {
  const { title, points, then = [], grain, telling, isAdditive, onPick, height = 260 } = props;
  const [place, width] = useWidth();
  const [followed, setAt] = useState<number>();
  const frame = width
    ? frameOf({
        points,
        before: then.filter((point) => point !== undefined),
        width,
        height,
        label: (value) => tell(value, { ...telling, isShort: true }),
        isTime: telling.unit === 'seconds',
      })
    : undefined;
  const last = points.length - 1;
  // The range may have become shorter since.
  const at = followed === undefined ? undefined : Math.min(followed, last);
  const shown = at === undefined ? undefined : points[at];

  const follow = (event: PointerEvent): void => {
    if (!frame) return;
    const left = event.currentTarget.getBoundingClientRect().left;
    const step = (width - frame.start) / points.length;
    setAt(Math.max(0, Math.min(last, Math.floor((event.clientX - left - frame.start) / step))));
  };
  const move = (event: KeyboardEvent): void => {
    const here = at ?? last;
    const steps: Record<string, number> = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next !== undefined) setAt(Math.max(0, Math.min(last, next)));
    else if (event.key === 'Enter' && points[here]) onPick?.(points[here].at);
    else return;
    event.preventDefault();
  };
  const words = (i: number): string => {
    const point = points[i];
    if (!point) return '';
    const before = then[i] ? `, before ${tell(then[i].value, telling)}` : '';
    const state = point.state === 'complete' ? '' : `, ${point.state}`;
    return `${tellBucket(point.at, grain)}: ${tell(point.value, telling)}${before}${state}`;
  };

  return (
    <div
      ref={place}
      dir="ltr"
      role="slider"
      tabIndex={0}
      aria-label={`${title}, point by point${onPick ? '; Enter opens the rows behind a point' : ''}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(last, 0)}
      aria-valuenow={at ?? last}
      aria-valuetext={words(at ?? last)}
      onKeyDown={move}
      onPointerMove={follow}
      onPointerDown={follow}
      // A finger leaves before its tap counts: what it touched stays marked.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setAt(undefined)}
      onBlur={() => setAt(undefined)}
      onClick={() => shown && onPick?.(shown.at)}
      className={`relative touch-pan-y ${onPick ? 'cursor-pointer' : ''}`}
      style={{ height }}
    >
      {frame && (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block size-full overflow-visible">
          <Axes points={points} frame={frame} grain={grain} telling={telling} />
          {at !== undefined && (
            <rect
              x={frame.x(at) - frame.band / 2 - 2}
              y={0}
              width={frame.band + 4}
              height={frame.bottom}
              rx={4}
              className="fill-line"
              opacity={0.6}
            />
          )}
          {isAdditive ? <Bars points={points} frame={frame} /> : <Line points={points} frame={frame} />}
          <BrokenLine points={then} frame={frame} look={looks.before} width={1.75} dash="4 4" />
        </svg>
      )}
      {frame && shown && at !== undefined && (
        <Tip side={frame.x(at) > width / 2 ? 'before' : 'after'} x={frame.x(at)}>
          <p className="font-medium">{tellBucket(shown.at, grain)}</p>
          <p className="text-base font-semibold tabular-nums">{tell(shown.value, telling)}</p>
          {then[at] && (
            <p className="text-soft tabular-nums">
              {tellBucket(then[at].at, grain)}: {tell(then[at].value, telling)}
            </p>
          )}
          {shown.state !== 'complete' && <p className="text-warn">{shown.state === 'partial' ? 'so far' : 'restated'}</p>}
        </Tip>
      )}
    </div>
  );
}

function Tip({ x, side, children }: { x: number; side: 'before' | 'after'; children: React.ReactNode }) {
  const style = side === 'after' ? { left: x + 14 } : { left: x - 14, transform: 'translateX(-100%)' };
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-2 z-10 max-w-56 rounded-lg border border-line bg-raised px-3 py-2 text-xs whitespace-nowrap shadow-card"
      style={style}
    >
      {children}
    </div>
  );
}
