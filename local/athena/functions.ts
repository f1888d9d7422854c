/** Which functions does the embedded Athena know? A closed list: each answers as Trino's does, or is not here. */
import { notKnown } from './errors.ts';
import { quoteText } from './syntax.ts';

/** A function: how many arguments it takes, and how it is written for DuckDB. `raw` are literal texts among the arguments. */
interface Known {
  least: number;
  most: number;
  write: (args: string[], raw: (string | undefined)[]) => string;
}

const call =
  (name: string) =>
  (args: string[]): string =>
    `${name}(${args.join(', ')})`;
const known = (least: number, most: number, write: Known['write'] | string): Known => ({
  least,
  most,
  write: typeof write === 'string' ? call(write) : write,
});

const units = ['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

/** A unit of time, which has to be written out. */
function unitOf(text: string | undefined): string {
  const unit = text?.toLowerCase() ?? '';
  if (!units.includes(unit)) throw notKnown(`the unit ${text ?? 'that is computed'}`, `Write one of ${units.join(', ')}.`);
  return unit;
}

/** A path into JSON that both engines read alike. */
function pathOf(text: string | undefined): string {
  if (text === undefined || !/^\$(\.[A-Za-z_]\w*|\[\d+\]|\["[^"\\]+"\])*$/.test(text)) throw notKnown(`the JSON path ${text}`);
  return quoteText(text.replaceAll(/\["([^"]+)"\]/g, '."$1"'));
}

/** A regular expression that Java and RE2 read alike, as far as letters tell. */
function patternOf(text: string | undefined): string {
  if (text === undefined || /\(\?[=!<>]|\\[1-9]|[*+?}]\+/.test(text)) throw notKnown(`the regular expression ${text}`);
  return quoteText(text);
}

const withNulls =
  (name: string) =>
  (args: string[]): string =>
    `CASE WHEN ${args.map((arg) => `(${arg}) IS NULL`).join(' OR ')} THEN NULL ELSE ${name}(${args.join(', ')}) END`;
const asRounded =
  (name: string) =>
  ([value]: string[]): string =>
    `cast_to_type(${name}(${value}), round(${value}))`;
const blanks = "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)";

/** Functions of single values. */
export const scalars: { readonly [name: string]: Known } = {
  lower: known(1, 1, 'lower'),
  upper: known(1, 1, 'upper'),
  length: known(1, 1, 'length'),
  replace: known(2, 3, ([text, from, to = "''"]) => `replace(${text}, ${from}, ${to})`),
  trim: known(1, 1, ([text]) => `trim(${text}, ${blanks})`),
  ltrim: known(1, 1, ([text]) => `ltrim(${text}, ${blanks})`),
  rtrim: known(1, 1, ([text]) => `rtrim(${text}, ${blanks})`),
  lpad: known(3, 3, 'lpad'),
  rpad: known(3, 3, 'rpad'),
  starts_with: known(2, 2, 'starts_with'),
  strpos: known(2, 2, 'strpos'),
  substr: known(2, 3, (args) => call(args.length === 3 ? 'trino_substr3' : 'trino_substr')(args)),
  split: known(2, 2, 'string_split'),
  split_part: known(3, 3, 'trino_split_part'),
  concat: known(2, 99, (args) => args.reduce((left, right) => `trino_join_text(${left}, ${right})`)),
  concat_ws: known(2, 99, 'concat_ws'),
  regexp_like: known(2, 2, ([text], [, pattern]) => `regexp_matches(${text}, ${patternOf(pattern)})`),
  regexp_extract: known(
    2,
    3,
    ([text, , group = '0'], [, pattern]) => `trino_regexp_extract(${text}, ${patternOf(pattern)}, ${group})`,
  ),
  regexp_replace: known(2, 3, ([text], [, pattern, to]) => {
    if (to !== undefined && /[$\\]/.test(to)) throw notKnown('a replacement with groups');
    return `regexp_replace(${text}, ${patternOf(pattern)}, ${quoteText(to ?? '')}, 'g')`;
  }),

  abs: known(1, 1, 'abs'),
  sign: known(1, 1, asRounded('sign')),
  floor: known(1, 1, asRounded('floor')),
  ceil: known(1, 1, asRounded('ceil')),
  ceiling: known(1, 1, asRounded('ceil')),
  round: known(1, 2, (args) => call(args.length === 2 ? 'trino_round' : 'round')(args)),
  mod: known(2, 2, 'trino_modulo'),
  power: known(2, 2, 'power'),
  pow: known(2, 2, 'power'),
  sqrt: known(1, 1, 'sqrt'),
  exp: known(1, 1, 'exp'),
  ln: known(1, 1, 'ln'),
  log10: known(1, 1, 'log10'),
  log2: known(1, 1, 'log2'),
  is_nan: known(1, 1, 'isnan'),
  greatest: known(1, 99, withNulls('greatest')),
  least: known(1, 99, withNulls('least')),

  coalesce: known(2, 99, 'coalesce'),
  nullif: known(2, 2, ([left, right]) => `trino_comparable(${left}, ${right}, nullif(${left}, ${right}))`),
  if: known(2, 3, ([condition, yes, no = 'NULL']) => `CASE WHEN ${condition} THEN ${yes} ELSE ${no} END`),
  try: known(1, 1, 'TRY'),

  date_trunc: known(2, 2, ([, time], [unit]) => `trino_date_trunc('${unitOf(unit)}', ${time})`),
  date_diff: known(3, 3, ([, from, to], [unit]) => `datesub(trino_unit('${unitOf(unit)}', ${from}), ${from}, ${to})`),
  date_add: known(
    3,
    3,
    ([, count, time], [unit]) => `trino_later(${time}, ${intervalOf(unitOf(unit), count ?? '')}, '${unitOf(unit)}')`,
  ),
  current_timestamp: known(0, 0, 'now'),
  now: known(0, 0, 'now'),
  localtimestamp: known(0, 0, () => 'CAST(now() AS TIMESTAMP)'),
  current_date: known(0, 0, () => 'CAST(now() AS DATE)'),
  from_iso8601_timestamp: known(1, 1, 'trino_from_iso8601'),
  from_iso8601_date: known(1, 1, ([text]) => `CAST(trino_day(${text}) AS DATE)`),
  from_unixtime: known(1, 1, 'to_timestamp'),
  to_unixtime: known(1, 1, ([time]) => `epoch(trino_instant_of(${time}))`),
  last_day_of_month: known(1, 1, 'last_day'),

  element_at: known(2, 2, 'trino_element_at'),
  sequence: known(2, 3, (args) => call(args.length === 3 ? 'trino_numbers_by' : 'trino_numbers')(args)),
  cardinality: known(1, 1, 'len'),
  contains: known(2, 2, 'trino_contains'),
  array_sort: known(1, 1, ([list]) => `list_sort(${list}, 'ASC', 'NULLS LAST')`),
  array_join: known(2, 2, 'array_to_string'),
  array_max: known(1, 1, ([list]) => `CASE WHEN len(${list}) = list_count(${list}) THEN list_max(${list}) END`),
  array_min: known(1, 1, ([list]) => `CASE WHEN len(${list}) = list_count(${list}) THEN list_min(${list}) END`),
  transform: known(2, 2, 'list_transform'),
  filter: known(2, 2, 'list_filter'),
  map: known(2, 2, 'map'),
  map_keys: known(1, 1, 'map_keys'),
  map_values: known(1, 1, 'map_values'),

  json_extract_scalar: known(2, 2, ([json], [, path]) => `trino_json_scalar(${json}, ${pathOf(path)})`),
  json_extract: known(
    2,
    2,
    ([json], [, path]) => `CASE WHEN json_valid(${json}) THEN json_extract(${json}, ${pathOf(path)}) END`,
  ),
  json_array_length: known(
    1,
    1,
    ([json]) =>
      `CASE WHEN json_valid(${json}) AND json_type(${json}) = 'ARRAY' THEN CAST(json_array_length(${json}) AS BIGINT) END`,
  ),
  json_parse: known(1, 1, ([text]) => `CAST(${text} AS JSON)`),
};

/** An amount of time that is computed. */
function intervalOf(unit: string, count: string): string {
  if (unit === 'quarter') return `to_months(CAST((${count}) * 3 AS INTEGER))`;
  return `to_${unit}s(CAST(${count} AS ${unit === 'millisecond' || /hour|minute/.test(unit) ? 'BIGINT' : unit === 'second' ? 'DOUBLE' : 'INTEGER'}))`;
}

/** The value with a check around it, behind its DISTINCT. */
const checked = (macro: string, value = ''): string => value.replace(/^(DISTINCT )?([\s\S]*)$/, `$1${macro}($2)`);

/** Functions of groups. They take FILTER, DISTINCT and ORDER BY where the printer puts them: before the last bracket. */
export const aggregates: {
  readonly [name: string]: { least: number; most: number; write: (args: string[], end: string) => string };
} = {
  count: { least: 0, most: 1, write: ([value = '*'], end) => `count(${value}${end})` },
  sum: { least: 1, most: 1, write: ([value], end) => `sum(${checked('trino_summable', value)}${end})` },
  avg: {
    least: 1,
    most: 1,
    write: ([value], end) => `avg(${checked('trino_no_decimal', checked('trino_summable', value))}${end})`,
  },
  min: { least: 1, most: 1, write: ([value], end) => `min(${value}${end})` },
  max: { least: 1, most: 1, write: ([value], end) => `max(${value}${end})` },
  count_if: { least: 1, most: 1, write: ([value], end) => `count(CASE WHEN ${value} THEN 1 END${end})` },
  bool_and: { least: 1, most: 1, write: ([value], end) => `bool_and(${value}${end})` },
  every: { least: 1, most: 1, write: ([value], end) => `bool_and(${value}${end})` },
  bool_or: { least: 1, most: 1, write: ([value], end) => `bool_or(${value}${end})` },
  any_value: { least: 1, most: 1, write: ([value], end) => `any_value(${value}${end})` },
  arbitrary: { least: 1, most: 1, write: ([value], end) => `any_value(${value}${end})` },
  min_by: { least: 2, most: 2, write: ([value, by], end) => `arg_min_null(${value}, ${by}${end})` },
  max_by: { least: 2, most: 2, write: ([value, by], end) => `arg_max_null(${value}, ${by}${end})` },
  stddev: { least: 1, most: 1, write: ([value], end) => `stddev_samp(${value}${end})` },
  stddev_samp: { least: 1, most: 1, write: ([value], end) => `stddev_samp(${value}${end})` },
  stddev_pop: { least: 1, most: 1, write: ([value], end) => `stddev_pop(${value}${end})` },
  variance: { least: 1, most: 1, write: ([value], end) => `var_samp(${value}${end})` },
  var_samp: { least: 1, most: 1, write: ([value], end) => `var_samp(${value}${end})` },
  var_pop: { least: 1, most: 1, write: ([value], end) => `var_pop(${value}${end})` },
  array_agg: { least: 1, most: 1, write: ([value], end) => `list(${value}${end})` },
  // Both are estimates in Athena; the exact number is one of the answers allowed.
  approx_distinct: { least: 1, most: 1, write: ([value]) => `count(DISTINCT ${value})` },
  approx_percentile: { least: 2, most: 2, write: ([value, part], end) => `quantile_disc(${value}, ${part}${end})` },
  map_agg: {
    least: 2,
    most: 2,
    write: ([key, value]) =>
      `map(list(${key}) FILTER (WHERE ${key} IS NOT NULL), list(${value}) FILTER (WHERE ${key} IS NOT NULL))`,
  },
};

/** Functions over windows, besides aggregates. */
export const windowed = [
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'nth_value',
];

/** Parts of an instant or a day, by their Trino name; all are bigint. */
export const timeParts: { readonly [name: string]: string } = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  week_of_year: 'week',
  day: 'day',
  day_of_month: 'day',
  day_of_week: 'isodow',
  dow: 'isodow',
  day_of_year: 'dayofyear',
  doy: 'dayofyear',
  year_of_week: 'isoyear',
  yow: 'isoyear',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
};

export function writeScalar(name: string, args: string[], raw: (string | undefined)[]): string {
  const found = Object.hasOwn(scalars, name) ? scalars[name] : undefined;
  if (!found) throw notKnown(`${name}(…)`);
  if (args.length < found.least || args.length > found.most) throw notKnown(`${name} with ${args.length} arguments`);
  return found.write(args, raw);
}
