/** Which items does a change move, and by how much? The difference of two sets of rows, laid out over the kpi table's items. */
import { addDays, dayOf, monthOf, startOfDay, startOfHour, type ZoneSpan } from '../time.ts';
import { dayKey, distributionSlice, hourKey, monthKey } from './keys.ts';
import { noValue, type Row } from './parts.ts';

/** What is added to one attribute of one item. */
export interface Delta {
  item: string;
  field: string;
  by: number;
}

const aDay = 86_400_000;

/** Tells the rows of one entity apart: where they are counted, and under which values. Lengths keep values apart whatever they hold. */
export function rowKeyOf(topic: string, at: string, dimensions: Row[2]): string {
  let key = `${topic}|${at}`;
  for (const name of Object.keys(dimensions)) {
    const value = dimensions[name] ?? '';
    key += `|${name}:${value.length}:${value}`;
  }
  return key;
}

const isMoved = ([, value]: [string, number]): boolean => value !== 0;

/** The rows without values that are zero, and none without a value. */
function movedIn(rows: Iterable<Row>): Row[] {
  const all: Row[] = [];
  for (const [topic, at, dimensions, values] of rows) {
    const moved = Object.entries(values).filter(isMoved);
    if (moved.length) all.push([topic, at, dimensions, Object.fromEntries(moved)]);
  }
  return all;
}

/** Rows that lead from one set to the other: values are differences, zeros left out. */
export function difference(from: Row[], to: Row[]): Row[] {
  // Rows of one set are under different keys.
  if (from.length === 0) return movedIn(to);
  const rows = new Map<string, Row>();
  for (const [sign, list] of [
    [1, to],
    [-1, from],
  ] as const)
    for (const [topic, at, dimensions, values] of list) {
      const key = rowKeyOf(topic, at, dimensions);
      let sum = rows.get(key);
      if (!sum) {
        sum = [topic, at, dimensions, {}];
        rows.set(key, sum);
      }
      for (const kpi of Object.keys(values)) sum[3][kpi] = (sum[3][kpi] ?? 0) + sign * (values[kpi] ?? 0);
    }
  return movedIn(rows.values());
}

/** An item with the instant at which its bucket ends. */
interface Placed {
  item: string;
  ends: number;
}

/** The items of a topic's day: its totals, and by dimension and value. */
interface OfDay {
  dayEnds: number;
  monthEnds: number;
  totals: Placed[];
  slices: Map<string, Map<string, Placed[]>>;
}

/** Names of items by zone, topic and day: rows that come one after the other lie on few days. The same name is then the same text. */
const named = new Map<string, OfDay>();
const mostNamed = 20_000;
let count = 0;

function ofDay(topic: string, day: string, zones: readonly ZoneSpan[]): OfDay {
  const inZones = zones.length === 1 ? zones[0]?.zone : JSON.stringify(zones);
  const key = `${topic}|${day}|${inZones}`;
  const known = named.get(key);
  if (known) return known;
  if (count > mostNamed) {
    named.clear();
    count = 0;
  }
  const month = monthOf(day);
  const dayEnds = startOfDay(addDays(day, 1), zones);
  const monthEnds = startOfDay(addDays(`${month}-28`, 4).slice(0, 8).concat('01'), zones);
  const totals = [
    { item: dayKey(topic, 'total', day), ends: dayEnds },
    { item: monthKey(topic, 'total', month), ends: monthEnds },
  ];
  const made: OfDay = { dayEnds, monthEnds, totals, slices: new Map() };
  count++;
  named.set(key, made);
  return made;
}

/** The day's and the month's item of a slice, of one value where it is a dimension. */
function ofSlice(topic: string, day: string, { slices, dayEnds, monthEnds }: OfDay, slice: string, value?: string): Placed[] {
  let values = slices.get(slice);
  if (!values) {
    values = new Map();
    slices.set(slice, values);
  }
  const known = values.get(value ?? '');
  if (known) return known;
  const made = [
    { item: dayKey(topic, slice, day, value), ends: dayEnds },
    { item: monthKey(topic, slice, monthOf(day), value), ends: monthEnds },
  ];
  count++;
  values.set(value ?? '', made);
  return made;
}

/** The items of a row with the instant at which each one's bucket ends: month, day and, where known, hour; total and by dimension. */
function itemsOf([topic, at, dimensions]: Row, zones: readonly ZoneSpan[], distribution: string | undefined): Placed[] {
  const day = dayOf(at);
  const known = ofDay(topic, day, zones);
  if (distribution) return ofSlice(topic, day, known, distributionSlice(distribution));
  const items = [...known.totals];
  if (at.length > 10) items.push({ item: hourKey(topic, at), ends: startOfHour(at) + 3_600_000 });
  for (const dimension of Object.keys(dimensions)) {
    const value = dimensions[dimension];
    if (value !== undefined && value !== noValue) items.push(...ofSlice(topic, day, known, dimension, value));
  }
  return items;
}

/** Name of the counter that says how often a KPI's closed bucket was restated. */
export const lateField = (kpi: string): string => `${kpi}~`;

/**
 * The deltas of every item for the rows of a difference. `saidAt` (ms) is when the snapshot was said: a bucket that ended more than
 * 24 h before is counted as restated.
 */
export function deltasOf(rows: Row[], saidAt: number, zones: readonly ZoneSpan[]): Delta[] {
  const items = new Map<string, Map<string, number>>();
  const add = (rowItems: Placed[], field: string, value: number, late: string) => {
    for (const { item, ends } of rowItems) {
      let fields = items.get(item);
      if (!fields) {
        fields = new Map();
        items.set(item, fields);
      }
      fields.set(field, (fields.get(field) ?? 0) + value);
      if (saidAt > ends + aDay) fields.set(late, (fields.get(late) ?? 0) + 1);
    }
  };
  for (const row of rows) {
    let own: Placed[] | undefined;
    for (const [field, value] of Object.entries(row[3])) {
      const distribution = field.includes(':') ? field.split(':', 1)[0] : undefined;
      if (distribution === undefined) own ??= itemsOf(row, zones, undefined);
      const rowItems = distribution === undefined ? own : itemsOf(row, zones, distribution);
      add(rowItems ?? [], field, value, lateField(distribution ?? field));
    }
  }
  // Deltas that cancel out (a line that changed its product) stay, as zero: their day lists the entity.
  const deltas: Delta[] = [];
  for (const [item, fields] of items) for (const [field, by] of fields) deltas.push({ item, field, by });
  return deltas;
}
