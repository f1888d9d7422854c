/** How is an expression of Trino written for DuckDB? Node by node; one that is not known fails. */
import { printAggregate, printWindow, typedAggregates } from './aggregates.ts';
import { printCast } from './casts.ts';
import { notKnown, QueryError } from './errors.ts';
import { strftimeOf } from './formats.ts';
import { aggregates, timeParts, writeScalar } from './functions.ts';
import { isNumber, isSomeNumber, kindOf } from './kinds.ts';
import { has, listOf, type Node, nameIn, nodeOf, only, quoteName, quoteText, textIn } from './syntax.ts';
import { isZoned, printWall } from './zones.ts';

export interface Printer {
  /** A whole query, without brackets. */
  query(node: Node): string;
  /** Any expression. */
  expression(node: unknown): string;
  /** Whether comparisons go unchecked: in a join's condition, which has to stay plain to be hashed. */
  isJoining: boolean;
  /** How a name without a table is written, where the plain name would mean something else to DuckDB. */
  bare?(name: string): string | undefined;
}

const calculations: { [kind: string]: string } = { add: '+', sub: '-', mul: '*' };
const comparisons: { [kind: string]: string } = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const distinctness: { [kind: string]: string } = { null_safe_eq: 'IS NOT DISTINCT FROM', null_safe_neq: 'IS DISTINCT FROM' };

/** Functions that the parser has kinds of their own for: name and where their arguments are. */
const typedScalars: { [kind: string]: [name: string, ...keys: string[]] } = {
  lower: ['lower', 'this'],
  upper: ['upper', 'this'],
  length: ['length', 'this'],
  trim: ['trim', 'this'],
  starts_with: ['starts_with', 'this', 'expression'],
  str_position: ['strpos', 'this', 'substr'],
  substring: ['substr', 'this', 'start', 'length'],
  json_extract_scalar: ['json_extract_scalar', 'this', 'path'],
  json_extract: ['json_extract', 'this', 'path'],
  json_array_length: ['json_array_length', 'this'],
  abs: ['abs', 'this'],
  floor: ['floor', 'this'],
  ceil: ['ceil', 'this'],
  mod_func: ['mod', 'this', 'expression'],
  sqrt: ['sqrt', 'this'],
  exp: ['exp', 'this'],
  ln: ['ln', 'this'],
  contains: ['contains', 'this', 'expression'],
  element_at: ['element_at', 'this', 'expression'],
  cardinality: ['cardinality', 'this'],
  map_keys: ['map_keys', 'this'],
  map_values: ['map_values', 'this'],
  if_func: ['if', 'condition', 'true_value', 'false_value'],
};

export function printExpression(value: unknown, printer: Printer): string {
  const node = nodeOf(value);
  const { kind, body } = node;
  const print = printer.expression;
  const binary = (operator: string): string => {
    only(node, 'left', 'right');
    return `(${print(body.left)} ${operator} ${print(body.right)})`;
  };
  if (isZoned(node))
    throw notKnown('a time in a zone as a value', 'Make it a date, a timestamp or a part at once: date(at_timezone(t, zone)).');
  if (calculations[kind]) return printCalculation(node, calculations[kind], print);
  if (kind === 'div' || kind === 'mod') {
    only(node, 'left', 'right');
    return kind === 'div' ? printQuotient(node, print) : printRemainder(node, print);
  }
  if (comparisons[kind]) {
    only(node, 'left', 'right');
    const [left, right] = [print(body.left), print(body.right)];
    const plain = `(${left} ${comparisons[kind]} ${right})`;
    return printer.isJoining ? plain : compared([body.left, left], [body.right, right], plain);
  }
  if (distinctness[kind]) return binary(distinctness[kind]);
  if (kind === 'and' || kind === 'or') return binary(kind.toUpperCase());
  if (kind === 'concat') {
    only(node, 'left', 'right');
    return `trino_join_text(${print(body.left)}, ${print(body.right)})`;
  }
  if (timeParts[kind]) {
    only(node, 'this');
    return printPart(kind, body.this, print);
  }
  const typed = typedScalars[kind];
  if (typed) {
    const [name, ...keys] = typed;
    // TRICKY: `trim(both 'a' from x)` sets `characters`, which is not among the keys and fails.
    only(node, ...keys, 'position');
    if (kind === 'trim' && body.position !== 'Both') throw notKnown(`trim ${String(body.position)}`);
    return printScalar(
      name,
      keys.filter((key) => has(body, key)).map((key) => body[key]),
      print,
    );
  }
  if (typedAggregates[kind] || kind === 'aggregate_function' || kind === 'within_group') return printAggregate(node, print);
  const printOne = printers[kind];
  if (!printOne)
    throw notKnown(
      kind === 'raw' ? `the spelling ${String(body.sql)}` : kind.replaceAll('_', ' '),
      kind === 'raw' ? 'Write brackets.' : '',
    );
  return printOne(node, printer);
}

