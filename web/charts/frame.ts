/** Where does each thing of a chart stand? Scales, ticks and gutters from the numbers and the room there is. */
import { bandScale, linearScale } from './scales.ts';

export interface ChartPoint {
  at: string;
  value: number | null;
  /** Of how many, where the value is a share. */
  denominator?: number | undefined;
  state: 'partial' | 'restated' | 'complete';
  /** Last day of a week or month in the range. */
  to?: string | undefined;
  /** Only a part of its bucket. */
  isCut?: true | undefined;
  /** Before there was data: not drawn. */
  noData?: true | undefined;
  /** Has not begun yet: has no value. */
  isAhead?: true | undefined;
}

/** Does its number cover only a part of its time: cut by the range, or still running? */
export const isOnlyPart = ({ at, state, isCut, isAhead }: ChartPoint): boolean =>
  // All hours of a day that runs are partial, as more may come in of them; only the running one is cut.
  isCut === true || (state === 'partial' && at.length === 10 && !isAhead);

export interface Frame {
  width: number;
  height: number;
  /** Pixels kept free for the labels of the vertical axis. */
  start: number;
  bottom: number;
  /** Middle of the i-th point, and the width of its band. */
  x: (i: number) => number;
  band: number;
  y: (value: number) => number;
  ticks: number[];
  /** Labels of the horizontal axis: of the i-th point, around x. */
  labels: { i: number; x: number; text: string }[];
}

/** Pixels between two labels. */
const labelGap = 14;
/** No label with its gap is narrower. */
const shortestLabel = 30;
const characterWidth = 7.2;
const top = 10;
const footer = 24;

/** Seconds that a clock or a calendar would be cut into. */
const roundSpans = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800];
const mostTicks = 5;

/** Ticks of times: whole minutes, hours, days, as few as fit. */
function timeTicks([least, most]: [number, number]): number[] {
  const span = roundSpans.find((each) => (most - least) / each <= mostTicks) ?? (most - least) / mostTicks;
  const first = Math.ceil(least / span);
  return Array.from({ length: Math.floor(most / span) - first + 1 }, (_, i) => (first + i) * span);
}

export interface FrameInput {
  points: ChartPoint[];
  /** What they are compared with. */
  before: ChartPoint[];
  /** Pixels there are. */
  width: number;
  height: number;
  /** How a tick of the vertical axis reads. */
  label: (value: number) => string;
  /** The values are seconds. */
  isTime: boolean;
  /** How a point reads on the horizontal axis, after another one that has a label. */
  tick: (i: number, before: number | undefined) => string;
}

const widthOf = (text: string): number => text.length * characterWidth;

/** As many labels as can be read beside each other, counted from the newest point: today always has one. */
function labelsOf(count: number, { tick, width }: FrameInput, start: number, x: (i: number) => number): Frame['labels'] {
  const least = Math.ceil((count * shortestLabel) / Math.max(1, width - start));
  for (let every = Math.max(1, least); ; every++) {
    const labelled = Array.from({ length: count }, (_, i) => i).filter((i) => (count - 1 - i) % every === 0);
    const labels = labelled.map((i, n) => {
      const text = tick(i, labelled[n - 1]);
      const half = widthOf(text) / 2;
      return { i, text, x: Math.max(Math.min(start, half), Math.min(x(i), width - half)), half };
    });
    const fits = labels.every((label, n) => {
      const next = labels[n + 1];
      return !next || label.x + label.half + labelGap <= next.x - next.half;
    });
    if (fits || labels.length < 2) return labels;
  }
}

/** The frame for some points and what they are compared with; zero is always in it, so that heights can be compared. */
export function frameOf(input: FrameInput): Frame {
  const { points, before, width, height, label, isTime } = input;
  const values = [...points, ...before].flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const bottom = height - footer;
  const y = linearScale([least, most === least ? 1 : most], [bottom, top], 4);
  const ticks = isTime ? timeTicks(y.domain) : y.ticks(4);
  const start = Math.ceil(Math.max(...ticks.map((tick) => label(tick).length)) * characterWidth) + 10;
  const { width: band, middle: x } = bandScale(points.length, [start, width]);
  const labels = labelsOf(points.length, input, start, x);
  return { width, height, start, bottom, x, band, y: y.of, ticks, labels };
}
