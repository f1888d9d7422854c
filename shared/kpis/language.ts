/** How is a KPI declared? As structural data that the fold and the SQL compiler both read; never a closure. */

/** Where a value stands in a part's facts: `paidAt`, `lines.grossAmount` (of each line), `order.channel` (of the part's order). */
export type Path = string;

/** Which bucket a contribution falls into: a time of the part, its day alone, or the first or last such time among an order's parts. */
export type At =
  | Path
  | { day: Path }
  | { first: [entity: string, path: Path] }
  | { last: [entity: string, path: Path] }
  | { spread: [from: Path, to: Path] };

export type Condition =
  | { is: [Path, string | number | boolean] }
  | { has: Path }
  | { after: [Path, Path] }
  | { byEndOfDay: [Path, Path] }
  | { atLeast: [Path, number] }
  | { atMost: [Path, number] }
  | { not: Condition }
  | { all: Condition[] }
  | { any: [entity: string, Condition?] }
  | { every: [entity: string, Condition] };

export type Unit = 'money' | 'count' | 'ratio' | 'seconds';
export type Better = 'up' | 'down' | 'neither';
/** When a number counts. */
// biome-ignore format: one list
export type Basis =
  | 'paid' | 'created' | 'dispatched' | 'delivered' | 'due' | 'refunded' | 'settled' | 'reviewed' | 'answered' | 'spend' | 'snapshot' | 'minute' | 'now' | 'mixed';

/** What a reader is told of every KPI. */
export interface About {
  title: string;
  unit: Unit;
  better: Better;
  /** In words and signs, as the dictionary page shows it. */
  formula: string;
  basis: Basis;
  /** Who defines it so. */
  source?: string;
  /** Definitions version from which it counts; 1 where absent. A new or changed KPI takes the next number. */
  since?: number;
}

export interface MeasureSpec extends About {
  of: string;
  at: At;
  /** A number for each part, or the path of one; of lists, the sum over the list. */
  add: number | Path;
  when?: Condition;
  by?: string[];
  /** The measure that counts the same on the order's date; `refundsBy=order_date` reads that one instead. */
  orderDated?: string;
  /** Whether later events move closed days by design. */
  restates?: boolean;
}
export interface DistributionSpec extends About {
  of: string;
  at: Path;
  /** Seconds between two instants, or the path of a number. */
  value: { from: Path; to: Path } | Path;
  when?: Condition;
}
export interface SumSpec extends About {
  plus: string[];
  minus: string[];
}
export interface RatioSpec extends About {
  numerator: string;
  denominator: string;
}
export interface OpenSpec extends About {
  of: string;
  due: Path;
  /** An entity is open while this holds. */
  while: Condition;
  /** Hours to the deadline that split the list. */
  hours: number[];
}
export interface ReportSpec extends About {
  report: string;
}

/** `before` is what counted until this one's `since`. */
type Declared<Kind extends string, Spec> = Spec & { kind: Kind; before?: Kpi };
export type Measure = Declared<'measure', MeasureSpec>;
export type Distribution = Declared<'distribution', DistributionSpec>;
export type Sum = Declared<'sum', SumSpec>;
export type Ratio = Declared<'ratio', RatioSpec>;
export type Open = Declared<'open', OpenSpec>;
export type Report = Declared<'report', ReportSpec>;
export type Kpi = Measure | Distribution | Sum | Ratio | Open | Report;

/** An additive number of an entity at one of its times. */
export const measure = (spec: MeasureSpec): Measure => ({ kind: 'measure', ...spec });
/** Percentiles of a duration or number, kept as counters of log-spaced buckets. */
export const distribution = (spec: DistributionSpec): Distribution => ({ kind: 'distribution', ...spec });
/** Measures added and subtracted on read; additive itself. */
export const sum = (spec: Omit<SumSpec, 'minus'> & { minus?: string[] }): Sum => ({ kind: 'sum', minus: [], ...spec });
/** One additive KPI over another, computed on read; null over nothing. */
export const ratio = (numerator: string, denominator: string, about: Omit<About, 'unit'> & { unit?: Unit }): Ratio => ({
  kind: 'ratio',
  unit: 'ratio',
  ...about,
  numerator,
  denominator,
});
/** Entities that wait for something with a deadline, counted on read. */
export const open = (spec: OpenSpec): Open => ({ kind: 'open', ...spec });
/** What a job computes and stores as a report item: not additive. */
export const report = (name: string, about: About): Report => ({ kind: 'report', ...about, report: name });
/** A changed KPI: `after.since` says from which definitions version the new meaning counts. */
export const revised = (before: Kpi, after: Kpi): Kpi => ({ ...after, before });

export const is = (path: Path, value: string | number | boolean): Condition => ({ is: [path, value] });
export const has = (path: Path): Condition => ({ has: path });
/** The first instant lies after the second; false where one is absent. */
export const after = (later: Path, earlier: Path): Condition => ({ after: [later, earlier] });
/** The first instant lies on or before the local day of the second. */
export const byEndOfDay = (instant: Path, day: Path): Condition => ({ byEndOfDay: [instant, day] });
export const atLeast = (path: Path, n: number): Condition => ({ atLeast: [path, n] });
export const atMost = (path: Path, n: number): Condition => ({ atMost: [path, n] });
export const not = (condition: Condition): Condition => ({ not: condition });
export const all = (...conditions: Condition[]): Condition => ({ all: conditions });
/** The order has a part of this entity (for which the condition holds). */
export const any = (entity: string, condition?: Condition): Condition => ({ any: condition ? [entity, condition] : [entity] });
/** The order has parts of this entity and the condition holds for each of them. */
export const every = (entity: string, condition: Condition): Condition => ({ every: [entity, condition] });
/** The day of an instant whose hour means nothing, such as a promise for the end of a day: no hourly numbers. */
export const onDay = (path: Path): At => ({ day: path });
export const first = (entity: string, path: Path): At => ({ first: [entity, path] });
export const last = (entity: string, path: Path): At => ({ last: [entity, path] });
/** The amount in equal parts over the days from one to the other, odd units to the first days. */
export const spread = (from: Path, to: Path): At => ({ spread: [from, to] });

export interface KpiTopic {
  name: string;
  title: string;
  kpis: { [name: string]: Kpi };
}
/** A file of KPIs about one subject. */
export const topic = (declared: KpiTopic): KpiTopic => declared;