const printers: { [kind: string]: (node: Node, printer: Printer) => string } = {
  literal: ({ body }) => printLiteral(String(body.literal_type), String(body.value)),
  boolean: ({ body }) => (body.value === true ? 'true' : 'false'),
  null: () => 'NULL',
  placeholder: () => {
    throw new QueryError('INVALID_PARAMETER_USAGE', 'Incorrect number of parameters: a question mark has no value');
  },
  column: (node, { bare }) => {
    only(node, 'name', 'table');
    const name = nameIn(node.body.name);
    if (has(node.body, 'table')) return `${quoteName(nameIn(node.body.table))}.${quoteName(name)}`;
    return bare?.(name) ?? quoteName(name);
  },
  paren: (node, { expression }) => {
    only(node, 'this');
    return `(${expression(node.body.this)})`;
  },
  neg: (node, { expression }) => {
    only(node, 'this');
    return `(- ${expression(node.body.this)})`;
  },
  not: (node, { expression }) => {
    only(node, 'this');
    return `(NOT ${expression(node.body.this)})`;
  },
  is_null: (node, { expression }) => {
    only(node, 'this', 'not', 'postfix_form');
    return `(${expression(node.body.this)} IS ${node.body.not ? 'NOT ' : ''}NULL)`;
  },
  like: (node, { expression }) => {
    only(node, 'left', 'right', 'escape');
    const { left, right, escape: mark } = node.body;
    return `(${expression(left)} LIKE ${expression(right)}${mark ? ` ESCAPE ${quoteText(textIn(nodeOf(mark)) ?? '')}` : ''})`;
  },
  between: (node, { expression, isJoining }) => {
    only(node, 'this', 'low', 'high', 'not');
    const { this: of, low: from, high: to } = node.body;
    const [value, low, high] = [expression(of), expression(from), expression(to)];
    const plain = `(${value} ${node.body.not ? 'NOT ' : ''}BETWEEN ${low} AND ${high})`;
    return isJoining ? plain : compared([of, value], [from, low], compared([of, value], [to, high], plain));
  },
  in: (node, { expression, query }) => {
    only(node, 'this', 'expressions', 'query', 'not');
    const value = expression(node.body.this);
    const not = node.body.not ? 'NOT ' : '';
    if (node.body.query) return `(${value} ${not}IN (${query(nodeOf(node.body.query))}))`;
    const items = listOf(node.body.expressions).map(
      ({ kind, body }): Printed => [{ [kind]: body }, expression({ [kind]: body })],
    );
    const plain = `(${value} ${not}IN (${items.map(([, item]) => item).join(', ')}))`;
    return items.reduce(
      (inner, item) => (item[1] === 'NULL' || item[1].startsWith('(') ? inner : compared([node.body.this, value], item, inner)),
      plain,
    );
  },
  exists: (node, { query }) => {
    only(node, 'this', 'not');
    return `(${node.body.not ? 'NOT ' : ''}EXISTS (${query(nodeOf(node.body.this))}))`;
  },
  subquery: (node, { query }) => {
    only(node, 'this');
    return `(${query(nodeOf(node.body.this))})`;
  },
  tuple: (node, { expression }) => {
    only(node, 'expressions');
    return `(${(node.body.expressions as unknown[]).map(expression).join(', ')})`;
  },
  case: (node, { expression }) => {
    only(node, 'operand', 'whens', 'else_');
    const { operand, whens, else_ } = node.body;
    const pairs = (whens as [unknown, unknown][]).map(([when, then]) => `WHEN ${expression(when)} THEN ${expression(then)}`);
    return `CASE ${operand ? expression(operand) : ''} ${pairs.join(' ')} ${else_ ? `ELSE ${expression(else_)}` : ''} END`;
  },
  cast: (node, { expression }) => printCast(node, expression, (time) => printWall(time, expression)),
  try_cast: (node, { expression }) => printCast(node, expression, (time) => printWall(time, expression)),
  interval: (node) => printInterval(node),
  extract: (node, { expression }) => {
    only(node, 'this', 'field');
    const field = String(node.body.field)
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
      .toLowerCase();
    return printPart(field, node.body.this, expression);
  },
  coalesce: (node, { expression }) => {
    only(node, 'expressions');
    return printScalar('coalesce', node.body.expressions as unknown[], expression);
  },
  array_func: (node, { expression }) => {
    only(node, 'expressions');
    return `[${(node.body.expressions as unknown[]).map(expression).join(', ')}]`;
  },
  subscript: (node, { expression }) => {
    only(node, 'this', 'index');
    return `trino_subscript(${expression(node.body.this)}, ${expression(node.body.index)})`;
  },
  lambda: (node, printer) => {
    only(node, 'parameters', 'body');
    const parameters = (node.body.parameters as unknown[]).map((each) => quoteName(nameIn(each)));
    if (parameters.length !== 1) throw notKnown('a lambda of several parameters');
    const inner: Printer = {
      ...printer,
      expression: (value) => printExpression(value, inner),
      bare: (name) => (quoteName(name) === parameters[0] ? undefined : printer.bare?.(name)),
    };
    return `lambda ${parameters[0]}: ${inner.expression(node.body.body)}`;
  },
  window_function: (node, { expression }) => printWindow(node, expression),
  function: (node, { expression }) => {
    only(node, 'name', 'args', 'distinct', 'filter', 'order_by');
    const name = String(node.body.name).toLowerCase();
    if (Object.hasOwn(aggregates, name)) return printAggregate(node, expression);
    only(node, 'name', 'args');
    const args = node.body.args as unknown[];
    if (timeParts[name] && args.length === 1) return printPart(name, args[0], expression);
    if (name === 'date' && args.length === 1) return `CAST(trino_day(${printWall(args[0], expression)}) AS DATE)`;
    if (name === 'date_format' || name === 'format_datetime') {
      const pattern = quoteText(strftimeOf(name, args[1] ? textIn(nodeOf(args[1])) : undefined));
      return `strftime(${printWall(args[0], expression)}, ${pattern})`;
    }
    if (name === 'with_timezone') return `timezone('UTC', ${expression(args[0])})`;
    if (name === 'sequence' && isTime(args[0]))
      return `trino_days${args.length === 3 ? '_by' : ''}(${args.map(expression).join(', ')})`;
    return printScalar(name, args, expression);
  },
};

