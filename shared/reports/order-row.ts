/** How does an order read in a list, and what did it add to a number? */
import type * as z from 'zod';
import type { orderRow } from '../api/orders.ts';
import { type Facts, list } from '../events/entity.ts';
import { decodeId } from '../events/subject.ts';
import { representativeOf } from '../fold/distribution.ts';
import type { Row, StoredEntity } from '../fold/parts.ts';
import { dayOf } from '../time.ts';
import type { Formula, Term } from './formula.ts';
import type { Where } from './where.ts';

export type OrderRow = z.infer<typeof orderRow>;
type Contribution = Pick<OrderRow, 'value' | 'numerator' | 'denominator' | 'n'>;

/** Which told rows count: of a day, and of some values of a dimension where they are named. */
export interface Slice {
  day: string;
  where?: Where | undefined;
}

const instantOf = (local: unknown): string | null => (typeof local === 'string' ? new Date(local).toISOString() : null);

/** An order's own facts; what is no order has none of them. */
export function describeOrder(subject: string, { parts }: StoredEntity): Omit<OrderRow, 'value'> {
  const facts: Facts = parts.order?.facts ?? {};
  return {
    subject,
    orderId: subject.startsWith('order/') ? decodeId(subject.slice('order/'.length)) : null,
    status: typeof facts.status === 'string' ? facts.status : null,
    placedAt: instantOf(facts.placedAt),
    paidAt: instantOf(facts.paidAt),
    lines: list(facts.lines).map((line) =>
      Object.fromEntries(Object.entries(line).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
    ),
  };
}

/** What these rows add to the terms, or undefined where they touch none of them. */
function sumOf(rows: Row[], terms: Term[]): number | undefined {
  let sum: number | undefined;
  for (const [topic, , , values] of rows)
    for (const term of terms) {
      const told = term.topic === topic ? values[term.measure] : undefined;
      if (told) sum = (sum ?? 0) + term.sign * told;
    }
  return sum;
}

function spread(rows: Row[], of: string, name: string): Contribution | undefined {
  const told = rows
    .filter(([topic]) => topic === of)
    .flatMap(([, , , values]) => Object.entries(values))
    .filter(([field]) => field.startsWith(`${name}:`));
  const [first] = told;
  if (!first) return undefined;
  const value = representativeOf(Number(first[0].slice(name.length + 1)));
  return { value: Number(value.toPrecision(6)), n: told.reduce((sum, [, n]) => sum + n, 0) };
}

/** What an entity told of a formula for this slice: exactly what stands in the total for it. Undefined where nothing. */
export function contributionOf(
  { contributions }: StoredEntity,
  formula: Formula,
  { day, where }: Slice,
): Contribution | undefined {
  const isNamed = (value: string | undefined): boolean => value !== undefined && (where?.values.includes(value) ?? false);
  const rows = contributions.filter(
    ([, at, dimensions]) => dayOf(at) === day && (!where || isNamed(dimensions[where.dimension])),
  );
  if (formula.kind === 'distribution') return spread(rows, formula.topic, formula.name);
  if (formula.kind === 'sum') {
    const sum = sumOf(rows, formula.terms);
    return sum === undefined ? undefined : { value: sum };
  }
  if (formula.kind !== 'ratio') return undefined;
  const [numerator, denominator] = [sumOf(rows, formula.numerator), sumOf(rows, formula.denominator)];
  if (numerator === undefined && denominator === undefined) return undefined;
  return { value: null, numerator: numerator ?? 0, denominator: denominator ?? 0 };
}
