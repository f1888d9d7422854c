/** How are functions of groups and windows written for DuckDB? */
import { notKnown } from './errors.ts';
import { aggregates, windowed } from './functions.ts';
import { has, type Node, nameIn, nodeOf, only, quoteName } from './syntax.ts';

type Print = (node: unknown) => string;

/** Aggregates that the parser has kinds of their own for. */
export const typedAggregates: { readonly [kind: string]: string } = {
  count: 'count',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  count_if: 'count_if',
  logical_and: 'bool_and',
  logical_or: 'bool_or',
  any_value: 'any_value',
  stddev: 'stddev',
  stddev_samp: 'stddev_samp',
  stddev_pop: 'stddev_pop',
  variance: 'variance',
  var_samp: 'var_samp',
  var_pop: 'var_pop',
  array_agg: 'array_agg',
  approx_distinct: 'approx_distinct',
};

const typedWindowed: { readonly [kind: string]: [name: string, ...keys: string[]] } = {
  row_number: ['row_number'],
  rank: ['rank'],
  dense_rank: ['dense_rank'],
  percent_rank: ['percent_rank'],
  cume_dist: ['cume_dist'],
  n_tile: ['ntile', 'num_buckets'],
  lag: ['lag', 'this', 'offset', 'default'],
  lead: ['lead', 'this', 'offset', 'default'],
  first_value: ['first_value', 'this'],
  last_value: ['last_value', 'this'],
  nth_value: ['nth_value', 'this', 'offset'],
};

/** An aggregate with its DISTINCT, ORDER BY and FILTER. */
export function printAggregate(node: Node, print: Print): string {
  if (node.kind === 'within_group') return printListagg(node, print);
  const { body } = node;
  only(node, 'this', 'star', 'name', 'args', 'distinct', 'filter', 'order_by');
  const name = typedAggregates[node.kind] ?? String(body.name).toLowerCase();
  const found = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
  if (!found) throw notKnown(`${name}(…)`);
  const args = (body.args as unknown[] | undefined) ?? (body.this ? [body.this] : []);
  if (args.length < found.least || args.length > found.most) throw notKnown(`${name} with ${args.length} arguments`);
  const needsPlain = name === 'map_agg' || name === 'approx_distinct' || name === 'count_if';
  if (needsPlain && (body.distinct || has(body, 'order_by') || (name === 'map_agg' && body.filter)))
    throw notKnown(`${name} with DISTINCT, ORDER BY or FILTER`);
  const [first = '', ...rest] = args.map(print);
  const order = has(body, 'order_by') ? ` ORDER BY ${printOrder(body.order_by, print)}` : '';
  const written = found.write(args.length ? [`${body.distinct ? 'DISTINCT ' : ''}${first}`, ...rest] : [], order);
  return body.filter ? `${written} FILTER (WHERE ${print(body.filter)})` : written;
}

function printListagg(node: Node, print: Print): string {
  only(node, 'this', 'order_by');
  const inner = nodeOf(node.body.this);
  if (inner.kind !== 'list_agg') throw notKnown(`${inner.kind} within group`);
  only(inner, 'this', 'separator', 'distinct');
  const { this: value, separator, distinct } = inner.body;
  return `string_agg(${distinct ? 'DISTINCT ' : ''}${print(value)}, ${separator ? print(separator) : "''"} ORDER BY ${printOrder(node.body.order_by, print)})`;
}

/** Nulls come last, up or down, unless told otherwise. */
export function printOrder(items: unknown, print: Print): string {
  return (items as { this: unknown; desc?: boolean; nulls_first?: boolean | null }[])
    .map((item) => {
      only({ kind: 'order by', body: item as unknown as Node['body'] }, 'this', 'desc', 'nulls_first');
      return `${print(item.this)} ${item.desc ? 'DESC' : 'ASC'} NULLS ${item.nulls_first ? 'FIRST' : 'LAST'}`;
    })
    .join(', ');
}

/** A function over a window. */
export function printWindow(node: Node, print: Print): string {
  only(node, 'this', 'over');
  const inner = nodeOf(node.body.this);
  const typed = typedWindowed[inner.kind];
  if (!typed) return `${printAggregate(inner, print)} OVER (${printFrame(node.body.over, print)})`;
  const [name, ...keys] = typed;
  if (!windowed.includes(name)) throw notKnown(`${name}(…) over a window`);
  only(inner, ...keys);
  const args = keys.filter((key) => has(inner.body, key)).map((key) => print(inner.body[key]));
  return `${name}(${args.join(', ')}) OVER (${printFrame(node.body.over, print)})`;
}

/** What stands in the brackets after OVER. */
export function printFrame(value: unknown, print: Print): string {
  const body = (value ?? {}) as Node['body'];
  only({ kind: 'window', body }, 'partition_by', 'order_by', 'frame', 'window_name');
  const parts = [
    has(body, 'window_name') ? quoteName(nameIn(body.window_name)) : '',
    has(body, 'partition_by') ? `PARTITION BY ${(body.partition_by as unknown[]).map(print).join(', ')}` : '',
    has(body, 'order_by') ? `ORDER BY ${printOrder(body.order_by, print)}` : '',
  ];
  if (body.frame) {
    const frame = body.frame as Node['body'];
    only({ kind: 'frame', body: frame }, 'kind', 'start', 'end');
    const kind = String(frame.kind).toUpperCase();
    if (kind !== 'ROWS' && kind !== 'RANGE') throw notKnown(`a frame of ${kind}`);
    parts.push(
      frame.end
        ? `${kind} BETWEEN ${edge(frame.start, print)} AND ${edge(frame.end, print)}`
        : `${kind} ${edge(frame.start, print)}`,
    );
  }
  return parts.filter(Boolean).join(' ');
}

const edges: { [name: string]: string } = {
  UnboundedPreceding: 'UNBOUNDED PRECEDING',
  UnboundedFollowing: 'UNBOUNDED FOLLOWING',
  CurrentRow: 'CURRENT ROW',
};

function edge(value: unknown, print: Print): string {
  if (typeof value === 'string' && edges[value]) return edges[value];
  const [[name, count] = []] = Object.entries((value ?? {}) as { [name: string]: unknown });
  if (name === 'Preceding' || name === 'Following') return `${print(count)} ${name.toUpperCase()}`;
  throw notKnown(`the frame's edge ${JSON.stringify(value)}`);
}