const printScalar = (name: string, args: unknown[], print: (node: unknown) => string): string =>
  writeScalar(
    name,
    args.map(print),
    args.map((arg) => textIn(nodeOf(arg))),
  );

function printPart(name: string, time: unknown, print: (node: unknown) => string): string {
  const part = timeParts[name];
  if (!part) throw notKnown(`extract(${name} from …)`);
  return `${part}(${printWall(time, print)})`;
}

function printCalculation(node: Node, operator: string, print: (node: unknown) => string): string {
  const { left, right } = node.body;
  if (nodeOf(right).kind === 'interval' && operator !== '*') {
    const interval = printInterval(nodeOf(right));
    return `trino_later(${print(left)}, ${operator === '-' ? `- ${interval}` : interval}, ${quoteText(intervalUnit(nodeOf(right)))})`;
  }
  if ([left, right].some((side) => nodeOf(side).kind === 'interval')) throw notKnown('an interval on the left or in a product');
  only(node, 'left', 'right');
  const [one, other] = [print(left), print(right)];
  const plain = `(${one} ${operator} ${other})`;
  if (isNumber(kindOf(left))) return isNumber(kindOf(right)) ? plain : `trino_calculated_one(${other}, ${plain})`;
  return isNumber(kindOf(right)) ? `trino_calculated_one(${one}, ${plain})` : `trino_calculated(${one}, ${other}, ${plain})`;
}

