/** Under which sort keys do the items of the kpi table stand? */
import { daysOfHours } from '../kpis/grains.ts';
import { startOfHour } from '../time.ts';

export const entityKey = (root: string): string => `E#${root}`;
export const hourKey = (topic: string, hour: string): string => `H#${topic}#total#${hour}`;
/** Slice of a distribution: one item a KPI, so that a year of one percentile reads nothing of the others. */
export const distributionSlice = (kpi: string): string => `dist.${kpi}`;
/** `slice` is `total`, a distribution's or a dimension; the value of a dimension comes last, so it may hold any character. */
export const dayKey = (topic: string, slice: string, day: string, value?: string): string =>
  `D#${topic}#${slice}#${day}${value === undefined ? '' : `#${value}`}`;
export const monthKey = (topic: string, slice: string, month: string, value?: string): string =>
  `M#${topic}#${slice}#${month}${value === undefined ? '' : `#${value}`}`;
/** List of the items that a batch moved on a day: how a number finds the entities behind it. */
export const changeIndexKey = (topic: string, day: string, seq: string): string => `${changeIndexPrefix(topic, day)}#${seq}`;
/** Begins the keys of the lists of a topic's day, or with a month of all its days. */
export const changeIndexPrefix = (topic: string, dayOrMonth: string): string => `L#${topic}#${dayOrMonth}`;
export const progressKey = 'P#progress';

const hoursAreKept = daysOfHours * 24 * 3600;

/** When an hour item expires (epoch seconds): a function of the hour alone. Undefined for every other item. */
export function expiryOf(item: string): number | undefined {
  if (!item.startsWith('H#')) return undefined;
  return Math.floor(startOfHour(item.slice(item.lastIndexOf('#') + 1)) / 1000) + hoursAreKept;
}
