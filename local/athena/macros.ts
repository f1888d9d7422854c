/** What does DuckDB have to learn to answer as Trino does? Functions in its own SQL, each named `trino_…`. */

/** A check that fails in words. TRICKY: `error()` counts as volatile, and TRY refuses volatile functions; a bad cast does not. */
const macros: { [signature: string]: string } = {
  'checked(bad, msg, v)': 'CASE WHEN (CASE WHEN bad THEN CAST(msg AS BOOLEAN) ELSE true END) THEN v END',
  'is_decimal(v)': "starts_with(typeof(v), 'DECIMAL')",
  'is_float(v)': "typeof(v) IN ('DOUBLE', 'FLOAT')",
  'is_text(v)': "typeof(v) IN ('VARCHAR', '\"NULL\"')",
  'is_number(v)':
    "typeof(v) IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'DOUBLE', 'FLOAT') OR trino_is_decimal(v)",
  'is_time(v)': "typeof(v) IN ('DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'INTERVAL')",

  // Numbers. The sum in the second argument of cast_to_type is never computed, only its type is asked for.
  'scale(v)': "CASE WHEN trino_is_decimal(v) THEN CAST(regexp_extract(typeof(v), ',(\\d+)', 1) AS INTEGER) ELSE 0 END",
  'unscaled(v)': "CAST(replace(CAST(v AS VARCHAR), '.', '') AS HUGEINT)",
  'ten(n)': "CAST('1' || repeat('0', n) AS HUGEINT)",
  'rounded(n, d)': "(CASE WHEN (n < 0) = (d < 0) THEN '' ELSE '-' END) || CAST((2 * abs(n) + abs(d)) // (2 * abs(d)) AS VARCHAR)",
  'decimal_quotient(a, b)':
    "trino_rounded(trino_unscaled(a) * trino_ten(greatest(trino_scale(a), trino_scale(b)) - trino_scale(a) + trino_scale(b)), trino_unscaled(b)) || 'e-' || CAST(greatest(trino_scale(a), trino_scale(b)) AS VARCHAR)",
  'divide(a, b)': `trino_checked(b = 0 AND NOT trino_is_float(a) AND NOT trino_is_float(b), 'DIVISION_BY_ZERO: Division by zero',
    CASE WHEN (trino_is_decimal(a) OR trino_is_decimal(b)) AND NOT trino_is_float(a) AND NOT trino_is_float(b)
    THEN cast_to_type(trino_decimal_quotient(a, b), a${' + b'.repeat(18)})
    WHEN trino_is_float(a) OR trino_is_float(b) THEN cast_to_type(CAST(a AS DOUBLE) / CAST(b AS DOUBLE), a + b)
    ELSE cast_to_type(a // b, a + b) END)`,
  'divide_whole(a, b)': "trino_checked(b = 0, 'DIVISION_BY_ZERO: Division by zero', cast_to_type(a // b, a + b))",
  'modulo(a, b)':
    "trino_checked(b = 0 AND NOT trino_is_float(a) AND NOT trino_is_float(b), 'DIVISION_BY_ZERO: Division by zero', a % b)",
  'calculated(a, b, v)':
    "trino_checked(trino_is_time(a) OR trino_is_time(b), 'TYPE_MISMATCH: write date_diff, date_add or an interval where days and instants are calculated with', v)",
  'calculated_one(a, v)':
    "trino_checked(trino_is_time(a), 'TYPE_MISMATCH: write date_diff, date_add or an interval where days and instants are calculated with', v)",
  'comparable(a, b, v)':
    "trino_checked((typeof(a) = 'VARCHAR' AND trino_is_number(b)) OR (typeof(b) = 'VARCHAR' AND trino_is_number(a)), 'TYPE_MISMATCH: Cannot compare ' || typeof(a) || ' with ' || typeof(b), v)",
  // Where the kind of one side is certain.
  'compared_to_number(a, b, v)':
    "trino_checked(typeof(a) = 'VARCHAR', 'TYPE_MISMATCH: Cannot compare VARCHAR with ' || typeof(b), v)",
  'number_compared_to(a, b, v)':
    "trino_checked(typeof(b) = 'VARCHAR', 'TYPE_MISMATCH: Cannot compare ' || typeof(a) || ' with VARCHAR', v)",
  'compared_to_text(a, b, v)':
    "trino_checked(trino_is_number(a), 'TYPE_MISMATCH: Cannot compare ' || typeof(a) || ' with VARCHAR', v)",
  'text_compared_to(a, b, v)': "trino_checked(trino_is_number(b), 'TYPE_MISMATCH: Cannot compare VARCHAR with ' || typeof(b), v)",
  'join_text(a, b)':
    "trino_checked(NOT (trino_is_text(a) AND trino_is_text(b)) AND NOT (ends_with(typeof(a), '[]') AND ends_with(typeof(b), '[]')), 'TYPE_MISMATCH: Unexpected parameters (' || typeof(a) || ', ' || typeof(b) || ') for concat', a || b)",
  'summable(v)':
    "trino_checked(typeof(v) = 'BOOLEAN', 'TYPE_MISMATCH: Unexpected parameters (boolean) for a sum or an average', v)",
  'no_decimal(v)':
    "trino_checked(trino_is_decimal(v), 'FUNCTION_NOT_SUPPORTED_HERE: avg of decimals is not known to the embedded Athena: cast to double', v)",
  'round(v, n)': 'CASE WHEN false THEN v ELSE round(v, n) END',

  // Casts.
  'whole(v, t)': `trino_checked(trino_is_text(v) AND NOT regexp_full_match(CAST(v AS VARCHAR), '[+-]?\\d+'),
    'INVALID_CAST_ARGUMENT: Cannot cast ''' || CAST(v AS VARCHAR) || ''' to ' || t,
    CASE WHEN trino_is_float(v) THEN cast_to_type(round(CAST(v AS DOUBLE)), v) ELSE v END)`,
  'number(v, t)': `trino_checked(trino_is_text(v) AND NOT regexp_full_match(CAST(v AS VARCHAR), '[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|[+-]?Infinity|NaN'),
    'INVALID_CAST_ARGUMENT: Cannot cast ''' || CAST(v AS VARCHAR) || ''' to ' || t, v)`,
  'truth(v)': `trino_checked(trino_is_text(v) AND NOT regexp_full_match(CAST(v AS VARCHAR), '(?i)true|false|t|f|1|0'),
    'INVALID_CAST_ARGUMENT: Cannot cast ''' || CAST(v AS VARCHAR) || ''' to BOOLEAN', v)`,
  'day(v)': `trino_checked(trino_is_text(v) AND NOT regexp_full_match(CAST(v AS VARCHAR), '\\d{4}-\\d{2}-\\d{2}'),
    'INVALID_CAST_ARGUMENT: Value cannot be cast to date: ' || CAST(v AS VARCHAR), v)`,
  'instant(v)': `trino_checked(trino_is_text(v) AND NOT regexp_full_match(CAST(v AS VARCHAR), '\\d{4}-\\d{1,2}-\\d{1,2}( \\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,3})?)?)?'),
    'INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp: ' || CAST(v AS VARCHAR), v)`,
  'text(v)': `trino_checked(trino_is_float(v) OR typeof(v) IN ('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'JSON', 'INTERVAL') OR ends_with(typeof(v), '[]') OR starts_with(typeof(v), 'MAP'),
    'FUNCTION_NOT_SUPPORTED_HERE: cast of ' || typeof(v) || ' to varchar is not known to the embedded Athena: round to a decimal first, use date_format or json_format', v)`,
  'cut(v, n)': `trino_checked(NOT trino_is_text(v), 'FUNCTION_NOT_SUPPORTED_HERE: cast of ' || typeof(v) || ' to varchar(n) is not known to the embedded Athena', left(CAST(v AS VARCHAR), n))`,

  // Text.
  'substr(v, s)': "CASE WHEN v IS NULL OR s IS NULL THEN NULL WHEN s = 0 OR s < -length(v) THEN '' ELSE substr(v, s) END",
  'substr3(v, s, n)':
    "CASE WHEN v IS NULL OR s IS NULL OR n IS NULL THEN NULL WHEN s = 0 OR n <= 0 OR s < -length(v) THEN '' ELSE substr(v, s, n) END",
  'split_part(v, d, n)':
    "trino_checked(n < 1 OR d = '', 'INVALID_FUNCTION_ARGUMENT: Index must be greater than zero', string_split(v, d)[n])",
  'regexp_extract(v, p, g)': 'CASE WHEN regexp_matches(v, p) THEN regexp_extract(v, p, g) END',

  // Time.
  'from_iso8601(v)': `trino_checked(NOT regexp_full_match(v, '\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|\\+00:00)?)?'),
    'FUNCTION_NOT_SUPPORTED_HERE: from_iso8601_timestamp(''' || v || ''') is not known to the embedded Athena: UTC to the millisecond only',
    CAST(replace(replace(v, 'Z', ''), '+00:00', '') AS TIMESTAMPTZ))`,
  'instant_of(v)':
    "trino_checked(typeof(v) NOT IN ('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'), 'TYPE_MISMATCH: a time zone is given to timestamps only', CAST(v AS TIMESTAMPTZ))",
  'unit(u, v)': `trino_checked(typeof(v) = 'DATE' AND u IN ('millisecond', 'second', 'minute', 'hour'),
    'INVALID_FUNCTION_ARGUMENT: ''' || u || ''' is not a valid DATE field', u)`,
  'date_trunc(u, v)': 'cast_to_type(date_trunc(trino_unit(u, v), v), v)',
  'later(v, i, u)': 'CASE WHEN trino_unit(u, v) IS NOT NULL THEN cast_to_type(v + i, v) END',

  // Lists and maps.
  'element_at(v, i)':
    "trino_checked(ends_with(typeof(v), '[]') AND CAST(i AS VARCHAR) = '0', 'INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1', v[i])",
  'subscript(v, i)': `trino_checked((ends_with(typeof(v), '[]') AND (CAST(i AS VARCHAR) = '0' OR starts_with(CAST(i AS VARCHAR), '-'))) OR (v IS NOT NULL AND i IS NOT NULL AND v[i] IS NULL),
    'INVALID_FUNCTION_ARGUMENT: Array subscript or map key ' || CAST(i AS VARCHAR) || ' is not there, or holds NULL', v[i])`,
  'contains(v, e)':
    'CASE WHEN list_contains(v, e) THEN true WHEN e IS NULL OR len(v) > list_count(v) THEN NULL ELSE list_contains(v, e) END',
  'limited(l)':
    "trino_checked(len(l) > 10000, 'INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries', l)",
  'numbers(a, b)': 'trino_limited(generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END))',
  'numbers_by(a, b, s)': 'trino_limited(generate_series(a, b, s))',
  'days(a, b)':
    "list_transform(trino_limited(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), CASE WHEN a <= b THEN INTERVAL '1' DAY ELSE INTERVAL '-1' DAY END)), lambda d: cast_to_type(d, a))",
  'days_by(a, b, s)':
    'list_transform(trino_limited(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), s)), lambda d: cast_to_type(d, a))',

  // JSON. Trino hands numbers on as they are written, DuckDB in a form of its own: where the two could differ, fail.
  'json_scalar(v, p)': `CASE WHEN json_valid(v) THEN CASE json_type(v, p) WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL WHEN 'NULL' THEN NULL
    WHEN 'DOUBLE' THEN trino_checked(regexp_matches(CAST(v AS VARCHAR), '\\d\\.\\d*0([^0-9]|$)|\\d[eE]'),
      'FUNCTION_NOT_SUPPORTED_HERE: json_extract_scalar of a number written with trailing zeros or an exponent is not known to the embedded Athena', json_extract_string(v, p))
    ELSE json_extract_string(v, p) END END`,
};

/** Statements that make them all; those used by others come first. */
export const macroSql: readonly string[] = Object.entries(macros).map(
  ([signature, body]) => `CREATE MACRO trino_${signature} AS ${body}`,
);
