/** What does SQL over the lake say that the fold says of the stream? The KPI declarations, compiled once more: the newest snapshots added up. */
import { entities } from '../events/entities.ts';
import { growthOfBuckets } from '../fold/distribution.ts';
import { noValue } from '../fold/parts.ts';
import type { Dictionary, DictionaryEntry } from '../kpis/dictionary.ts';
import type { Grain } from '../kpis/grains.ts';
import type { At, Distribution, Kpi, Measure, Path } from '../kpis/language.ts';
import { parsePath } from '../kpis/path.ts';
import { conditionOf } from './kpi-conditions.ts';
import {
  edgeOf,
  elementAt,
  fromClause,
  joinList,
  localAt,
  newestSnapshots,
  openSource,
  type Reading,
  type ScanSource,
  type Source,
  valueAt,
} from './kpi-source.ts';

/** What is asked of the declarations. */
export interface KpiQuestion {
  /** Only these KPIs; all measures and distributions where absent. */
  names?: readonly string[];
  grain: Grain;
  /** With a parameter `?` for the creator in each part of the answer. */
  isOfCreator?: boolean;
  /** Where it is read: in the views unless told. */
  scanSource?: ScanSource;
}

/** A measure or distribution with the definitions versions under which it counts: from `since` to before `until`. */
interface Declaration {
  entry: DictionaryEntry;
  kpi: Measure | Distribution;
  since: number;
  until: number | undefined;
}

function declarationsOf(dictionary: Dictionary, names: readonly string[] | undefined): Declaration[] {
  const found: Declaration[] = [];
  for (const entry of dictionary.entries.values()) {
    if (names && !names.includes(entry.name)) continue;
    let until: number | undefined;
    for (let kpi: Kpi | undefined = entry.kpi; kpi; kpi = kpi.before) {
      const since = kpi.since ?? 1;
      if (kpi.kind === 'measure' || kpi.kind === 'distribution') found.push({ entry, kpi, since, until });
      until = since;
    }
  }
  return found;
}

/** The part's own list that a measure adds over, if it does. */
function listIn({ kpi }: Declaration): string | undefined {
  if (kpi.kind === 'distribution' || typeof kpi.add === 'number') return undefined;
  return parsePath(kpi.add).list;
}

const isAmortised = (at: At): at is { spread: [Path, Path] } => typeof at === 'object' && 'spread' in at;
const amortisedIn = ({ kpi }: Declaration): [Path, Path] | undefined => (isAmortised(kpi.at) ? kpi.at.spread : undefined);

/** Declarations that read the same rows are answered in one pass over them. */
const passOf = (one: Declaration): string => JSON.stringify([one.kpi.of, listIn(one), amortisedIn(one)]);

const digits = '(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
/** Days of a span, from 0, as many as an entity can have rows in the fold: no function makes a series in both engines. */
const dayNumbers = `(SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n FROM ${digits} AS a(n) CROSS JOIN ${digits} AS b(n) CROSS JOIN ${digits} AS c(n) CROSS JOIN (VALUES (0), (1), (2)) AS d(n))`;

/**
 * Each day of a span as a row `spread`: its place n. The first day and the number of days are columns of the row, calculated once: the
 * embedded engine's macros copy what they are given, and a chain of them grows beyond what it can plan.
 */
function amortisedOver(source: Source, [from, to]: [Path, Path]): void {
  const [first, last] = [from, to].map((path) => `CAST(substr(${localAt(source, path)}, 1, 10) AS date)`);
  source.computed.set('span_first', first ?? '');
  source.computed.set('span_days', `date_diff('day', ${first}, ${last}) + 1`);
  source.joins.set('spread', `JOIN ${dayNumbers} AS spread ON spread.n < ${source.alias}.span_days`);
}

/** The local time at which a declaration counts; its day alone where its hour means nothing. */
function localTimeOf(source: Source, at: At): string {
  if (typeof at === 'string') return localAt(source, at);
  if ('day' in at) return `substr(${localAt(source, at.day)}, 1, 10)`;
  // TRICKY: without its brackets what translates this for DuckDB writes an interval that DuckDB cannot read.
  if ('spread' in at) return `substr(CAST(date_add('day', (spread.n), ${source.alias}.span_first) AS varchar), 1, 10)`;
  return 'first' in at ? edgeOf(source, 'first', at.first) : edgeOf(source, 'last', at.last);
}

