/** What does the address say of what is looked at? Range, comparison, grain, dimension, refunds: all of it, so that it can be shared. */
import type { Calendar } from '../../shared/calendar.ts';
import { type Grain, mostHourlyDays } from '../../shared/kpis/grains.ts';
import type { RefundsBy } from '../../shared/kpis/refunds-by.ts';
import { latestWith, mostYears } from '../../shared/most-years.ts';
import { parseWhere, type Where, writeWhere } from '../../shared/reports/where.ts';
import { daysBetween } from '../../shared/time.ts';
import { say } from '../formatting/say.ts';
import { type Days, isPreset, type PresetName, presets } from './presets.ts';

/** By the message that names each. */
export const comparisons = {
  previous: 'compare.previous',
  previous_weekday_aligned: 'compare.previous_weekday_aligned',
  previous_month: 'compare.previous_month',
  previous_quarter: 'compare.previous_quarter',
  previous_year: 'compare.previous_year',
  previous_52_weeks: 'compare.previous_52_weeks',
  custom: 'compare.custom',
  none: 'compare.none',
} as const;
export type ComparisonName = keyof typeof comparisons;

/** A total is no grain to choose: it stands above each chart. */
export type ChosenGrain = Exclude<Grain, 'total'>;
export const grains = {
  hour: 'grain.hour',
  day: 'grain.day',
  week: 'grain.week',
  month: 'grain.month',
} as const satisfies Record<ChosenGrain, string>;

export const refundDates = {
  refund_date: 'refunds.refund_date',
  order_date: 'refunds.order_date',
} as const satisfies Record<RefundsBy, string>;

export interface View {
  range: PresetName | Days;
  compare: ComparisonName;
  /** The days compared with, where they were chosen by hand. */
  compareDays: Days | undefined;
  /** Undefined: what suits the length of the range. */
  grain: ChosenGrain | undefined;
  /** The KPI that the chart is of. */
  kpi: string | undefined;
  by: string | undefined;
  /** Values of a dimension that the page is narrowed to. */
  where: Where | undefined;
  refundsBy: RefundsBy;
}

export const usual: View = {
  range: 'last30',
  compare: 'previous',
  compareDays: undefined,
  grain: undefined,
  kpi: undefined,
  by: undefined,
  where: undefined,
  refundsBy: 'refund_date',
};

/** Is it what the dashboard's own answer holds? */
export const isUsual = ({ range, compare, refundsBy }: View): boolean =>
  range === usual.range && compare === usual.compare && refundsBy === usual.refundsBy;

const isDay = (text: string): boolean =>
  /^(19[89]|20\d|21\d)\d-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** Do two texts make a range that can be asked for? */
export const isRange = ({ from, to }: Days): boolean => isDay(from) && isDay(to) && from <= to && to <= latestWith(from);

function readRange(search: URLSearchParams, problems: string[]): View['range'] {
  const [from, to, name] = [search.get('from'), search.get('to'), search.get('range')];
  if (from !== null || to !== null) {
    if (from && to && isRange({ from, to })) return { from, to };
    problems.push(say('problem.range', { from: from ?? say('problem.noDay'), to: to ?? say('problem.noDay'), years: mostYears }));
    return usual.range;
  }
  if (name === null) return usual.range;
  if (isPreset(name)) return name;
  problems.push(say('problem.noRange', { name }));
  return usual.range;
}

function readOne<Name extends string>(
  search: URLSearchParams,
  name: 'compare' | 'grain' | 'refundsBy',
  known: Record<Name, unknown>,
  problems: string[],
): Name | undefined {
  const given = search.get(name);
  if (given === null) return undefined;
  if (Object.hasOwn(known, given)) return given as Name;
  problems.push(say(`problem.${name}`, { name: given }));
  return undefined;
}

function readComparison(search: URLSearchParams, problems: string[]): Pick<View, 'compare' | 'compareDays'> {
  const compare = readOne(search, 'compare', comparisons, problems) ?? usual.compare;
  if (compare !== 'custom') return { compare, compareDays: undefined };
  const [from, to] = [search.get('compareFrom') ?? '', search.get('compareTo') ?? ''];
  if (isRange({ from, to })) return { compare, compareDays: { from, to } };
  problems.push(say('problem.compareRange', { from: from || say('problem.noDay'), to: to || say('problem.noDay') }));
  return { compare: usual.compare, compareDays: undefined };
}

function readWhere(search: URLSearchParams, problems: string[]): Where | undefined {
  const given = search.get('where');
  if (given === null) return undefined;
  const where = parseWhere(given);
  if (typeof where !== 'string') return where;
  problems.push(`where ${where}`);
  return undefined;
}

/** Reads the address; what makes no sense falls back to the usual, and is told in `problems`. */
export function readView(text: string): { view: View; problems: string[] } {
  const search = new URLSearchParams(text);
  const problems: string[] = [];
  return {
    view: {
      range: readRange(search, problems),
      ...readComparison(search, problems),
      grain: readOne(search, 'grain', grains, problems),
      kpi: search.get('kpi') ?? undefined,
      by: search.get('by') ?? undefined,
      where: readWhere(search, problems),
      refundsBy: readOne(search, 'refundsBy', refundDates, problems) ?? usual.refundsBy,
    },
    problems,
  };
}

/** The address of a view: what is usual is left out. */
export function writeView({ range, compare, compareDays, grain, kpi, by, where, refundsBy }: View): string {
  const search = new URLSearchParams();
  if (typeof range !== 'string') {
    search.set('from', range.from);
    search.set('to', range.to);
  } else if (range !== usual.range) search.set('range', range);
  if (compare !== usual.compare) search.set('compare', compare);
  if (compare === 'custom' && compareDays) {
    search.set('compareFrom', compareDays.from);
    search.set('compareTo', compareDays.to);
  }
  if (grain) search.set('grain', grain);
  if (kpi) search.set('kpi', kpi);
  if (by) search.set('by', by);
  if (where) search.set('where', writeWhere(where));
  if (refundsBy !== usual.refundsBy) search.set('refundsBy', refundsBy);
  return search.toString();
}

/** The days of a view, on the creator's local day, in the weeks and financial years of their calendar. */
export const daysOfView = ({ range }: View, today: string, calendar?: Calendar): Days =>
  typeof range === 'string' ? presets[range].days(today, calendar) : range;

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

/** What is asked of the API for a comparison: the period before is what suits the range's name. */
export function comparisonOf({ range, compare, compareDays }: View): {
  compare?: string;
  compareFrom?: string;
  compareTo?: string;
} {
  if (compare === 'none') return {};
  if (compare === 'custom') return compareDays ? { compare, compareFrom: compareDays.from, compareTo: compareDays.to } : {};
  if (compare === 'previous' && typeof range === 'string') return { compare: presets[range].before };
  return { compare };
}
