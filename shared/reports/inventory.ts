/** What runs out first, and when must how much be ordered? The job's documents, by the terms that hold now. */
import type { InventoryAnswer, InventoryQuery, InventoryRow } from '../api/inventory.ts';
import type { DailyForecast } from '../insight/inventory/demand-ahead.ts';
import { missedUnits } from '../insight/inventory/missed-sales.ts';
import { orderBy, type StockPosition, stockOut, suggestedOrder } from '../insight/inventory/stock-ahead.ts';
import { type StockDocument, type StockSku, type StockTotals, stockReport } from '../insight/stock/document.ts';
import { defaultTerms, orderTermsOf, serviceLevel, type Terms } from '../insight/stock/terms.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { readList, stockTermsPlace } from '../store/versioned-list.ts';
import { addDays, daysBetween } from '../time.ts';
import { computedBy, shareOf } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

const soonDays = 7;

/** A delivery without a day, or whose day has gone by, is there no later than an order of today. */
function positionOf({ available, incoming }: StockSku, today: string, { leadDays, safetyDays }: Terms): StockPosition {
  return {
    available,
    incoming: incoming.map(({ units, day }) => ({
      units,
      inDays: day !== null && day >= today ? daysBetween(today, day) + 1 : leadDays + safetyDays,
    })),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const dayAt = (today: string, inDays: number | null): string | null =>
  inDays === null ? null : addDays(today, Math.max(0, inDays - 1));

/** Sales that are expected to be missed until an order of today arrives, and between what four of five times. */
function atRiskOf(position: StockPosition, forecast: DailyForecast, days: number, price: number | null): InventoryRow['atRisk'] {
  if (price === null) return null;
  const { mean, lower, upper } = missedUnits(position, forecast, days);
  return { money: Math.round(mean * price), lower: Math.floor(lower * price), upper: Math.ceil(upper * price) };
}

function aheadOf(each: StockSku, today: string, terms: Terms) {
  const { forecast, available, price } = each;
  if (typeof forecast === 'string')
    return {
      ...{ runsOut: null, mayRunOut: null, chanceWithinWeek: null, orderBy: null, isLate: false, chanceIfToday: null },
      ...{ atRisk: null, suggested: null, isRaised: false, noForecast: forecast },
    };
  const position = positionOf(each, today, terms);
  const out = stockOut(position, forecast);
  const order = orderBy(position, forecast, orderTermsOf(terms));
  const suggested = suggestedOrder(position, forecast, orderTermsOf(terms));
  const isRefused = 'refused' in order || 'refused' in suggested;
  const chance = available <= 0 ? 1 : (out.chances[soonDays - 1] ?? null);
  return {
    runsOut: dayAt(today, out.likelyInDays),
    mayRunOut: dayAt(today, out.possibleInDays),
    chanceWithinWeek: chance === null ? null : shareOf(chance, 1),
    orderBy: isRefused || order.kind === 'later' ? null : addDays(today, order.inDays),
    isLate: !isRefused && order.kind === 'late',
    chanceIfToday: isRefused ? null : shareOf(order.chanceIfToday, 1),
    atRisk: atRiskOf(position, forecast, terms.leadDays + terms.safetyDays, price),
    suggested: isRefused ? null : suggested.units,
    isRaised: !isRefused && suggested.isRaised,
    noForecast: null,
  };
}

function rowOf(each: StockSku, today: string, own: Terms | undefined): InventoryRow {
  const { sku, productId, onHand, available, asOf, incoming, unitCost, lost, soldADay } = each;
  const { leadDays, leadDeviation, safetyDays, coverDays, minimumOrder, packSize } = own ?? defaultTerms;
  const terms = { leadDays, leadDeviation, safetyDays, coverDays, minimumOrder, packSize };
  const days = incoming.flatMap(({ day }) => (day !== null && day >= today ? [day] : [])).sort();
  return {
    ...{ sku, productId, onHand, available, asOf },
    incoming: incoming.reduce((sum, { units }) => sum + units, 0),
    nextDelivery: days[0] ?? null,
    soldADay: soldADay === null ? null : Math.round(soldADay * 100) / 100,
    inStockDays: each.inStockDays,
    daysOfInventory: soldADay ? tenth(Math.max(0, available) / soldADay) : null,
    ...aheadOf(each, today, terms),
    tiedUp: unitCost === null ? null : Math.max(0, onHand) * unitCost,
    turnover: each.turnover === null ? null : tenth(each.turnover),
    sellThrough: each.sellThrough === null ? null : shareOf(each.sellThrough, 1),
    lost: lost && { money: lost.money, lower: lost.lower, upper: lost.upper, outOfStockDays: lost.outOfStockDays },
    ...{ isDead: each.isDead, daysSinceSale: each.daysSinceSale, abc: each.abc, xyz: each.xyz },
    terms: { ...terms, isDefault: !own },
  };
}

/** The most money at risk first; then by the day of the order, and of running out. */
function moreUrgent(a: InventoryRow, b: InventoryRow): number {
  const [x, y] = [a.atRisk?.money ?? 0, b.atRisk?.money ?? 0];
  if (x !== y) return y - x;
  const never = '9999-12-31';
  for (const name of ['orderBy', 'runsOut'] as const) {
    const [x, y] = [a[name] ?? never, b[name] ?? never];
    if (x !== y) return x < y ? -1 : 1;
  }
  return (a.daysOfInventory ?? 1e9) - (b.daysOfInventory ?? 1e9) || (a.sku < b.sku ? -1 : 1);
}

function reasonsOf(isComputed: boolean, totals: StockTotals | null, rows: InventoryRow[]): InventoryAnswer['reasons'] {
  if (!isComputed) return ['not_computed'];
  if (!totals) return ['no_stock'];
  const reasons: InventoryAnswer['reasons'] = [];
  if (totals.costCoverage === 0) reasons.push('no_costs');
  else if (totals.costCoverage !== null && totals.costCoverage < 1) reasons.push('some_costs_missing');
  if (rows.every(({ noForecast }) => noForecast === 'no_sales')) reasons.push('no_sales');
  return reasons;
}

const nothing: StockTotals = {
  ...{ moneyTiedUp: 0, costCoverage: null, dead: { skus: 0, money: 0 }, turnover: null },
  ...{ lost: { money: 0, lower: 0, upper: 0 }, skus: 0, unlisted: 0, untold: 0 },
};

/** Answers GET …/inventory. */
export async function reportInventory({ top }: InventoryQuery, scope: Scope): Promise<InventoryAnswer> {
  const { table, partition, profile } = scope;
  const [head, documents, { entries }] = await Promise.all([
    readHead(table, partition, stockReport),
    readDocuments<StockDocument>(table, partition, stockReport, '0', '9'),
    readList<Terms & { sku: string }>(table, profile.creatorId, stockTermsPlace),
  ]);
  const [first] = documents;
  const totals = first?.totals ?? null;
  const own = new Map(entries.map((entry) => [entry.sku, entry]));
  const rows = documents.flatMap(({ today, rows }) => rows.map((each) => rowOf(each, today, own.get(each.sku)))).sort(moreUrgent);
  const soon = first && totals ? addDays(first.today, soonDays - 1) : '';
  const outSoon = rows.filter(({ runsOut }) => runsOut !== null && runsOut <= soon);
  const { moneyTiedUp, costCoverage, dead, turnover, lost, skus, unlisted, untold } = totals ?? nothing;
  return {
    ...freshnessOf(scope),
    ...computedBy(head),
    today: totals ? (first?.today ?? null) : null,
    serviceLevel,
    defaults: defaultTerms,
    skus,
    untold,
    unlisted: unlisted + Math.max(0, rows.length - top),
    runOutSoon: { skus: outSoon.length, outNow: outSoon.filter(({ available }) => available <= 0).length },
    tiedUp: { money: moneyTiedUp, costCoverage: costCoverage === null ? null : shareOf(costCoverage, 1) },
    turnover: turnover === null ? null : tenth(turnover),
    dead,
    lost,
    rows: rows.slice(0, top),
    reasons: reasonsOf(head !== undefined, totals, rows),
  };
}
