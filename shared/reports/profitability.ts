/** What is left of sales after everything? Read from the documents that the nightly job keeps; nothing is computed here but sums. */
import type { ProfitabilityAnswer, ProfitabilityQuery, ProfitFigures } from '../api/profitability.ts';
import { firstDayAt } from '../insight/job.ts';
import { others } from '../insight/largest.ts';
import { daysIn, type ProfitKind, type ProfitMonth, profitKey, profitReport, valuesIn } from '../insight/profit/document.ts';
import { type Amounts, addTo, netSalesOf, nothing, type ProfitDimension, profitOf, steps } from '../kpis/profit-steps.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { lastDayOfMonth, monthOf } from '../time.ts';
import { computedBy, shareOf } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

/** The figures of amounts. A profit without any known cost of goods is not said: it would be the sales. */
export function figuresOf(amounts: Amounts, hasOrders = true): ProfitFigures {
  const netSales = netSalesOf(amounts);
  const { platformFees, commission, shipping, otherFees, statementDifference, goods, packaging, ads } = amounts;
  const contribution = netSales + platformFees + commission + shipping + otherFees + statementDifference + goods + packaging;
  const isUncosted = (amounts.namedSales !== 0 || amounts.uncostedUnits > 0) && amounts.costedSales === 0 && goods === 0;
  const profit = isUncosted ? null : profitOf(amounts);
  return {
    steps: steps.map((step) => ({ step, amount: amounts[step] })),
    netSales,
    contribution,
    contributionAfterAds: contribution + ads,
    profit,
    isAtMost: amounts.costedSales !== amounts.namedSales || amounts.uncostedUnits > 0,
    margin: profit === null || netSales <= 0 ? null : shareOf(profit, netSales),
    costCoverage: shareOf(amounts.costedSales, amounts.namedSales),
    settledShare: shareOf(amounts.settledSales, netSales),
    unstatedShare: shareOf(amounts.unstatedSales, netSales),
    estimatedFees: amounts.estimatedFees,
    returnOnAds: ads < 0 ? shareOf(contribution + ads, -ads) : null,
    orders: hasOrders ? amounts.orders : null,
    units: amounts.units,
  };
}

/** Rows by sales and spend, the largest first, orders by what they brought, the least first; those beyond the top together. */
function rowsOf(rows: Map<string, Amounts>, top: number, by: ProfitDimension): NonNullable<ProfitabilityAnswer['rows']> {
  const size = (amounts: Amounts): number =>
    by === 'order' ? -profitOf(amounts) : Math.abs(amounts.grossSales) + Math.abs(amounts.ads);
  // An order may hold several products.
  const hasOrders = by !== 'product';
  const named = [...rows].filter(([value]) => value !== others);
  const sorted = named.toSorted(([a, x], [b, y]) => size(y) - size(x) || (a < b ? -1 : 1));
  const rest = nothing();
  const beyond = sorted.slice(top).map(([, amounts]) => amounts);
  const kept = rows.get(others);
  for (const amounts of kept ? [...beyond, kept] : beyond) addTo(rest, amounts);
  const isMore = beyond.length > 0 || kept !== undefined;
  return [
    ...sorted.slice(0, top).map(([value, amounts]) => ({ value, ...figuresOf(amounts, hasOrders) })),
    ...(isMore ? [{ value: '', isOther: true as const, ...figuresOf(rest, hasOrders) }] : []),
  ];
}

/** Answers GET …/profitability. */
export async function reportProfitability({ from, to, by, top }: ProfitabilityQuery, scope: Scope): Promise<ProfitabilityAnswer> {
  const { table, partition } = scope;
  const months = (kind: ProfitKind) =>
    readDocuments<ProfitMonth>(table, partition, profitReport, profitKey(kind, monthOf(from)), profitKey(kind, monthOf(to)));
  const [head, byDay, byValue] = await Promise.all([
    readHead(table, partition, profitReport),
    months('days'),
    by ? months(by) : [],
  ]);
  const { total, days } = daysIn(byDay, from, to);
  const figures = head ? figuresOf(total) : { ...figuresOf(total), profit: null };
  const reasons: ProfitabilityAnswer['reasons'] = [];
  const keptFrom = head && firstDayAt(head.computedAt);
  if (!head) reasons.push('not_computed');
  else if (keptFrom && from < keptFrom) reasons.push('not_kept');
  if (head && total.orders === 0) reasons.push('no_orders');
  if (head && figures.profit === null) reasons.push('no_costs');
  else if (figures.isAtMost) reasons.push('some_costs_missing');
  if (total.estimatedFees !== 0) reasons.push('fees_estimated');
  if (total.unstatedSales !== 0) reasons.push('fees_missing');
  return {
    ...freshnessOf(scope),
    from,
    to,
    ...computedBy(head),
    method: 'orders by the day on which they were paid',
    ...figures,
    days: days.map(({ day, amounts }) => ({
      at: day,
      netSales: netSalesOf(amounts),
      profit: figures.profit === null ? null : profitOf(amounts),
    })),
    ...(by
      ? {
          by,
          rowsFrom: `${monthOf(from)}-01`,
          rowsTo: lastDayOfMonth(monthOf(to)),
          rows: rowsOf(valuesIn(byValue), top, by),
        }
      : {}),
    reasons,
  };
}
