/** What does a stored entity look like? The parts of one item (an order and what hangs on it), and what they told the totals. */
import { entities } from '../events/entities.ts';
import type { Facts, Scalar } from '../events/entity.ts';
import type { SnapshotOrder } from '../events/record.ts';
import { entityOfPart } from '../events/subject.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import type { Condition } from '../kpis/language.ts';

/** The newest snapshot of a part: where it stands in the order of snapshots, and the facts that measures read. */
export interface Part extends SnapshotOrder {
  facts: Facts;
}

/**
 * What a part contributed to one bucket: [kpi subject, local hour or day, dimension values, values by KPI].
 * Stored with the entity, so that what was told can be taken back whatever the code says later.
 */
export type Row = [subject: string, at: string, dimensions: { [name: string]: string }, values: { [kpi: string]: number }];

export interface StoredEntity {
  /** Sequence of the last record that wrote it. */
  seq: string;
  parts: { [part: string]: Part };
  told: Row[];
  /** Deadline (ISO, UTC) while it is open. */
  due?: string | undefined;
}

export const emptyEntity = (): StoredEntity => ({ seq: '', parts: {}, told: [] });

function pathsOfCondition(condition: Condition | undefined, of: string): [string, string][] {
  if (!condition) return [];
  if ('all' in condition) return condition.all.flatMap((each) => pathsOfCondition(each, of));
  if ('not' in condition) return pathsOfCondition(condition.not, of);
  if ('any' in condition) return pathsOfCondition(condition.any[1], condition.any[0]);
  if ('every' in condition) return pathsOfCondition(condition.every[1], condition.every[0]);
  if ('has' in condition) return [[of, condition.has]];
  if ('after' in condition) return condition.after.map((path) => [of, path]);
  if ('byEndOfDay' in condition) return condition.byEndOfDay.map((path) => [of, path]);
  if ('is' in condition) return [[of, condition.is[0]]];
  return [[of, 'atLeast' in condition ? condition.atLeast[0] : condition.atMost[0]]];
}

/** Every [entity, path] that some declaration reads under this definitions version or an earlier one. */
function pathsOf(dictionary: Dictionary, newest: number): [string, string][] {
  const paths: [string, string][] = [];
  for (let version = 1; version <= newest; version++)
    for (const { kpi } of dictionary.at(version)) {
      if (kpi.kind === 'measure') {
        if (typeof kpi.at === 'string') paths.push([kpi.of, kpi.at]);
        else if ('day' in kpi.at) paths.push([kpi.of, kpi.at.day]);
        else if ('spread' in kpi.at) paths.push([kpi.of, kpi.at.spread[0]], [kpi.of, kpi.at.spread[1]]);
        else paths.push('first' in kpi.at ? kpi.at.first : kpi.at.last);
        if (typeof kpi.add === 'string') paths.push([kpi.of, kpi.add]);
        for (const dimension of kpi.by ?? []) paths.push([kpi.of, entities.get(kpi.of)?.dimensions[dimension] ?? '']);
        paths.push(...pathsOfCondition(kpi.when, kpi.of));
      } else if (kpi.kind === 'distribution') {
        paths.push([kpi.of, kpi.at], ...pathsOfCondition(kpi.when, kpi.of));
        for (const path of typeof kpi.value === 'string' ? [kpi.value] : [kpi.value.from, kpi.value.to])
          paths.push([kpi.of, path]);
      } else if (kpi.kind === 'open') paths.push([kpi.of, kpi.due], ...pathsOfCondition(kpi.while, kpi.of));
    }
  return paths;
}

/** Facts that reports show of an entity beside what measures read (drill-through rows, product titles). */
const shown: { [entity: string]: string[] } = { order: ['placedAt', 'status'], product: ['title', 'category'] };

type Names = Map<string, Set<string>>;
const kept = new WeakMap<Dictionary, Map<number, Map<string, Names>>>();

/** Names of the facts to keep by entity: top-level ones to the empty set, lists to the names inside. */
function keptNames(dictionary: Dictionary, version: number): Map<string, Names> {
  const byVersion = kept.get(dictionary) ?? new Map<number, Map<string, Names>>();
  kept.set(dictionary, byVersion);
  let byEntity = byVersion.get(version);
  if (!byEntity) {
    byEntity = new Map();
    const all: [string, string][] = [
      ...pathsOf(dictionary, version),
      ...Object.entries(shown).flatMap(([of, paths]) => paths.map((path): [string, string] => [of, path])),
    ];
    for (const [of, path] of all) {
      const [head = '', inner] = path.split('.');
      const owner = head === 'order' && inner ? 'order' : of;
      const names = byEntity.get(owner) ?? new Map<string, Set<string>>();
      byEntity.set(owner, names);
      const name = owner !== of || head === 'order' ? (inner ?? head) : head;
      const inside = names.get(name) ?? new Set<string>();
      names.set(name, inside);
      if (inner && head !== 'order') inside.add(inner);
    }
    byVersion.set(version, byEntity);
  }
  return byEntity;
}

/**
 * The facts to store: what some measure reads under this definitions version. A function of the record alone, whatever else the
 * code knows. Zeros and false are as good as absent, so they are left out.
 */
export function keep(facts: Facts, part: string, version: number, dictionary: Dictionary = declared): Facts {
  const result: Facts = {};
  for (const [name, inside] of keptNames(dictionary, version).get(entityOfPart(part)) ?? []) {
    const value = facts[name];
    if (Array.isArray(value))
      result[name] = value.map((each) => {
        const one: { [name: string]: Scalar | undefined } = {};
        for (const inner of inside) if (each[inner]) one[inner] = each[inner];
        return one;
      });
    else if (value) result[name] = value;
  }
  return result;
}
