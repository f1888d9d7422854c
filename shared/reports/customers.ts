/** Who comes back, and what do they bring? Read from the documents that the job keeps; they hold counts and sums alone. */
import type { CustomersAnswer, CustomersQuery } from '../api/customers.ts';
import { type Ahead, monthsAhead } from '../insight/customers-report/ahead.ts';
import {
  byKey,
  type CustomersByFirst,
  type CustomersOfShop,
  customersReport,
  shopKey,
} from '../insight/customers-report/document.ts';
import { addDaysOf, type FirstDays, noDays, type Window } from '../insight/customers-report/windows.ts';
import { others } from '../insight/largest.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { computedBy, shareOf } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

const mean = (sum: number, n: number): number | null => (n === 0 ? null : Math.round(sum / n));

const figuresOf = ({ repeated, known, valued, netSales, contribution }: Window) => ({
  repeated,
  known,
  repeatShare: shareOf(repeated, known),
  valued,
  netSales: mean(netSales, valued),
  contribution: mean(contribution, valued),
});

function predictedOf({ model, buyers, repeaters, stillBuyers, purchases, value }: Ahead): CustomersAnswer['predicted'] {
  const each = (of: number): number => Math.round(of / buyers);
  return {
    model,
    months: monthsAhead,
    buyers,
    repeaters,
    stillBuyers,
    purchases,
    value,
    valuePerBuyer: {
      expected: each(value.expected),
      lower: Math.floor(value.lower / buyers),
      upper: Math.ceil(value.upper / buyers),
    },
  };
}

function reasonsOf(shop: CustomersOfShop | undefined): CustomersAnswer['reasons'] {
  if (!shop) return ['not_computed'];
  if (shop.orders === 0) return ['no_orders'];
  if (shop.named === 0) return ['no_buyers'];
  const reasons: CustomersAnswer['reasons'] = [];
  if (shop.named < shop.orders) reasons.push('some_buyers_missing');
  if (shop.windows.every(({ valued }) => valued === 0)) reasons.push('too_young');
  if (shop.costedSales !== shop.namedSales) reasons.push('some_costs_missing');
  return reasons;
}

function rowsOf(all: CustomersByFirst, { days, top }: CustomersQuery): CustomersAnswer['rows'] {
  const told = all.filter(([value]) => value !== others);
  const beyond = [...told.slice(top), ...all.filter(([value]) => value === others)];
  const rest = noDays();
  for (const [, figures] of beyond) addDaysOf(rest, figures);
  const rowOf = (value: string, { buyers, windows }: FirstDays) => {
    const window = windows.find((each) => each.days === days);
    return window ? [{ value, buyers, ...figuresOf(window) }] : [];
  };
  return [
    ...told.slice(0, top).flatMap(([value, figures]) => rowOf(value, figures)),
    ...(beyond.length ? rowOf('', rest).map((row) => ({ ...row, isOther: true as const })) : []),
  ];
}

/** What is of the whole shop; nothing of it where nothing is computed. */
function wholeOf(shop: CustomersOfShop | undefined) {
  const { months = [], windows = [], cohorts = [], groups = [], buyers = 0, repeaters = 0, ahead } = shop ?? {};
  const allSales = groups.reduce((sum, { netSales }) => sum + netSales, 0);
  return {
    until: shop?.until ?? null,
    orders: shop?.orders ?? 0,
    namedOrders: shop?.named ?? 0,
    buyers,
    repeaters,
    repeatShare: shareOf(repeaters, buyers),
    newBuyers: shop?.recent.newBuyers ?? 0,
    newBuyersBefore: shop?.recent.newBuyersBefore ?? 0,
    isAtMost: shop ? shop.costedSales !== shop.namedSales : false,
    months: months.map((month) => ({
      ...month,
      newOrderShare: shareOf(month.newBuyers, month.orders),
      returningShare: shareOf(month.buyers - month.newBuyers, month.buyers),
    })),
    windows: windows.map(({ interval, ...window }) => ({
      days: window.days,
      ...figuresOf(window),
      interval: interval && { lower: Math.floor(interval.lower), upper: Math.ceil(interval.upper) },
    })),
    cohorts: cohorts.map(({ month, buyers, counts }) => ({
      month,
      buyers,
      months: counts.map((count) => (count === null ? null : { buyers: count, share: shareOf(count, buyers) ?? 0 })),
    })),
    olderBuyers: shop?.olderBuyers ?? 0,
    groups: groups.map((group) => ({
      ...group,
      share: shareOf(group.buyers, buyers) ?? 0,
      salesShare: shareOf(group.netSales, allSales),
    })),
    predicted: ahead && !('refused' in ahead) ? predictedOf(ahead) : null,
    notPredicted: ahead && 'refused' in ahead ? ahead.refused : null,
  };
}

/** Answers GET …/customers. */
export async function reportCustomers(query: CustomersQuery, scope: Scope): Promise<CustomersAnswer> {
  const { table, partition } = scope;
  const key = byKey(query.by);
  const [head, [shop], [rows = []]] = await Promise.all([
    readHead(table, partition, customersReport),
    readDocuments<CustomersOfShop>(table, partition, customersReport, shopKey, shopKey),
    readDocuments<CustomersByFirst>(table, partition, customersReport, key, key),
  ]);
  return {
    ...freshnessOf(scope),
    ...computedBy(head),
    ...wholeOf(shop),
    by: query.by,
    days: query.days,
    rows: rowsOf(rows, query),
    reasons: reasonsOf(head && shop),
  };
}
