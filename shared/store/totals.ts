/** How are totals read? A span of one topic's items in one query, only the fields that are asked for. */
import { pagesOf } from './items.ts';
import { type Item, numberOf, type Table, textOf } from './table.ts';

/** Items of a topic from one period to another, both included; the length of the periods says which items: hour, day or month. */
export interface Span {
  topic: string;
  /** `total`, a distribution's slice or a dimension. */
  slice: string;
  kind: 'H' | 'D' | 'M';
  /** Days for `H` and `D`, months for `M`. */
  from: string;
  to: string;
}

export interface TotalsRow {
  /** Day, month, or hour with its offset. */
  period: string;
  /** Of a dimension; '' in totals. */
  value: string;
  numbers: { [field: string]: number };
}

function rowOf(item: Item, prefix: string): TotalsRow {
  const rest = textOf(item.sk).slice(prefix.length);
  const end = rest.indexOf('#');
  const numbers: TotalsRow['numbers'] = {};
  for (const [field, attribute] of Object.entries(item)) if (attribute.N !== undefined) numbers[field] = Number(attribute.N);
  return end < 0 ? { period: rest, value: '', numbers } : { period: rest.slice(0, end), value: rest.slice(end + 1), numbers };
}

/**
 * Reads a span consistently, so that what is answered holds all that its watermark promises. `fields` are attribute names; none: all
 * of each item (distributions, whose counters are not known before). Hours that have expired at `now` (ms) are left out.
 */
export async function readTotals(
  table: Table,
  partition: string,
  span: Span,
  fields: string[],
  now: number,
): Promise<TotalsRow[]> {
  const prefix = `${span.kind}#${span.topic}#${span.slice}#`;
  const names: Record<string, string> = { '#sk': 'sk' };
  for (const [i, field] of [...fields, ...(span.kind === 'H' ? ['expires'] : [])].entries()) names[`#${i}`] = field;
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND #sk BETWEEN :from AND :to',
    // What follows a period begins with # or T: ~ sorts behind both and before the next period.
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':from': { S: prefix + span.from },
      ':to': { S: `${prefix}${span.to}~` },
    },
    ExpressionAttributeNames: names,
    ...(fields.length ? { ProjectionExpression: Object.keys(names).join() } : {}),
  });
  const rows: TotalsRow[] = [];
  for await (const items of pages)
    for (const item of items) if (!item.expires || numberOf(item.expires) * 1000 > now) rows.push(rowOf(item, prefix));
  return rows;
}
