/** Where does each thing of a chart stand? Scales, ticks and gutters from the numbers and the room there is. */
import { scaleBand, scaleLinear } from '@visx/scale';

export interface ChartPoint {
  at: string;
  value: number | null;
  state: 'partial' | 'restated' | 'complete';
}

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
  /** Indexes of the points that get a label. */
  labelled: number[];
}

const labelRoom = 76;
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
}

/** The frame for some points and what they are compared with; zero is always in it, so that heights can be compared. */
export function frameOf({ points, before, width, height, label, isTime }: FrameInput): Frame {
  const values = [...points, ...before].flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const bottom = height - footer;
  const y = scaleLinear<number>({ domain: [least, most === least ? 1 : most], range: [bottom, top], nice: 4 });
  const ticks = isTime ? timeTicks(y.domain() as [number, number]) : y.ticks(4);
  const start = Math.ceil(Math.max(...ticks.map((tick) => label(tick).length)) * characterWidth) + 10;
  const bands = scaleBand<number>({
    domain: points.map((_, i) => i),
    range: [start, width],
    paddingInner: 0.25,
    paddingOuter: 0.1,
  });
  const band = bands.bandwidth();
  const every = Math.max(1, Math.ceil(points.length / Math.max(1, Math.floor((width - start) / labelRoom))));
  // Counted from the newest point: today always has its label.
  const labelled = points.map((_, i) => i).filter((i) => (points.length - 1 - i) % every === 0);
  return { width, height, start, bottom, x: (i) => (bands(i) ?? 0) + band / 2, band, y: (value) => y(value), ticks, labelled };
}
