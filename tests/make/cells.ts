/** What do moves come to? Sums by item and field, and what a KPI says of a day. */
import type { Folded } from '../../shared/fold/fold.ts';
import { type Dictionary, dictionary as declared } from '../../shared/kpis/dictionary.ts';

/** Item and field, with a blank between, to its sum; sums of zero are left out. */
export type Cells = Map<string, number>;

/** Counters of restated buckets end in ~ and depend on how often a number moved, not only on where it came to. */
export const isRestatement = (cell: string): boolean => cell.endsWith('~');

export function cellsOf(changes: Folded['changes'], into: Cells = new Map()): Cells {
  for (const { deltas } of changes)
    for (const { item, field, by } of deltas) {
      const cell = `${item} ${field}`;
      const sum = (into.get(cell) ?? 0) + by;
      if (sum === 0) into.delete(cell);
      else into.set(cell, sum);
    }
  return into;
}

/** As a plain object without the counters of restatements, in order: for comparing. */
export const plain = (cells: Cells): { [cell: string]: number } =>
  Object.fromEntries([...cells].filter(([cell]) => !isRestatement(cell)).sort(([a], [b]) => (a < b ? -1 : 1)));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\#~]/g, '\\$&');

/** A measure or distribution by what follows its slice in the sort key: `2026-03-01`, or `2026-03-01#p-1` by a dimension. */
export function valuesOf(
  cells: Cells,
  kpi: string,
  slice = 'total',
  dictionary: Dictionary = declared,
): { [at: string]: number } {
  const topic = dictionary.entries.get(kpi)?.topic;
  const isDistribution = dictionary.entries.get(kpi)?.kpi.kind === 'distribution';
  const expression = new RegExp(`^D#${topic}#${isDistribution ? `dist\\.${kpi}` : escaped(slice)}#(.+) ${kpi}(?::(\\d+))?$`);
  const values: { [at: string]: number } = {};
  for (const [cell, sum] of cells) {
    const match = expression.exec(cell);
    if (match) values[`${match[1]}${match[2] === undefined ? '' : `:${match[2]}`}`] = sum;
  }
  return values;
}