function printQuotient({ body: { left, right } }: Node, print: (node: unknown) => string): string {
  const [one, other] = [print(left), print(right)];
  const [kind, by] = [kindOf(left), kindOf(right)];
  if (kind === 'whole' && by === 'whole') return `trino_divide_whole(${one}, ${other})`;
  if (isNumber(kind) && isNumber(by) && (kind === 'double' || by === 'double'))
    return `(CAST(${one} AS DOUBLE) / CAST(${other} AS DOUBLE))`;
  return `trino_divide(${one}, ${other})`;
}

function printRemainder({ body: { left, right } }: Node, print: (node: unknown) => string): string {
  const [one, other] = [print(left), print(right)];
  return isSomeNumber(right) ? `(${one} % ${other})` : `trino_modulo(${one}, ${other})`;
}

/** An expression and how it is written. */
type Printed = [node: unknown, sql: string];

/** `value`, where Trino compares the two: no text with a number. */
function compared([left, one]: Printed, [right, other]: Printed, value: string): string {
  const [kind, to] = [kindOf(left), kindOf(right)];
  if (kind && to && isNumber(kind) === isNumber(to)) return value;
  if (to) return `trino_compared_to_${to === 'text' ? 'text' : 'number'}(${one}, ${other}, ${value})`;
  if (kind) return `trino_${kind === 'text' ? 'text' : 'number'}_compared_to(${one}, ${other}, ${value})`;
  return `trino_comparable(${one}, ${other}, ${value})`;
}

function printLiteral(type: string, value: string): string {
  // Text is typed as text, or DuckDB would read it as whatever it is compared with.
  if (type === 'string') return `CAST(${quoteText(value)} AS VARCHAR)`;
  if (type === 'number' && /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)) return value;
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return `DATE ${quoteText(value)}`;
  if (type === 'timestamp' && /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$/.test(value))
    return `TIMESTAMP ${quoteText(value)}`;
  throw notKnown(`the ${type} literal ${value}`);
}

const intervalUnit = ({ body }: Node): string => String((body.unit as { unit?: unknown } | null)?.unit ?? '').toLowerCase();

function printInterval(node: Node): string {
  only(node, 'this', 'unit');
  const count = textIn(nodeOf(node.body.this));
  const unit = intervalUnit(node);
  if (!count || !/^-?\d+$/.test(count) || !/^(second|minute|hour|day|week|month|year)$/.test(unit))
    throw notKnown(`the interval ${count} ${unit}`);
  return `INTERVAL '${count}' ${unit.toUpperCase()}`;
}

/** Whether a sequence begins with a day or an instant, as far as its writing tells. */
function isTime(value: unknown): boolean {
  const { kind, body } = nodeOf(value);
  if (kind === 'paren') return isTime(body.this);
  if (kind === 'cast') return /^(date|timestamp)$/.test(String((body.to as { data_type?: unknown }).data_type));
  if (kind === 'literal') return /^(date|timestamp)$/.test(String(body.literal_type));
  if (kind === 'add' || kind === 'sub') return nodeOf(body.right).kind === 'interval';
  return (
    kind === 'function' &&
    /^(date|date_trunc|date_add|current_date|now|current_timestamp|localtimestamp)$/i.test(String(body.name))
  );
}
