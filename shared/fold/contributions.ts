/** What does an entity add to the totals? Every measure in force under a part's stamp, evaluated over the parts of one item. */
import { entities } from '../events/entities.ts';
import type { Facts, Scalar } from '../events/entity.ts';
import { entityOfPart } from '../events/subject.ts';
import { type Dictionary, type DictionaryEntry, dictionary as declared } from '../kpis/dictionary.ts';
import type { At, Distribution, Measure } from '../kpis/language.ts';
import { parsePath } from '../kpis/path.ts';
import { dayOf, daysOf, hourOf } from '../time.ts';
import { holds, valueAt } from './conditions.ts';
import { rowKeyOf } from './delta.ts';
import { bucketOf } from './distribution.ts';
import { livePartsOf, noValue, type Row, type StoredEntity } from './parts.ts';
import { roundedTogether } from './rounded-together.ts';

type Parts = StoredEntity['parts'];
/** Where a local time is counted: its hour, or the day itself where the part only knows a day. */
const bucketAt = (local: string): string => (local.length === 10 ? local : hourOf(local));

function timeOf(at: At, facts: Facts, parts: Parts): string | undefined {
  if (typeof at === 'string') return valueAt(at, facts, parts) as string | undefined;
  if ('spread' in at) return undefined;
  if ('day' in at) {
    const local = valueAt(at.day, facts, parts);
    return typeof local === 'string' ? dayOf(local) : undefined;
  }
  const [entity, path] = 'first' in at ? at.first : at.last;
  const times = Object.entries(parts)
    .filter(([part]) => entityOfPart(part) === entity)
    .flatMap(([, part]) => (typeof part.facts[path] === 'string' ? [part.facts[path] as string] : []))

    // Equal instants can fall on two local days, written in two zones: the text decides then, never the order of arrival.
    .sort((a, b) => Date.parse(a) - Date.parse(b) || (a < b ? -1 : 1));
  return 'first' in at ? times[0] : times.at(-1);
}

type Rows = Map<string, Row>;

function addRow(rows: Rows, topic: string, at: string, dimensions: Row[2], kpi: string, value: number): void {
  if (value === 0) return;
  const key = rowKeyOf(topic, at, dimensions);
  let row = rows.get(key);
  if (!row) {
    row = [topic, at, dimensions, {}];
    rows.set(key, row);
  }
  row[3][kpi] = (row[3][kpi] ?? 0) + value;
}

function dimensionsOf(measure: Measure, element: Facts | undefined, facts: Facts, parts: Parts): Row[2] {
  const paths = entities.get(measure.of)?.dimensions ?? {};
  const values: Row[2] = {};
  for (const dimension of measure.by ?? []) {
    const path = paths[dimension] ?? '';
    const { fact, list } = parsePath(path);
    const value = list ? element?.[fact] : valueAt(path, facts, parts);
    values[dimension] = value === undefined || value === '' ? noValue : String(value);
  }
  return values;
}

/** An amount in equal whole parts over n buckets, the odd units to the first: [5, 3] → 2, 2, 1. */
function share(amount: number, n: number, i: number): number {
  const each = Math.trunc(amount / n);
  return each + (i < Math.abs(amount - each * n) ? Math.sign(amount) : 0);
}

function addMeasure(
  rows: Rows,
  { name, topic }: DictionaryEntry,
  measure: Measure,
  facts: Facts,
  parts: Parts,
  place: (local: string) => string,
): void {
  if (measure.when && !holds(measure.when, facts, parts)) return;
  const buckets: string[] = [];
  if (typeof measure.at === 'object' && 'spread' in measure.at) {
    const [from, to] = measure.at.spread.map((path) => valueAt(path, facts, parts));
    if (typeof from === 'string' && typeof to === 'string') buckets.push(...daysOf(dayOf(from), dayOf(to)));
  } else {
    const at = timeOf(measure.at, facts, parts);
    if (at) buckets.push(place(at));
  }
  const put = (amount: number, element?: Facts) => {
    const dimensions = dimensionsOf(measure, element, facts, parts);
    for (const [i, bucket] of buckets.entries())
      addRow(rows, topic, bucket, dimensions, name, buckets.length === 1 ? amount : share(amount, buckets.length, i));
  };
  if (typeof measure.add === 'number') {
    put(measure.add);
    return;
  }
  const { fact, list } = parsePath(measure.add);
  const elements = list === undefined ? undefined : facts[list];
  if (list) for (const element of Array.isArray(elements) ? elements : []) put(Number(element[fact] ?? 0), element as Facts);
  else put(Number((valueAt(measure.add, facts, parts) as Scalar | undefined) ?? 0));
}

function addDistribution(rows: Rows, { name, topic }: DictionaryEntry, kpi: Distribution, facts: Facts, parts: Parts): void {
  if (kpi.when && !holds(kpi.when, facts, parts)) return;
  const at = valueAt(kpi.at, facts, parts);
  const [from, to] =
    typeof kpi.value === 'string'
      ? [0, valueAt(kpi.value, facts, parts)]
      : [valueAt(kpi.value.from, facts, parts), valueAt(kpi.value.to, facts, parts)];
  if (typeof at !== 'string' || from === undefined || to === undefined) return;
  const value = typeof to === 'number' ? to : (Date.parse(String(to)) - Date.parse(String(from))) / 1000;
  addRow(rows, topic, bucketAt(at), {}, `${name}:${bucketOf(value)}`, 1);
}

/**
 * What the parts of one item add, each part under the definitions of its own stamp.
 * Depends on the stored parts alone. Throws RangeError for a definitions version that this code does not know.
 * `place` says where a measure's local time is counted: in its hour, where totals are kept.
 */
export function contributions(stored: Parts, dictionary: Dictionary = declared, place = bucketAt): Row[] {
  const rows: Rows = new Map();
  const parts = roundedTogether(livePartsOf(stored));
  for (const [name, part] of Object.entries(parts))
    for (const entry of dictionary.counting(entityOfPart(name), part.definitions)) {
      if (entry.kpi.kind === 'measure') addMeasure(rows, entry, entry.kpi, part.facts, parts, place);
      else addDistribution(rows, entry, entry.kpi as Distribution, part.facts, parts);
    }
  return [...rows.values()];
}
