/** What does the address say of what is looked at? Range, comparison, grain, dimension, refunds: all of it, so that it can be shared. */
import { daysBetween } from '../../shared/time.ts';
import { type Days, isPreset, type PresetName, presets } from './presets.ts';

export const comparisons = {
  previous: 'Previous period',
  previous_year: 'Same days last year',
  previous_weekday_aligned: 'Same weekdays before',
  none: 'No comparison',
} as const;
export type Comparison = keyof typeof comparisons;

export const grains = { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month' } as const;
export type ChosenGrain = keyof typeof grains;

export type RefundsBy = 'refund_date' | 'order_date';

export interface View {
  range: PresetName | Days;
  compare: Comparison;
  /** Undefined: what suits the length of the range. */
  grain: ChosenGrain | undefined;
  /** The KPI that the chart is of. */
  kpi: string | undefined;
  by: string | undefined;
  refundsBy: RefundsBy;
}

export const usual: View = {
  range: 'last30',
  compare: 'previous',
  grain: undefined,
  kpi: undefined,
  by: undefined,
  refundsBy: 'refund_date',
};

const mostYears = 5;

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** Do two texts make a range that can be asked for? */
export const isRange = ({ from, to }: Days): boolean =>
  isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < mostYears * 365;

function readRange(search: URLSearchParams, problems: string[]): View['range'] {
  const [from, to, name] = [search.get('from'), search.get('to'), search.get('range')];
  if (from !== null || to !== null) {
    if (from && to && isRange({ from, to })) return { from, to };
    problems.push(`${from ?? 'no day'} to ${to ?? 'no day'} is no range of days up to ${mostYears} years`);
    return usual.range;
  }
  if (name === null) return usual.range;
  if (isPreset(name)) return name;
  problems.push(`there is no range ${name}`);
  return usual.range;
}

function readOne<Name extends string>(
  search: URLSearchParams,
  name: string,
  known: Record<Name, unknown>,
  problems: string[],
): Name | undefined {
  const given = search.get(name);
  if (given === null) return undefined;
  if (Object.hasOwn(known, given)) return given as Name;
  problems.push(`there is no ${name} ${given}`);
  return undefined;
}

/** Reads the address; what makes no sense falls back to the usual, and is told in `problems`. */
export function readView(text: string): { view: View; problems: string[] } {
  const search = new URLSearchParams(text);
  const problems: string[] = [];
  return {
    view: {
      range: readRange(search, problems),
      compare: readOne(search, 'compare', comparisons, problems) ?? usual.compare,
      grain: readOne(search, 'grain', grains, problems),
      kpi: search.get('kpi') ?? undefined,
      by: search.get('by') ?? undefined,
      refundsBy: readOne(search, 'refundsBy', { refund_date: 1, order_date: 1 }, problems) ?? usual.refundsBy,
    },
    problems,
  };
}

/** The address of a view: what is usual is left out. */
export function writeView({ range, compare, grain, kpi, by, refundsBy }: View): string {
  const search = new URLSearchParams();
  if (typeof range !== 'string') {
    search.set('from', range.from);
    search.set('to', range.to);
  } else if (range !== usual.range) search.set('range', range);
  if (compare !== usual.compare) search.set('compare', compare);
  if (grain) search.set('grain', grain);
  if (kpi) search.set('kpi', kpi);
  if (by) search.set('by', by);
  if (refundsBy !== usual.refundsBy) search.set('refundsBy', refundsBy);
  return search.toString();
}

/** The days of a view, on the creator's local day. */
export const daysOfView = ({ range }: View, today: string): Days =>
  typeof range === 'string' ? presets[range].days(today) : range;

const mostHourlyDays = 62;
const longDaily = 92;
const longWeekly = 400;

/** Are the days few enough for hours? */
export const hoursFit = ({ from, to }: Days): boolean => daysBetween(from, to) < mostHourlyDays;

/** The grain that suits a range, unless one was chosen; hours only where every KPI shown has them and the days are few. */
export function grainOfView({ grain }: View, { from, to }: Days, hasHours: boolean): ChosenGrain {
  const days = daysBetween(from, to) + 1;
  if (grain === 'hour') return hasHours && hoursFit({ from, to }) ? 'hour' : 'day';
  if (grain) return grain;
  if (days <= 2 && hasHours) return 'hour';
  if (days <= longDaily) return 'day';
  return days <= longWeekly ? 'week' : 'month';
}
