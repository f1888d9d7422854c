/** What do all declarations say together? Checked once, then asked by fold, reports, SQL and docs. */
import { entities } from '../events/entities.ts';
import { roundedTogetherSince } from '../events/facts.ts';
import type { Kpi, KpiTopic, Measure, Open } from './language.ts';
import { parsePath } from './path.ts';
import { topics } from './topics.ts';

export interface DictionaryEntry {
  name: string;
  topic: string;
  kpi: Kpi;
}

export interface Dictionary {
  entries: ReadonlyMap<string, DictionaryEntry>;
  /** The newest definitions version; collect stamps it. */
  latest: number;
  /** The KPIs in force under a definitions version. */
  at(version: number): DictionaryEntry[];
  /** Of those, the measures and distributions that count an entity. */
  counting(entity: string, version: number): DictionaryEntry[];
  /** Dimensions that a KPI can be split by: a measure's own; of a sum or ratio, those of all its parts. */
  dimensionsOf(name: string): string[];
  /** The open KPI, if one is declared: it decides the sparse index. */
  open: Open | undefined;
  /** The open KPI as it was declared under a definitions version. */
  openAt(version: number): Open | undefined;
}

/** The declaration in force under a version, or undefined before its first `since`. */
function inForce(kpi: Kpi, version: number): Kpi | undefined {
  if ((kpi.since ?? 1) <= version) return kpi;
  return kpi.before && inForce(kpi.before, version);
}

/** Names that a declaration stands on. */
export function partsOf(kpi: Kpi): string[] {
  if (kpi.kind === 'sum') return [...kpi.plus, ...kpi.minus];
  if (kpi.kind === 'ratio') return [kpi.numerator, kpi.denominator];
  return [];
}

const isAdditive = (kpi: Kpi): boolean => kpi.kind === 'measure' || kpi.kind === 'sum';

/** A declaration and what counted before it. */
const chain = (kpi: Kpi): Kpi[] => [kpi, ...(kpi.before ? chain(kpi.before) : [])];

function checkMeasure(name: string, kpi: Measure): void {
  const entity = entities.get(kpi.of);
  const added = typeof kpi.add === 'string' ? parsePath(kpi.add) : undefined;
  for (const dimension of kpi.by ?? []) {
    const path = entity?.dimensions[dimension];
    if (!path)
      throw new Error(
        `KPI ${name}: ${kpi.of} has no dimension ${dimension}; known are ${Object.keys(entity?.dimensions ?? {}).join(', ')}`,
      );
    const { list } = parsePath(path);
    if (list && list !== added?.list)
      throw new Error(`KPI ${name}: dimension ${dimension} belongs to ${list}, but ${kpi.add} is not counted per ${list}`);
  }
}

/** Does a declaration stand on this name, directly or through others? */
function standsOn(name: string, kpi: Kpi, entries: Map<string, DictionaryEntry>, seen = new Set<string>()): boolean {
  return partsOf(kpi).some((part) => {
    if (part === name || seen.has(part)) return part === name;
    const found = entries.get(part)?.kpi;
    return found !== undefined && standsOn(name, found, entries, seen.add(part));
  });
}

function checkKpi(name: string, kpi: Kpi, entries: Map<string, DictionaryEntry>): void {
  if (standsOn(name, kpi, entries)) throw new Error(`KPI ${name} stands on itself`);
  for (const part of partsOf(kpi)) {
    const found = entries.get(part)?.kpi;
    if (!found) throw new Error(`KPI ${name}: no KPI ${part}`);
    if (!isAdditive(found)) throw new Error(`KPI ${name}: ${part} is not additive, so it cannot be summed or divided`);
  }
  if ('of' in kpi && !entities.has(kpi.of)) throw new Error(`KPI ${name}: no entity ${kpi.of}`);
  if (kpi.kind === 'measure') checkMeasure(name, kpi);
  if (kpi.kind === 'measure' && kpi.orderDated && entries.get(kpi.orderDated)?.kpi.kind !== 'measure')
    throw new Error(`KPI ${name}: no measure ${kpi.orderDated}`);
}

/** Attributes that items have beside the numbers. */
const taken = ['pk', 'sk', 'w', 'expires', 'open', 'due', 'seq', 'state', 'refused', 'undone'];

function checkName(kind: string, name: string): void {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new Error(`${kind} ${name}: names are camelCase letters and digits`);
}

const versionsOf = (kpi: Kpi): number[] => chain(kpi).map((each) => each.since ?? 1);

/**
 * Builds the dictionary of the given topics. Throws an Error that names the KPI where declarations contradict each other.
 * `atLeast` is the newest definitions version where it changed what a fact is, and no declaration.
 */
export function makeDictionary(of: KpiTopic[], atLeast = 1): Dictionary {
  const entries = new Map<string, DictionaryEntry>();
  for (const [i, topic] of of.entries()) {
    checkName('topic', topic.name);
    if (of.findIndex(({ name }) => name === topic.name) < i) throw new Error(`topic ${topic.name} is declared twice`);
    for (const [name, kpi] of Object.entries(topic.kpis)) {
      checkName('KPI', name);
      if (taken.includes(name)) throw new Error(`KPI ${name}: the name is taken by the items that hold the numbers`);
      if (entries.has(name)) throw new Error(`KPI ${name} is declared twice`);
      entries.set(name, { name, topic: topic.name, kpi });
    }
  }
  for (const { name, kpi } of entries.values()) for (const each of chain(kpi)) checkKpi(name, each, entries);
  const opens = [...entries.values()].filter(({ kpi }) => kpi.kind === 'open').map(({ kpi }) => kpi as Open);
  if (opens.length > 1) throw new Error('only one open KPI can be declared: an item has one deadline in the index');
  const latest = Math.max(atLeast, ...[...entries.values()].flatMap(({ kpi }) => versionsOf(kpi)));
  const memo = new Map<number, DictionaryEntry[]>();
  const countingMemo = new Map<string, DictionaryEntry[]>();
  const dimensionsOf = (name: string): string[] => {
    const kpi = entries.get(name)?.kpi;
    if (kpi?.kind === 'measure') return kpi.by ?? [];
    const [head = [], ...rest] = kpi ? partsOf(kpi).map(dimensionsOf) : [];
    return head.filter((dimension) => rest.every((other) => other.includes(dimension)));
  };
  const at = (version: number): DictionaryEntry[] => {
    if (!Number.isInteger(version) || version < 1 || version > latest)
      throw new RangeError(`unknown definitions version ${version}; known are 1 to ${latest}`);
    const known =
      memo.get(version) ??
      [...entries.values()].flatMap((entry) => {
        const kpi = inForce(entry.kpi, version);
        return kpi ? [{ ...entry, kpi }] : [];
      });
    memo.set(version, known);
    return known;
  };
  const counting = (entity: string, version: number): DictionaryEntry[] => {
    const key = `${version} ${entity}`;
    const known =
      countingMemo.get(key) ??
      at(version).filter(({ kpi }) => (kpi.kind === 'measure' || kpi.kind === 'distribution') && kpi.of === entity);
    countingMemo.set(key, known);
    return known;
  };
  const openAt = (version: number): Open | undefined =>
    opens.length ? (at(version).find(({ kpi }) => kpi.kind === 'open')?.kpi as Open | undefined) : undefined;
  return { entries, latest, at, counting, dimensionsOf, open: opens[0], openAt };
}

/** The dictionary of this project. */
export const dictionary = makeDictionary(topics, roundedTogetherSince);