/** An amount in equal whole parts over the days of its span, the odd units to the first days. */
function shareOf({ alias }: Source, amount: string): string {
  const days = `${alias}.span_days`;
  const rest = `mod(abs(${amount}), ${days})`;
  const each = `CAST(CAST(abs(${amount}) - ${rest} AS double) / ${days} AS bigint)`;
  return `CASE WHEN ${amount} < 0 THEN -1 ELSE 1 END * (${each} + CASE WHEN spread.n < ${rest} THEN 1 ELSE 0 END)`;
}

function amountOf(source: Source, { add }: Measure, list: string | undefined): string {
  if (typeof add === 'number') return String(add);
  const { sql, type } = list ? elementAt(source, add) : valueAt(source, add);
  if (type !== 'bigint')
    throw new Error(`${source.table.entity}: ${add} is a ${type}; only whole numbers add up alike in any order`);
  return `coalesce(${sql}, 0)`;
}

/** What a declaration adds for a row, NULL where it adds nothing. */
function numberOf(source: Source, one: Declaration): string {
  const { kpi, since, until } = one;
  const spread = amortisedIn(one);
  const amount = kpi.kind === 'measure' ? amountOf(source, kpi, listIn(one)) : '1';
  const conditions = [
    `${source.alias}.definitions >= ${since}`,
    ...(until === undefined ? [] : [`${source.alias}.definitions < ${until}`]),
    ...(kpi.when ? [conditionOf(source, kpi.when)] : []),
  ];
  return `CASE WHEN ${conditions.join(' AND ')} THEN ${spread ? shareOf(source, amount) : amount} END`;
}

/** What a distribution counts: seconds between two instants, or a number. */
function measuredOf(source: Source, { value }: Distribution): string {
  if (typeof value === 'string') return `CAST(${valueAt(source, value).sql} AS double)`;
  const [from, to] = [value.from, value.to].map((path) => valueAt(source, path).sql);
  return `CAST(date_diff('millisecond', ${from}, ${to}) AS double) / 1000`;
}

/** The value of a dimension; NULL where it has none, or says so in the word that stands for none. */
function dimensionOf(source: Source, dimension: string, list: string | undefined): string {
  const path = entities.get(source.table.entity)?.dimensions[dimension] ?? '';
  const { list: own } = parsePath(path);
  if (own && own !== list) throw new Error(`${dimension} is counted per ${own}`);
  const { sql, type } = own ? elementAt(source, path) : valueAt(source, path);
  if (type !== 'string') throw new Error(`${source.table.entity}: dimension ${dimension} is a ${type}, not a text`);
  return `nullif(${sql}, '${noValue}')`;
}

/** A choice by number or name, NULL where there is none to choose. */
const cases = (of: string, whens: [string | number, string][], type: string): string =>
  whens.length
    ? `CASE ${of} ${whens.map(([when, then]) => `WHEN ${typeof when === 'number' ? when : `'${when}'`} THEN ${then}`).join(' ')} END`
    : `CAST(NULL AS ${type})`;

/** The slices of a declaration that a grain has: hours only the total, or a distribution's buckets not at all. */
function slicesOf({ kpi }: Declaration, grain: Grain): string[] {
  if (kpi.kind === 'distribution') return grain === 'hour' ? [] : ['bucket'];
  return grain === 'hour' ? ['total'] : ['total', ...(kpi.by ?? [])];
}

/** What is bound in a compiled question. */
type Bound = 'creator' | 'night' | 'attempt';
/** The place of a value until the whole text stands and says in which order they are bound. */
export const marked = (value: Bound): string => `{{${value}}}`;

/** Rows (creator_id, kpi, kpi_subject, dimension, value, measured, local_time, number) of the declarations that one pass answers. */
function passSql(reading: Reading, declarations: Declaration[], { grain, isOfCreator }: KpiQuestion): string | undefined {
  const [head] = declarations as [Declaration];
  const source = openSource(reading, head.kpi.of);
  const list = listIn(head);
  const spread = amortisedIn(head);
  if (list) joinList(source, list);
  const asked = declarations.flatMap((one, n) =>
    slicesOf(one, grain).map((slice) => `(${n}, '${one.entry.name}', '${one.entry.topic}', '${slice}')`),
  );
  if (!asked.length) return undefined;
  const each = (of: (one: Declaration) => string) => declarations.map((one, n): [number, string] => [n, of(one)]);
  const dimensions = [...new Set(declarations.flatMap((one) => slicesOf(one, grain)))]
    .filter((slice) => slice !== 'total' && slice !== 'bucket')
    .map((slice): [string, string] => [slice, dimensionOf(source, slice, list)]);
  const measured = declarations.flatMap(({ kpi }, n): [number, string][] =>
    kpi.kind === 'distribution' ? [[n, measuredOf(source, kpi)]] : [],
  );
  const times = each((one) => localTimeOf(source, one.kpi.at));
  const numbers = each((one) => numberOf(source, one));
  if (spread) amortisedOver(source, spread);
  return `SELECT ${source.alias}.creator_id AS creator_id, m.kpi AS kpi, m.kpi_subject AS kpi_subject, m.dimension AS dimension,
    ${cases('m.dimension', dimensions, 'varchar')} AS value,
    ${cases('m.n', measured, 'double')} AS measured,
    ${cases('m.n', times, 'varchar')} AS local_time,
    ${cases('m.n', numbers, 'bigint')} AS number
  FROM ${fromClause(source)}
    CROSS JOIN (VALUES ${asked.join(', ')}) AS m(n, kpi, kpi_subject, dimension)${isOfCreator ? `\n  WHERE ${source.alias}.creator_id = ${marked('creator')}` : ''}`;
}

