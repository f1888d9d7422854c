/** What has no source brought yet, and which numbers of the screens need it? */
import type { MissingAnswer } from '../api/connections.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { kpiDashboards } from '../kpis/kpi-dashboards.ts';
import { readLastDayOf } from '../store/data-span.ts';
import { hasEntity } from '../store/entities.ts';
import { dayOf, toLocal } from '../time.ts';
import { measuresOf, resolve } from './formula.ts';
import type { Scope } from './scope.ts';

/** A shop without a refund lacks nothing: refunds come with its orders. */
const comeAlong = new Set(['refund']);
/** What stands behind no number yet, and is asked of every seller all the same: without it nothing can be said of margins. */
const besides = ['unit-cost'];

const names = [...new Set(Object.values(kpiDashboards).flatMap((each) => [...each.names]))];

interface Needed {
  kpis: string[];
  /** Measures of the entity, by topic. */
  measures: Map<string, Set<string>>;
}

/** By entity: the numbers of the screens that stand on it. */
const needed = new Map<string, Needed>();
for (const name of names)
  for (const { topic, measure } of measuresOf(resolve(name).formula)) {
    const kpi = dictionary.entries.get(measure)?.kpi;
    if (kpi?.kind !== 'measure' || comeAlong.has(kpi.of)) continue;
    const known: Needed = needed.get(kpi.of) ?? { kpis: [], measures: new Map() };
    needed.set(kpi.of, known);
    if (!known.kpis.includes(name)) known.kpis.push(name);
    known.measures.set(topic, (known.measures.get(topic) ?? new Set()).add(measure));
  }

/** Whether it ever counted in a measure of its entity, up to today. */
async function isThere(scope: Scope, { measures }: Needed): Promise<boolean> {
  const today = dayOf(toLocal(scope.now, scope.zones));
  for (const [topic, own] of measures) if ((await readLastDayOf(scope, topic, [...own], today)) !== undefined) return true;
  return false;
}

/** Entities of which nothing has come in, those with the most numbers behind them first. */
export async function readMissing(scope: Scope): Promise<MissingAnswer[]> {
  const counted = await Promise.all(
    [...needed].map(async ([entity, need]) => ((await isThere(scope, need)) ? [] : [{ entity, kpis: need.kpis }])),
  );
  const others = await Promise.all(
    besides.map(async (entity) => ((await hasEntity(scope.table, scope.partition, entity)) ? [] : [{ entity, kpis: [] }])),
  );
  return [...counted.flat().sort((a, b) => b.kpis.length - a.kpis.length), ...others.flat()];
}
