/** How are the points of a chart drawn? As bars or a line; what is only a part of its time never looks like a fall. */
import { type ChartPoint, type Frame, isOnlyPart } from './frame.ts';
import { LinePath } from './line-path.tsx';

interface Look {
  stroke: string;
  fill: string;
}
const looks = {
  now: { stroke: 'stroke-chart', fill: 'fill-chart' },
  before: { stroke: 'stroke-chart-then', fill: 'fill-chart-then' },
} as const satisfies Record<string, Look>;

type Points = (ChartPoint | undefined)[];

interface LineProps {
  points: Points;
  frame: Frame;
  look: Look;
  width: number;
  dash?: string;
  opacity?: number;
  /** Is there something to draw between this point and the one before it? */
  isWhole: (i: number) => boolean;
}

const isThere = (point: ChartPoint | undefined): boolean => point?.value !== null && point?.value !== undefined && !point.noData;

/** The stretches of a line that are asked for; a value between two breaks is a dot. */
function BrokenLine({ points, frame, look, width, dash, opacity = 1, isWhole }: LineProps) {
  const alone = points.flatMap((point, i) => {
    const isAlone = isThere(point) && !isThere(points[i - 1]) && !isThere(points[i + 1]);
    return isAlone && isWhole(i) ? [{ i, value: point?.value ?? 0 }] : [];
  });
  return (
    <g opacity={opacity}>
      <LinePath
        count={points.length}
        defined={(i) => isThere(points[i]) && isWhole(i)}
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
    </g>
  );
}

/** What it was compared with: dashed, with a rim that keeps it apart from bars of any colour. */
export const Before = ({ points, frame }: { points: Points; frame: Frame }) => (
  <>
    <BrokenLine
      points={points}
      frame={frame}
      look={{ stroke: 'stroke-card', fill: 'fill-card' }}
      width={4}
      isWhole={() => true}
    />
    <BrokenLine points={points} frame={frame} look={looks.before} width={2} dash="4 3" isWhole={() => true} />
  </>
);

/** What is only a part stands faded in a dashed outline of full strength. */
export function Bars({ points, frame: { x, y, band, bottom } }: { points: ChartPoint[]; frame: Frame }) {
  const zero = y(0);
  return points.map((point, i) => {
    const end = y(point.value ?? 0);
    const height = Math.abs(end - zero);
    if (!height) return null;
    const isPart = isOnlyPart(point);
    return (
      <rect
        key={point.at}
        x={x(i) - band / 2}
        y={Math.min(end, zero, bottom)}
        width={Math.max(band, 0.5)}
        height={height}
        rx={Math.min(3, band / 3, height)}
        className="fill-chart"
        data-part={isPart || undefined}
        {...(isPart ? { fillOpacity: 0.3, stroke: 'var(--chart)', strokeWidth: 1.25, strokeDasharray: '3 2' } : {})}
      />
    );
  });
}

/** Whole stretches at full strength, those into or out of a part dashed. */
export function Line({ points, frame }: { points: ChartPoint[]; frame: Frame }) {
  const isPart = (i: number): boolean => points[i] !== undefined && isOnlyPart(points[i]);
  const last = points.findLastIndex((point) => isThere(point));
  const end = points[last];
  return (
    <>
      <BrokenLine points={points} frame={frame} look={looks.now} width={2} isWhole={(i) => !isPart(i)} />
      <BrokenLine
        points={points}
        frame={frame}
        look={looks.now}
        width={1.5}
        dash="2 3"
        isWhole={(i) => isPart(i) || isPart(i - 1) || isPart(i + 1)}
      />
      {end && (
        <circle
          cx={frame.x(last)}
          cy={frame.y(end.value ?? 0)}
          r={3.5}
          className={isPart(last) ? 'fill-card stroke-chart' : 'fill-chart'}
          strokeWidth={1.5}
          data-part={isPart(last) || undefined}
        />
      )}
    </>
  );
}
