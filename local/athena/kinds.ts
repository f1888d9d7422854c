/** What kind of value is an expression for certain, as its writing tells? What is certain needs no check by DuckDB, which costs more than the query. */
import { type Node, nodeOf } from './syntax.ts';

export type Kind = 'whole' | 'decimal' | 'double' | 'text';

const byCast: { [type: string]: Kind } = {
  big_int: 'whole',
  int: 'whole',
  small_int: 'whole',
  tiny_int: 'whole',
  decimal: 'decimal',
  double: 'double',
  var_char: 'text',
};
/** Functions of a kind whatever they are given; of the others that are listed, the kind is that of their argument. */
const byName: { [kind: string]: Kind } = { ln: 'double', exp: 'double', sqrt: 'double' };
const likeArgument = new Set(['paren', 'neg', 'abs', 'ceil', 'floor']);

/** The kind that an expression has, or NULL; undefined where only DuckDB knows. */
export function kindOf(value: unknown): Kind | undefined {
  const { kind, body } = nodeOf(value);
  if (kind === 'literal') return kindOfLiteral(body);
  if (kind === 'cast' || kind === 'try_cast') return byCast[String((body.to as { data_type?: unknown }).data_type)];
  if (likeArgument.has(kind)) return kindOf(body.this);
  if (kind === 'add' || kind === 'sub' || kind === 'mul') return kindOfSum(kindOf(body.left), kindOf(body.right));
  if (kind === 'case') {
    const results = [...(body.whens as [unknown, unknown][]).map(([, then]) => then), ...(body.else_ ? [body.else_] : [])];
    const kinds = new Set(results.filter((each) => nodeOf(each).kind !== 'null').map(kindOf));
    return kinds.size === 1 ? [...kinds][0] : undefined;
  }
  return byName[kind];
}

/** Whether it is a number for certain. */
export const isNumber = (kind: Kind | undefined): boolean => kind !== undefined && kind !== 'text';

/** Whether it is written as a number that is not zero. */
export function isSomeNumber(value: unknown): boolean {
  const { kind, body } = nodeOf(value);
  return kind === 'literal' && body.literal_type === 'number' && Number(body.value) !== 0;
}

function kindOfLiteral({ literal_type: type, value }: Node['body']): Kind | undefined {
  if (type === 'string') return 'text';
  if (type !== 'number') return undefined;
  if (/e/i.test(String(value))) return 'double';
  return String(value).includes('.') ? 'decimal' : 'whole';
}

function kindOfSum(left: Kind | undefined, right: Kind | undefined): Kind | undefined {
  if (!isNumber(left) || !isNumber(right)) return undefined;
  if (left === right) return left;
  return left === 'double' || right === 'double' ? 'double' : 'decimal';
}
