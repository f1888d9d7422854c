/** How did a number run over time, and how did it run before? Bars for what adds up, a line for what does not. */

import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { Grain } from '../../shared/kpis/grains.ts';
import { formatBucket, formatTick } from '../formatting/dates.ts';
import { formatNumber, type NumberFormat } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
import { Axes } from './axes.tsx';
import { Forecast, type ForecastPoint, formatForecast, limitsOf } from './forecast.tsx';
import { type ChartPoint, frameOf } from './frame.ts';
import { type MarkedDay, MarkedDays } from './marked-days.tsx';
import { Bars, Before, Line } from './marks.tsx';
import { Tip } from './tip.tsx';
import { useWidth } from './use-width.ts';

export interface TimeChartProps {
  title: string;
  points: ChartPoint[];
  /** Beside each point the one it is compared with, where there is one. */
  then?: (ChartPoint | undefined)[];
  grain: Grain;
  format: NumberFormat;
  isAdditive: boolean;
  /** Beside each point that is still to come, what is forecast for it. */
  forecast?: (ForecastPoint | undefined)[];
  /** How it is told of how many a value is a share; undefined where that says nothing. */
  formatSample?: (count: number | undefined) => string | undefined;
  /** Days that are marked; whoever shows the chart lists what they are. */
  marks?: MarkedDay[];
  /** Called with a point that is chosen: by a click or Enter, of a finger by the button beside the point. */
  onPick?: ((at: string) => void) | undefined;
  height?: number;
}

const formatPoint = (point: ChartPoint, format: NumberFormat): string =>
  point.noData ? say('chart.noData') : point.isAhead ? say('chart.notYet') : formatNumber(point.value, format);

/** What must be known of a point beside its number; '' where nothing must. */
function noteOf({ state, isCut, isAhead, value }: ChartPoint): string {
  if (isAhead) return '';
  // A day that is over can still be waiting for what was accepted of it.
  if (state === 'partial') return value === null ? '' : say(isCut ? 'chart.soFar' : 'chart.stillCounted');
  if (isCut) return say('chart.partOfIt');
  return state === 'restated' ? say('chart.changedLater') : '';
}

/** Room at the top of the window that the page's head takes, and what a tip needs below its own top. */
const head = 64;
const tipRoom = 90;

interface Followed {
  at: number;
  /** Pixels from the top of the chart where it can be seen. */
  top: number;
  byTouch: boolean;
}

export function TimeChart(props: TimeChartProps) {
  const {
    title,
    points,
    then = [],
    forecast = [],
    grain,
    format,
    isAdditive,
    formatSample,
    marks = [],
    onPick,
    height = 260,
  } = props;
  const [place, width] = useWidth();
  const [followed, setFollowed] = useState<Followed>();
  const noYear = points[0]?.at.slice(0, 4) === points.at(-1)?.at.slice(0, 4) ? undefined : '';
  const frame = width
    ? frameOf({
        points,
        before: [...then.filter((point) => point !== undefined), ...limitsOf(forecast)],
        width,
        height,
        label: (value) => formatNumber(value, { ...format, isShort: true }),
        isTime: format.unit === 'seconds',
        // Of several years the first label says its own, too.
        tick: (i, before) =>
          formatTick(points[i]?.at ?? '', grain, points[i], before === undefined ? noYear : points[before]?.at),
      })
    : undefined;
  const last = points.length - 1;
  // The range may have become shorter since.
  const at = followed === undefined ? undefined : Math.min(followed.at, last);
  const shown = at === undefined ? undefined : points[at];

  const follow = ({ currentTarget, clientX, pointerType }: PointerEvent): void => {
    if (!frame) return;
    const box = currentTarget.getBoundingClientRect();
    const step = (width - frame.start) / points.length;
    setFollowed({
      at: Math.max(0, Math.min(last, Math.floor((clientX - box.left - frame.start) / step))),
      top: Math.max(8, Math.min(head - box.top, height - tipRoom)),
      byTouch: pointerType !== 'mouse',
    });
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
    if (next !== undefined) setFollowed({ at: Math.max(0, Math.min(last, next)), top: 8, byTouch: false });
    else if (event.key === 'Enter' && points[here]) onPick?.(points[here].at);
    else return;
    event.preventDefault();
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) setFollowed(undefined);
  };
  const sampleOf = ({ denominator, isAhead, noData }: ChartPoint) =>
    isAhead || noData ? undefined : formatSample?.(denominator);
  const numberAt = (i: number): string => {
    const [point, ahead] = [points[i], forecast[i]];
    return ahead ? formatForecast(ahead, format) : point ? formatPoint(point, format) : '';
  };
  const words = (i: number): string => {
    const point = points[i];
    if (!point) return '';
    const now = `${formatBucket(point.at, grain, point)}: ${numberAt(i)}`;
    const told = then[i] ? say('chart.pointBefore', { point: now, value: formatNumber(then[i].value, format) }) : now;
    return [told, sampleOf(point), noteOf(point)].filter(Boolean).join(', ');
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left both chart and tip
    <div ref={place} dir="ltr" className="relative" style={{ height }} onBlur={leave}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={say(onPick ? 'chart.aloudOpens' : 'chart.aloud', { title })}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={at ?? last}
        aria-valuetext={words(at ?? last)}
        onKeyDown={move}
        onPointerMove={follow}
        onPointerDown={follow}
        // A finger leaves before its tap counts: what it touched stays marked.
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setFollowed(undefined)}
        // A finger reads the chart and stays on the page: the button in the tip leads on.
        onClick={() => shown && !followed?.byTouch && onPick?.(shown.at)}
        className={`size-full touch-pan-y ${onPick ? 'cursor-pointer' : ''}`}
      >
        {frame && (
          <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block size-full overflow-visible">
            <Axes frame={frame} format={format} />
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
            {isAdditive && <Bars points={points} frame={frame} />}
            <Forecast points={forecast} history={points} frame={frame} />
            <Before points={then} frame={frame} />
            {!isAdditive && <Line points={points} frame={frame} />}
            <MarkedDays marks={marks} frame={frame} />
          </svg>
        )}
      </div>
      {frame && shown && at !== undefined && (
        <Tip x={frame.x(at)} width={width} top={followed?.top ?? 8}>
          <p className="font-medium">{formatBucket(shown.at, grain, shown)}</p>
          <p className="text-base font-semibold tabular-nums">{numberAt(at)}</p>
          {sampleOf(shown) && <p className="text-soft tabular-nums">{sampleOf(shown)}</p>}
          {then[at] && (
            <p className="text-soft tabular-nums">
              {formatBucket(then[at].at, grain)}:{' '}
              <span className="whitespace-nowrap">{formatNumber(then[at].value, format)}</span>
            </p>
          )}
          {noteOf(shown) && <p className="text-warn">{noteOf(shown)}</p>}
          {followed?.byTouch && onPick && !shown.isAhead && (
            <button
              type="button"
              className="pointer-events-auto mt-1 min-h-9 w-full text-start text-sm font-medium text-accent"
              onClick={() => onPick(shown.at)}
            >
              {say('chart.behind')}
            </button>
          )}
        </Tip>
      )}
    </div>
  );
}
