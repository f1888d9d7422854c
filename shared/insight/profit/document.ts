/** What is stored of profit? Documents for each local month: amounts by day, and those of the whole month by each dimension, a document each. */
import { type Amounts, addTo, evidence, nothing, type ProfitDimension, type Step, steps } from '../../kpis/profit-steps.ts';
import type { AthenaRow } from '../../lake/athena.ts';
import { daysOf, earlierOf, laterOf, monthOf } from '../../time.ts';
import { largestOf, others } from '../largest.ts';
import { amountColumns, dimensionOf } from './ledger-sql.ts';

export const profitReport = 'profit';

const names = [...steps, ...evidence];
type Packed = number[];
const pack = (amounts: Amounts): Packed => names.map((name) => amounts[name]);
export const unpack = (packed: Packed): Amounts => Object.fromEntries(names.map((name, i) => [name, packed[i] ?? 0])) as Amounts;

/** A month's amounts by day, or by the values of a dimension. */
export interface ProfitMonth {
  month: string;
  amounts: { [dayOrValue: string]: Packed };
}

/** Names the documents of days, and of each dimension; months of one kind are neighbours. */
export type ProfitKind = 'days' | ProfitDimension;
export const profitKey = (kind: ProfitKind, month: string): string => `${kind}#${month}`;

interface Month {
  days: Map<string, Amounts>;
  by: Map<ProfitDimension, Map<string, Amounts>>;
}

const amountsOf = (row: AthenaRow): Partial<Amounts> =>
  Object.fromEntries(amountColumns.map(([name, column]) => [name, Number(row[column] ?? 0)]));

const stepsOfKind = new Map<string, Step>([
  ['ads', 'ads'],
  ['samples', 'samples'],
  ['creator_fee', 'creatorFees'],
  ['packaging', 'packaging'],
]);

/** A cost in equal whole parts over its days, the odd units to the first, as the totals spread it. */
function* spread(amount: number, from: string, to: string): Generator<[day: string, amount: number]> {
  const days = daysOf(from, to);
  const each = Math.trunc(amount / days.length);
  const odd = Math.abs(amount - each * days.length);
  for (const [i, day] of days.entries()) yield [day, each + (i < odd ? Math.sign(amount) : 0)];
}

const known = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
};

