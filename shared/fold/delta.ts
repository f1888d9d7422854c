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

function rowKey([topic, at, dimensions]: Row): string {
  return `${topic}|${at}|${JSON.stringify(dimensions)}`;
}

/** Rows that lead from one set to the other: values are differences, zeros left out. */
export function difference(from: Row[], to: Row[]): Row[] {
  const rows = new Map<string, Row>();
  for (const [sign, list] of [
    [1, to],
    [-1, from],
  ] as const)
    for (const row of list) {
      const [topic, at, dimensions, values] = row;
      const sum = rows.get(rowKey(row)) ?? [topic, at, dimensions, {}];
      rows.set(rowKey(row), sum);
      for (const [kpi, value] of Object.entries(values)) sum[3][kpi] = (sum[3][kpi] ?? 0) + sign * value;
    }
  return [...rows.values()].flatMap(([topic, at, dimensions, values]): Row[] => {
    const moved = Object.entries(values).filter(([, value]) => value !== 0);
    return moved.length ? [[topic, at, dimensions, Object.fromEntries(moved)]] : [];
  });
}

/** The items of a row with the instant at which each one's bucket ends: month, day and, where known, hour; total and by dimension. */
function itemsOf(
  [topic, at, dimensions]: Row,
  zones: readonly ZoneSpan[],
  distribution: string | undefined,
): { item: string; ends: number }[] {
  const day = dayOf(at);
  const month = monthOf(at);
  const dayEnds = startOfDay(addDays(day, 1), zones);
  const monthEnds = startOfDay(addDays(`${month}-28`, 4).slice(0, 8).concat('01'), zones);
  if (distribution)
    return [
      { item: dayKey(topic, distributionSlice(distribution), day), ends: dayEnds },
      { item: monthKey(topic, distributionSlice(distribution), month), ends: monthEnds },
    ];
  const items = [
    { item: dayKey(topic, 'total', day), ends: dayEnds },
    { item: monthKey(topic, 'total', month), ends: monthEnds },
  ];
  if (at.length > 10) items.push({ item: hourKey(topic, at), ends: startOfHour(at) + 3_600_000 });
  for (const [dimension, value] of Object.entries(dimensions))
    if (value !== noValue)
      items.push(
        { item: dayKey(topic, dimension, day, value), ends: dayEnds },
        { item: monthKey(topic, dimension, month, value), ends: monthEnds },
      );
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
  const addTo = (item: string, field: string, by: number) => {
    const fields = items.get(item) ?? new Map<string, number>();
    items.set(item, fields.set(field, (fields.get(field) ?? 0) + by));
  };
  for (const row of rows) {
    const byDistribution = Map.groupBy(Object.entries(row[3]), ([field]) =>
      field.includes(':') ? field.split(':', 1)[0] : undefined,
    );
    for (const [distribution, fields] of byDistribution)
      for (const { item, ends } of itemsOf(row, zones, distribution))
        for (const [field, value] of fields) {
          addTo(item, field, value);
          if (saidAt > ends + aDay) addTo(item, lateField(distribution ?? field), 1);
        }
  }
  // Deltas that cancel out (a line that changed its product) stay, as zero: their day lists the entity.
  return [...items].flatMap(([item, fields]) => [...fields].map(([field, by]) => ({ item, field, by })));
}