const periods: { [grain in Grain]: string } = {
  // The offset stands at the end: the hour that a clock change repeats is told apart.
  hour: 'substr(local_time, 1, 13) || substr(local_time, length(local_time) - 5, 6)',
  day: 'substr(local_time, 1, 10)',
  // A date in one engine, an instant at its midnight in the other: both begin with the day.
  week: `substr(CAST(date_trunc('week', CAST(substr(local_time, 1, 10) AS date)) AS varchar), 1, 10)`,
  month: 'substr(local_time, 1, 7)',
  total: `''`,
};

/** The bucket of what a distribution counts: 0 below 1, else 1 + ceil(log_growth(value)), as in the fold. */
const bucket = `CAST(CASE WHEN measured < 1 THEN 0 ELSE 1 + CAST(ceil(ln(measured) / ${growthOfBuckets.toExponential()}) AS bigint) END AS varchar)`;

/** A compiled question, and which value is to be bound to each `?` of it. */
export interface KpiSql {
  sql: string;
  parameters: Bound[];
}

/**
 * Compiles declarations into SQL with the rows (creator_id, kpi, subject, dimension, value, period, number): of a measure the sum in
 * total and by each of its dimensions, of a distribution the counter of each bucket. Zeros have no row. Throws where a declaration
 * reads what no column holds.
 */
export function kpiSql(dictionary: Dictionary, question: KpiQuestion): KpiSql {
  const { scanSource = newestSnapshots, grain } = question;
  const reading = { dictionary, scanSource: grain === 'hour' ? { ...scanSource, hasDays: false } : scanSource };
  const passes = [...Map.groupBy(declarationsOf(dictionary, question.names), passOf).values()].flatMap(
    (declarations) => passSql(reading, declarations, question) ?? [],
  );
  if (!passes.length) throw new RangeError('no measure or distribution is asked for');
  const sql = `SELECT creator_id, kpi, subject, dimension, value, period, CAST(sum(number) AS bigint) AS number
FROM (
  SELECT creator_id, kpi, kpi_subject AS subject, dimension, ${periods[grain]} AS period, number,
    CASE dimension WHEN 'total' THEN '' WHEN 'bucket' THEN ${bucket} ELSE value END AS value
  FROM (
  ${passes.join('\n  UNION ALL\n  ')}
  ) AS told
  WHERE number <> 0 AND local_time IS NOT NULL${grain === 'hour' ? ' AND length(local_time) > 10' : ''}
) AS counted
WHERE value IS NOT NULL AND (value <> '' OR dimension = 'total')
GROUP BY creator_id, kpi, subject, dimension, value, period
HAVING sum(number) <> 0`;
  const parameters: Bound[] = [];
  const bound = sql.replaceAll(/\{\{(\w+)\}\}/g, (_, value: Bound) => {
    parameters.push(value);
    return '?';
  });
  return { sql: bound, parameters };
}

/** The view kpi_daily: every measure and distribution of every creator and local day, in total and by dimension. */
export const kpiDailySql = (dictionary: Dictionary): string =>
  `SELECT creator_id, kpi, subject, dimension, value, period AS day, number FROM (\n${kpiSql(dictionary, { grain: 'day' }).sql}) AS counted`;

/** The view kpi_hourly: every measure that has hours, by local hour with its offset. */
export const kpiHourlySql = (dictionary: Dictionary): string =>
  `SELECT creator_id, kpi, subject, period AS hour, number FROM (\n${kpiSql(dictionary, { grain: 'hour' }).sql}) AS counted`;
