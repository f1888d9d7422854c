/** What is stored of profit? A document for each local month: amounts by day, and of the whole month by every dimension. */
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

export interface ProfitMonth {
  month: string;
  days: { [day: string]: Packed };
  by: { [dimension in ProfitDimension]?: { [value: string]: Packed } };
}

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

  function addSpend(row: AthenaRow, step: Step): void {
    const [from, to] = [row.first_day ?? '', row.last_day ?? ''];
    for (const [day, amount] of spread(Number(row.amount), from, to)) {
      if (day < first || day > last) continue;
      addTo(dayAt(day), { [step]: amount });
      if (row.campaign) addTo(valueAt(monthOf(day), 'campaign', row.campaign), { [step]: amount });
    }
  }

  function stepOf(kind: string, hasAds: boolean): Step | undefined {
    if (!kind.startsWith('adjustment ')) return stepsOfKind.get(kind) ?? 'otherCosts';
    // Ads paid out of sales are a way of paying: where the spend itself is known, that counts.
    if (kind === 'adjustment advertising') return hasAds ? undefined : 'ads';
    return 'adjustments';
  }

  return {
    addOrders(row: AthenaRow): void {
      const amounts = amountsOf(row);
      const of = dimensionOf(row);
      if (row.day) addTo(dayAt(row.day), amounts);
      else if (of) addTo(valueAt(row.month ?? '', of.dimension, of.value), amounts);
    },
    addSpend: (row: AthenaRow): void => void spends.push(row),
    /** A document for each month that has something. */
    documents(): ProfitMonth[] {
      const hasAds = spends.some(({ kind }) => kind === 'ads');
      for (const row of spends) {
        const step = stepOf(row.kind ?? '', hasAds);
        if (step) addSpend(row, step);
      }
      return [...months]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, { days, by }]) => ({
          month,
          days: Object.fromEntries([...days].sort().map(([day, amounts]) => [day, pack(amounts)])),
          by: Object.fromEntries(
            [...by].map(([dimension, values]) => [dimension, dimension === 'order' ? withTheRest(values, by) : largest(values)]),
          ),
        }));
    },
  };
}

const size = (amounts: Amounts): number => steps.reduce((sum, step) => sum + Math.abs(amounts[step]), 0);
const largest = (values: Map<string, Amounts>): { [value: string]: Packed } =>
  Object.fromEntries(largestOf(values, size, nothing, addTo).map(([value, amounts]) => [value, pack(amounts)]));

/** Orders are told in part: what the others came to is the whole of the month, as any dimension that holds all orders adds up to it. */
function withTheRest(orders: Map<string, Amounts>, by: Month['by']): { [value: string]: Packed } {
  const rest = nothing();
  for (const amounts of by.get('channel')?.values() ?? []) addTo(rest, amounts);
  for (const amounts of orders.values()) for (const name of names) rest[name] -= amounts[name];
  const kept = [...orders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, amounts]): [string, Packed] => [value, pack(amounts)]);
  return Object.fromEntries(rest.orders === 0 ? kept : [...kept, [others, pack(rest)]]);
}

/** Amounts of the days of a range, and of its months by the values of a dimension. */
export function addUp(months: ProfitMonth[], from: string, to: string, dimension?: ProfitDimension) {
  const total = nothing();
  const days: { day: string; amounts: Amounts }[] = [];
  const rows = new Map<string, Amounts>();
  for (const { month, days: byDay, by } of months) {
    for (const [day, packed] of Object.entries(byDay)) {
      if (day < laterOf(from, `${month}-01`) || day > earlierOf(to, `${month}-31`)) continue;
      const amounts = unpack(packed);
      days.push({ day, amounts });
      addTo(total, amounts);
    }
    for (const [value, packed] of Object.entries((dimension && by[dimension]) ?? {}))
      addTo(known(rows, value, nothing), unpack(packed));
  }
  return { total, days, rows };
}