/** Adds the answers of both statements for one creator up, and says what is to be stored. `first` and `last` are the days looked at. */
export function openProfit(first: string, last: string) {
  const months = new Map<string, Month>();
  const monthAt = (month: string): Month => known(months, month, () => ({ days: new Map(), by: new Map() }));
  const dayAt = (day: string): Amounts => known(monthAt(monthOf(day)).days, day, nothing);
  const valueAt = (month: string, dimension: ProfitDimension, value: string): Amounts =>
    known(
      known(monthAt(month).by, dimension, () => new Map<string, Amounts>()),
      value,
      nothing,
    );
  const spends: AthenaRow[] = [];
  const samples: AthenaRow[] = [];

  function addSpend(row: AthenaRow, step: Step): void {
    const [from, to] = [row.first_day ?? '', row.last_day ?? ''];
    for (const [day, amount] of spread(Number(row.amount), from, to)) {
      if (day < first || day > last) continue;
      addTo(dayAt(day), { [step]: amount });
      if (row.campaign) addTo(valueAt(monthOf(day), 'campaign', row.campaign), { [step]: amount });
    }
  }

  /** Spend that a way of paying or the goods themselves stand for where nobody told it: by kind, the months that have it. */
  const told = (kind: string): Set<string> =>
    new Set(
      spends
        .filter((row) => row.kind === kind)
        .flatMap((row) => daysOf(laterOf(row.first_day ?? '', first), earlierOf(row.last_day ?? '', last)).map(monthOf)),
    );

  function stepOf({ kind = '', first_day }: AthenaRow, months: Set<string>): Step | undefined {
    if (!kind?.startsWith('adjustment ')) return stepsOfKind.get(kind ?? '') ?? 'otherCosts';
    // Ads paid out of sales are a way of paying: in a month of which the spend itself is known, that counts.
    if (kind === 'adjustment advertising') return months.has(monthOf(first_day ?? '')) ? undefined : 'ads';
    return 'adjustments';
  }

  /** Samples cost their goods and labels, in a month of which nobody told the spend on samples. */
  function addSample(row: AthenaRow): void {
    const [day, product] = [row.day ?? '', row.product_id ?? ''];
    const amounts = {
      samples: -Number(row.cost ?? 0) - Number(row.label_cost ?? 0),
      uncostedUnits: row.cost === null ? Number(row.quantity) : 0,
    };
    addTo(dayAt(day), amounts);
    addTo(valueAt(monthOf(day), 'product', product), amounts);
    if (row.affiliate) addTo(valueAt(monthOf(day), 'affiliate', row.affiliate), amounts);
  }

  return {
    addOrders(row: AthenaRow): void {
      const amounts = amountsOf(row);
      const of = dimensionOf(row);
      if (row.day) addTo(dayAt(row.day), amounts);
      else if (of) addTo(valueAt(row.month ?? '', of.dimension, of.value), amounts);
    },
    addSpend: (row: AthenaRow): void => void spends.push(row),
    addSample: (row: AthenaRow): void => void samples.push(row),
    /** Documents by their keys: of each month that has something, its days and each of its dimensions. */
    documents(): Map<string, ProfitMonth> {
      const [ads, spentOnSamples] = [told('ads'), told('samples')];
      for (const row of spends) {
        const step = stepOf(row, ads);
        if (step) addSpend(row, step);
      }
      for (const row of samples) if (!spentOnSamples.has(monthOf(row.day ?? ''))) addSample(row);
      const sorted = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
      return new Map(
        sorted.flatMap(([month, { days, by }]): [string, ProfitMonth][] => [
          [profitKey('days', month), { month, amounts: packed([...days].sort(([a], [b]) => (a < b ? -1 : 1))) }],
          ...[...by].map(([dimension, values]): [string, ProfitMonth] => [
            profitKey(dimension, month),
            { month, amounts: dimension === 'order' ? withTheRest(values, by) : largest(values) },
          ]),
        ]),
      );
    },
  };
}

const packed = (amounts: [string, Amounts][]): ProfitMonth['amounts'] =>
  Object.fromEntries(amounts.map(([name, each]) => [name, pack(each)]));

const size = (amounts: Amounts): number => steps.reduce((sum, step) => sum + Math.abs(amounts[step]), 0);
const largest = (values: Map<string, Amounts>): ProfitMonth['amounts'] => packed(largestOf(values, size, nothing, addTo));

/** Orders are told in part: what the others came to is the whole of the month, as any dimension that holds all orders adds up to it. */
function withTheRest(orders: Map<string, Amounts>, by: Month['by']): ProfitMonth['amounts'] {
  const rest = nothing();
  for (const amounts of by.get('channel')?.values() ?? []) addTo(rest, amounts);
  for (const amounts of orders.values()) for (const name of names) rest[name] -= amounts[name];
  const kept = [...orders].sort(([a], [b]) => (a < b ? -1 : 1));
  return packed(rest.orders === 0 ? kept : [...kept, [others, rest]]);
}

/** Amounts of the days of a range. */
export function daysIn(months: ProfitMonth[], from: string, to: string) {
  const total = nothing();
  const days: { day: string; amounts: Amounts }[] = [];
  for (const { amounts: byDay } of months)
    for (const [day, packed] of Object.entries(byDay)) {
      if (day < from || day > to) continue;
      const amounts = unpack(packed);
      days.push({ day, amounts });
      addTo(total, amounts);
    }
  return { total, days };
}

/** Amounts of whole months by the values of a dimension. */
export function valuesIn(months: ProfitMonth[]): Map<string, Amounts> {
  const rows = new Map<string, Amounts>();
  for (const { amounts } of months)
    for (const [value, packed] of Object.entries(amounts)) addTo(known(rows, value, nothing), unpack(packed));
  return rows;
}
