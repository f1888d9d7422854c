/** By which grains can a KPI be told apart, and how finely can it be cut off at an instant? */
import { type Dictionary, dictionary as declared, partsOf } from './dictionary.ts';
import { type Grain, grains } from './grains.ts';

/**
 * Where a number can be cut off while a day runs: `minute` what counts at an instant; `day` what is kept by day alone (spread over days,
 * distributions, levels of a day); `due` what counts on a day that must be over before anything can be said of it.
 */
export type Cut = 'minute' | 'day' | 'due';
const coarser: Cut[] = ['minute', 'day', 'due'];

/** The cut of a KPI: of a sum or ratio the coarsest of its parts. */
export function cutOf(name: string, dictionary: Dictionary = declared): Cut {
  const kpi = dictionary.entries.get(name)?.kpi;
  if (kpi?.kind === 'measure') {
    if (kpi.basis === 'due') return 'due';
    const isInstant = typeof kpi.at === 'string' ? kpi.at !== 'day' : 'first' in kpi.at || 'last' in kpi.at;
    return isInstant ? 'minute' : 'day';
  }
  if (kpi?.kind === 'open') return 'minute';
  if (kpi?.kind !== 'sum' && kpi?.kind !== 'ratio') return 'day';
  const cuts = partsOf(kpi).map((part) => coarser.indexOf(cutOf(part, dictionary)));
  return coarser[Math.max(...cuts)] ?? 'day';
}

/** Is a KPI kept by hour? What counts at an instant is. */
export const isHourly = (name: string): boolean => cutOf(name) === 'minute';

/** The grains that a KPI can be told apart by. What is open, or was computed by a job, is one number whatever grain is asked for. */
export function grainsOf(name: string): Grain[] {
  const { kind } = declared.entries.get(name)?.kpi ?? {};
  if (kind === 'open' || kind === 'report') return ['total'];
  return grains.filter((grain) => grain !== 'hour' || isHourly(name));
}
