/** What does a stored entity look like? The parts of one item (an order and what hangs on it), and what they add to the totals. */
import { entities } from '../events/entities.ts';
import type { Facts, Scalar } from '../events/entity.ts';
import { withdrawnHash } from '../events/facts.ts';
import type { SnapshotOrder } from '../events/record.ts';
import { entityOfPart } from '../events/subject.ts';
import { type Dictionary, dictionary as declared } from '../kpis/dictionary.ts';
import type { Condition } from '../kpis/language.ts';
import { parsePath } from '../kpis/path.ts';

/** The newest snapshot of a part: where it stands in the order of snapshots, and the facts that measures read. */
export interface Part extends SnapshotOrder {
  facts: Facts;
}

/**
 * What a part contributed to one bucket: [kpi topic, local hour or day, dimension values, values by KPI].
 * Stored with the entity, so that what was contributed can be taken back whatever the code says later.
 */
export type Row = [topic: string, at: string, dimensions: { [name: string]: string }, values: { [kpi: string]: number }];

/** Value of a dimension that the entity does not have. It has no items of its own: the total less all values is what it comes to. */
export const noValue = '(none)';

export interface StoredEntity {
  /** Sequence of the last record that wrote it. */
  seq: string;
  parts: { [part: string]: Part };
  contributions: Row[];
  /** Deadline (ISO, UTC) while it is open. */
  due?: string | undefined;
  /** Sequences of later records that the store refused to write: they do not count. */
  refused?: string[];
  /** How many of its records were ever refused. What its records changed before the newest refusal is void from that record on. */
  era?: number;
}

export const emptyEntity = (): StoredEntity => ({ seq: '', parts: {}, contributions: [] });

/** The parts that are there: what was withdrawn keeps its place in the order of snapshots, and says nothing. */
export function livePartsOf(parts: StoredEntity['parts']): StoredEntity['parts'] {
  const all = Object.entries(parts);
  const live = all.filter(([, { hash }]) => hash !== withdrawnHash);
  return live.length === all.length ? parts : Object.fromEntries(live);
}

/** Where a declaration reads, and whether a zero or false there says more than an absent value. */
type Read = [of: string, path: string, isExact?: boolean];

function pathsOfCondition(condition: Condition | undefined, of: string): Read[] {
  if (!condition) return [];
  if ('all' in condition) return condition.all.flatMap((each) => pathsOfCondition(each, of));
  if ('not' in condition) return pathsOfCondition(condition.not, of);
  if ('any' in condition) return pathsOfCondition(condition.any[1], condition.any[0]);
  if ('every' in condition) return pathsOfCondition(condition.every[1], condition.every[0]);
  if ('has' in condition) return [[of, condition.has, true]];
  if ('after' in condition) return condition.after.map((path) => [of, path]);
  if ('byEndOfDay' in condition) return condition.byEndOfDay.map((path) => [of, path]);
  if ('is' in condition) return [[of, condition.is[0], !condition.is[1]]];
  return [[of, 'atLeast' in condition ? condition.atLeast[0] : condition.atMost[0], true]];
}

/** Every [entity, path] that some declaration reads under this definitions version or an earlier one. */
function pathsOf(dictionary: Dictionary, newest: number): Read[] {
  const paths: Read[] = [];
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
          paths.push([kpi.of, path, true]);
      } else if (kpi.kind === 'open') paths.push([kpi.of, kpi.due], ...pathsOfCondition(kpi.while, kpi.of));
    }
  return paths;
}

/** Facts that reports show of an entity beside what measures read (drill-through rows, product titles). */
const shown: { [entity: string]: string[] } = {
  order: ['placedAt', 'status'],
  product: ['title', 'category'],
  'unit-cost': ['amount'],
};

/** Facts by which amounts are rounded together: what stands there counts, a zero too. */
const forRounding: Read[] = [...entities.values()].flatMap(({ name, roundedTogether }) =>
  roundedTogether
    ? [
        [name, roundedTogether.once],
        ...Object.values(roundedTogether.amounts).map((path): Read => [name, path, true]),
        [name, `${roundedTogether.elements.list}.${roundedTogether.elements.mark}`],
      ]
    : [],
);

interface Kept {
  /** Of a list: the names inside. */
  inside: Set<string>;
  isExact: boolean;
}
type Names = Map<string, Kept>;
const kept = new WeakMap<Dictionary, Map<number, Map<string, Names>>>();

/** Names of the facts to keep, by entity. */
function keptNames(dictionary: Dictionary, version: number): Map<string, Names> {
  const byVersion = kept.get(dictionary) ?? new Map<number, Map<string, Names>>();
  kept.set(dictionary, byVersion);
  let byEntity = byVersion.get(version);
  if (!byEntity) {
    byEntity = new Map();
    const all: Read[] = [
      ...pathsOf(dictionary, version),
      ...forRounding,
      ...Object.entries(shown).flatMap(([of, paths]) => paths.map((path): Read => [of, path])),
    ];
    for (const [of, path, isExact = false] of all) {
      const { fact, list, isOfOrder } = parsePath(path);
      const owner = isOfOrder ? 'order' : of;
      const names: Names = byEntity.get(owner) ?? new Map();
      byEntity.set(owner, names);
      const name = list ?? fact;
      const one = names.get(name) ?? { inside: new Set<string>(), isExact: false };
      names.set(name, one);
      one.isExact ||= isExact;
      if (list) one.inside.add(fact);
    }
    byVersion.set(version, byEntity);
  }
  return byEntity;
}

/** Names of the facts that are stored of an entity under the newest definitions; `inside` those of a list's elements. */
export const storedFacts = (entity: string): ReadonlyMap<string, { inside: ReadonlySet<string> }> =>
  keptNames(declared, declared.latest).get(entity) ?? new Map();

/**
 * The facts to store: what some measure reads under this definitions version. A function of the record alone, whatever else the
 * code knows. A zero that is only added up and a false that is only compared with true are as good as absent: they are left out.
 */
export function keep(facts: Facts, part: string, version: number, dictionary: Dictionary = declared): Facts {
  const result: Facts = {};
  for (const [name, { inside, isExact }] of keptNames(dictionary, version).get(entityOfPart(part)) ?? []) {
    const value = facts[name];
    if (Array.isArray(value))
      result[name] = value.map((each) => {
        const one: { [name: string]: Scalar | undefined } = {};
        for (const inner of inside) if (each[inner]) one[inner] = each[inner];
        return one;
      });
    else if (value || (isExact && value !== undefined)) result[name] = value;
  }
  return result;
}
