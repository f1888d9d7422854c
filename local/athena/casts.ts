/** How does a value change its type? As in Trino: rounding, and refusing what cannot be read, are its own. */
import { notKnown } from './errors.ts';
import { isNumber, type Kind, kindOf } from './kinds.ts';
import { type Node, only } from './syntax.ts';

interface Target {
  data_type: string;
  precision?: number | null;
  scale?: number | null;
  length?: number | null;
  timezone?: boolean;
}

const whole: { [type: string]: string } = { big_int: 'BIGINT', int: 'INTEGER', small_int: 'SMALLINT', tiny_int: 'TINYINT' };

/** `cast` and `try_cast`; `print` prints the value, `wall` prints it as the local time of its zone. */
export function printCast(node: Node, print: (node: unknown) => string, wall: (node: unknown) => string): string {
  only(node, 'this', 'to');
  const to = node.body.to as Target;
  const isNull = typeof node.body.this === 'object' && node.body.this !== null && 'null' in node.body.this;
  const cast = isNull
    ? `CAST(NULL AS ${typeName(to)})`
    : castTo(
        to,
        kindOf(node.body.this),
        () => print(node.body.this),
        () => wall(node.body.this),
      );
  return node.kind === 'try_cast' ? `TRY(${cast})` : cast;
}

function castTo(to: Target, from: Kind | undefined, value: () => string, wall: () => string): string {
  const type = typeName(to);
  if (whole[to.data_type] && from === 'double') return `CAST(round(${value()}) AS ${type})`;
  if ((whole[to.data_type] || type === 'DOUBLE' || type.startsWith('DECIMAL')) && isNumber(from))
    return `CAST(${value()} AS ${type})`;
  if (whole[to.data_type]) return `CAST(trino_whole(${value()}, '${type}') AS ${type})`;
  if (type === 'DOUBLE' || type.startsWith('DECIMAL')) return `CAST(trino_number(${value()}, '${type}') AS ${type})`;
  if (type === 'BOOLEAN') return `CAST(trino_truth(${value()}) AS BOOLEAN)`;
  if (type === 'DATE') return `CAST(trino_day(${wall()}) AS DATE)`;
  if (type === 'TIMESTAMP') return `CAST(trino_instant(${wall()}) AS TIMESTAMP)`;
  if (to.length) return `trino_cut(${value()}, ${to.length})`;
  return `CAST(trino_text(${value()}) AS VARCHAR)`;
}

function typeName(to: Target): string {
  const { data_type: type, precision, scale } = to;
  if (whole[type]) return whole[type];
  if (type === 'decimal') return `DECIMAL(${precision ?? 38},${scale ?? 0})`;
  if (type === 'double') return 'DOUBLE';
  if (type === 'boolean') return 'BOOLEAN';
  if (type === 'date') return 'DATE';
  if (type === 'var_char') return 'VARCHAR';
  if (type === 'timestamp' && !to.timezone && (precision ?? 3) === 3) return 'TIMESTAMP';
  throw notKnown(`cast to ${type}${precision ? `(${precision})` : ''}${to.timezone ? ' with time zone' : ''}`);
}
