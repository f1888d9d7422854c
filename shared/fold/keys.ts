/** How are the numbers of the kpi table named, and under which sort keys do entities and marks stand? */
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
/** What an item's key says: `D#sales#channel#2026-03-01#live`. */
export interface ItemPlace {
  kind: 'H' | 'D' | 'M';
  topic: string;
  slice: string;
  /** Day, month or hour. */
  period: string;
  value: string | undefined;
}

export function placeOfItem(item: string): ItemPlace {
  const [kind, topic = '', slice = '', period = '', ...value] = item.split('#');
  return { kind: kind as ItemPlace['kind'], topic, slice, period, value: value.length ? value.join('#') : undefined };
}

export const progressKey = 'P#progress';

/** Seconds. */
const hoursAreKept = daysOfHours * 24 * 3600;

/** Until when an hour is kept (epoch seconds): a function of the hour alone. Undefined for every other item. */
export function expiryOf(item: string): number | undefined {
  if (!item.startsWith('H#')) return undefined;
  return Math.floor(startOfHour(item.slice(item.lastIndexOf('#') + 1)) / 1000) + hoursAreKept;
}

/** Whether an item is of an hour that is no longer kept at an instant (ms). */
export const isExpired = (item: string, now: number): boolean => (expiryOf(item) ?? Number.POSITIVE_INFINITY) * 1000 <= now;
