/** How does Athena write a value, and what does it call its type? */
import { type DuckDBType, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api';
import { notKnown, QueryError } from './errors.ts';

export interface ResultColumn {
  name: string;
  /** varchar, bigint, decimal, timestamp, array, … */
  type: string;
  precision: number;
  scale: number;
}

interface Shape {
  typeId: number;
  width?: number;
  scale?: number;
  valueType?: DuckDBType;
  keyType?: DuckDBType;
}

const plainTypes: { [id: number]: [type: string, precision: number, scale: number] } = {
  [DuckDBTypeId.SQLNULL]: ['unknown', 0, 0],
  [DuckDBTypeId.BOOLEAN]: ['boolean', 0, 0],
  [DuckDBTypeId.TINYINT]: ['tinyint', 3, 0],
  [DuckDBTypeId.SMALLINT]: ['smallint', 5, 0],
  [DuckDBTypeId.INTEGER]: ['integer', 10, 0],
  [DuckDBTypeId.BIGINT]: ['bigint', 19, 0],
  // Sums of whole numbers are wider in DuckDB; what does not fit a bigint fails as it does in Athena.
  [DuckDBTypeId.HUGEINT]: ['bigint', 19, 0],
  [DuckDBTypeId.FLOAT]: ['float', 17, 0],
  [DuckDBTypeId.DOUBLE]: ['double', 17, 0],
  [DuckDBTypeId.VARCHAR]: ['varchar', 2_147_483_647, 0],
  [DuckDBTypeId.DATE]: ['date', 0, 0],
  [DuckDBTypeId.TIMESTAMP]: ['timestamp', 3, 0],
  [DuckDBTypeId.TIMESTAMP_TZ]: ['timestamp with time zone', 3, 0],
  [DuckDBTypeId.LIST]: ['array', 0, 0],
  [DuckDBTypeId.MAP]: ['map', 0, 0],
};

export function columnOf(name: string, type: DuckDBType): ResultColumn {
  const { typeId, width = 0, scale = 0 } = type as unknown as Shape;
  if (typeId === DuckDBTypeId.DECIMAL) return { name, type: 'decimal', precision: width, scale };
  const known = plainTypes[typeId];
  if (!known) throw notKnown(`a result of type ${type.toString()}`);
  return { name, type: known[0], precision: known[1], scale: known[2] };
}

/** The text of a value in Athena's results; null for NULL. */
export function textOf(value: DuckDBValue, type: DuckDBType): string | null {
  if (value === null || value === undefined) return null;
  const { typeId, valueType, keyType } = type as unknown as Shape;
  if (typeId === DuckDBTypeId.DOUBLE || typeId === DuckDBTypeId.FLOAT) return javaNumber(value as number);
  if (typeId === DuckDBTypeId.HUGEINT) return checkBigint(value as bigint);
  if (typeId === DuckDBTypeId.TIMESTAMP) return instantText((value as unknown as { micros: bigint }).micros);
  if (typeId === DuckDBTypeId.TIMESTAMP_TZ) return `${instantText((value as unknown as { micros: bigint }).micros)} UTC`;
  if (typeId === DuckDBTypeId.LIST && valueType) {
    const { items } = value as unknown as { items: DuckDBValue[] };
    return `[${items.map((item) => textOf(item, valueType) ?? 'null').join(', ')}]`;
  }
  if (typeId === DuckDBTypeId.MAP && valueType && keyType) {
    const { entries } = value as unknown as { entries: { key: DuckDBValue; value: DuckDBValue }[] };
    return `{${entries.map((entry) => `${textOf(entry.key, keyType)}=${textOf(entry.value, valueType) ?? 'null'}`).join(', ')}}`;
  }
  return String(value);
}

function checkBigint(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value)
    throw new QueryError('NUMERIC_VALUE_OUT_OF_RANGE', `bigint addition overflow: ${value}`);
  return String(value);
}

/** A double as Java writes it, and so Athena: 1.0, 1.0E10, 1.0E-4. */
export function javaNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  const withPoint = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
  if (size >= 1e-3 && size < 1e7) return withPoint(String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withPoint(digits)}E${Number(exponent)}`;
}

function instantText(micros: bigint): string {
  const millis = Number(micros / 1000n - (micros % 1000n < 0n ? 1n : 0n));
  return new Date(millis).toISOString().replace('T', ' ').replace('Z', '');
}
