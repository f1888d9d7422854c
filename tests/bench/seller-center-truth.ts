/**
 * Do files of Seller Center come to what is known of them? Run by hand: `node tests/bench/seller-center-truth.ts <folder>`; each folder in
 * it with a truth.json is a market, a folder `wrong` holds files that must not be taken as they are. Every number of truth.json is compared.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMoney } from '../../shared/sources/seller-center/read/number.ts';
import { tableRows } from '../../shared/sources/seller-center/read/table-rows.ts';
import type { MarketCode } from '../../shared/sources/seller-center/rules/markets.ts';
import { orderStatuses, wordOf } from '../../shared/sources/seller-center/rules/words.ts';
import { type Imported, importFiles, ofEntity, readingOf, sum } from './seller-center/imported.ts';
import { ordersOf, ordersTruth, overlapTruth, refundsTruth } from './seller-center/orders-truth.ts';
import {
  adsTruth,
  affiliateTruth,
  analyticsTruth,
  estimateOf,
  incomeTruth,
  onHoldTruth,
  soldBy,
  statementLines,
} from './seller-center/statements-truth.ts';
import { tryWrong } from './seller-center/wrong.ts';

interface Truth {
  market: MarketCode;
  currency: string;
  moneyScale: number;
  zone: string;
  files: { [name: string]: { kind: string; rows: number; orders?: number; descriptionRow?: boolean } };
  perOrder: { [id: string]: { [field: string]: unknown } };
  [part: string]: unknown;
}

const isObject = (value: unknown): value is { [key: string]: unknown } => typeof value === 'object' && value !== null;

/** Counts leaves that are alike and names those that are not. Lists of ids are compared without their order. */
function compare(path: string, truth: unknown, ours: unknown, found: { alike: number; different: string[] }): void {
  if (Array.isArray(truth) && truth.every((each) => typeof each === 'string') && Array.isArray(ours)) {
    if (JSON.stringify([...truth].sort()) === JSON.stringify([...ours].sort())) found.alike += truth.length || 1;
    else
      found.different.push(
        `${path}: ${truth.length} known, ${ours.length} found; only known ${truth.filter((id) => !ours.includes(id)).slice(0, 5)}; only found ${ours.filter((id) => !truth.includes(id)).slice(0, 5)}`,
      );
  } else if (isObject(truth) && isObject(ours)) {
    for (const key of new Set([...Object.keys(truth), ...Object.keys(ours)]))
      compare(`${path}.${key}`, truth[key], ours[key], found);
  } else if (truth === ours) found.alike++;
  else found.different.push(`${path}: known ${JSON.stringify(truth)}, found ${JSON.stringify(ours)}`);
}

const kindNames: { [kind: string]: string } = {
  'on-hold': 'onhold',
  affiliate: 'affiliateOrders',
  analytics: 'productAnalytics',
  ads: 'gmvMax',
};

function filesTruth(imported: Imported) {
  return Object.fromEntries(
    imported.plan.files.map(({ survey, period, tables }) => {
      const [first] = tables;
      const kind = first?.table.kind.kind ?? '';
      const orders =
        kind === 'orders' ? { orders: first?.table.keys.size, descriptionRow: first?.table.explained !== undefined } : {};
      const settled = kind === 'income' ? { settledFrom: period?.from, settledTo: period?.to } : {};
      return [survey.file, { kind: kindNames[kind] ?? kind, rows: first?.table.rows, ...orders, ...settled }];
    }),
  );
}

async function withdrawalsIn({ plan }: Imported): Promise<number> {
  let total = 0;
  for (const { survey, tables } of plan.files)
    for (const { table } of tables)
      if (table.kind.kind === 'withdrawals')
        for await (const rows of tableRows(survey, table))
          for (const row of rows) total += readMoney(row.cell('amount'), plan.shop.currency) ?? 0;
  return total;
}

/** Orders one by one, with what statements say of them. Words of a status are compared by what they mean. */
function perOrderTruth(all: Imported, truth: Truth, reading: ReturnType<typeof readingOf>) {
  const orders = new Map(ordersOf(all).map((order) => [order.id, order]));
  const lines = Map.groupBy(
    statementLines(all).filter(({ isOrder }) => isOrder),
    ({ id }) => id,
  );
  const [held, sold] = [estimateOf(all), soldBy(all)];
  const entries = [...new Set([...orders.keys(), ...lines.keys()])].map((id) => {
    const [order, settled = []] = [orders.get(id), lines.get(id)];
    const paidOut = reading.amount(sum(settled.map(({ data }) => Number(data.settledAmount))));
    const estimate = held.get(id);
    const known = truth.perOrder[id] ?? {};
    const statement = {
      inOrdersFile: order !== undefined,
      settled: paidOut,
      statementRows: sum(settled.map(({ data }) => Number(data.rows ?? 1))),
      settledDays: settled.map(({ day }) => day),
      ...(estimate === undefined ? {} : { onHoldEstimate: reading.amount(estimate) }),
      expectedSettlement: settled.length ? paidOut : reading.amount(estimate ?? 0),
    };
    if (!order) return [id, { ...statement, created: known.created }];
    const { data } = order;
    return [
      id,
      {
        ...statement,
        created: reading.wall(data.placedAt),
        paid: reading.wall(data.paidAt),
        // A word that is not known here is read by the order's times.
        status: (wordOf(orderStatuses, String(known.status)) ?? data.status) === data.status ? known.status : data.status,
        cancelled: data.status === 'cancelled',
        rows: order.lines.length,
        units: sum(order.lines.map(({ quantity }) => quantity)),
        grossSales: reading.amount(sum(order.lines.map(({ quantity, unitPrice }) => quantity * unitPrice))),
        orderAmount: reading.amount(data.orderAmount),
        refundAmount: reading.amount(data.refundedAmount),
        cod: data.cod === true,
        // No file but the affiliate one says it, and that one leaves out orders that were never paid.
        affiliate: sold.get(id) ?? known.affiliate,
      },
    ] as const;
  });
  return Object.fromEntries(entries as [string, unknown][]);
}

async function checkMarket(folder: string): Promise<string[]> {
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  const { market, currency, moneyScale, zone } = truth;
  const reading = readingOf(currency, moneyScale, zone);
  const files = readdirSync(folder).filter((name) => /\.(xlsx|csv)$/i.test(name));
  const isOf = (kind: string) => (name: string) => truth.files[name]?.kind === kind;
  const run = (names: string[]) =>
    importFiles(
      names.map((name) => join(folder, name)),
      { market, zone, exportedAt: Date.parse('2026-11-21T12:00:00Z') },
    );
  const found = { alike: 0, different: [] as string[] };
  const all = await run(files);
  for (const tie of all.ties) found.different.push(`two snapshots of one version: ${tie}`);
  for (const form of ['xlsx', 'csv']) {
    const exports = files
      .filter(isOf('orders'))
      .filter((name) => name.endsWith(form))
      .sort();
    if (exports.length < 2) continue;
    const [first, second, both] = [await run(exports.slice(0, 1)), await run(exports.slice(1)), await run(exports.toReversed())];
    const orders = {
      afterFirstExport: ordersTruth(first, reading),
      afterBoth: ordersTruth(both, reading),
      ...overlapTruth(first, second, both, reading),
    };
    compare(`orders (${form})`, truth.orders, orders, found);
  }
  const ours: { [part: string]: unknown } = { files: filesTruth(all), perOrder: perOrderTruth(all, truth, reading) };
  ours.refunds = refundsTruth(all, await run(files.filter((name) => isOf('orders')(name) || isOf('returns')(name))), reading);
  const income = await Promise.all(
    files
      .filter(isOf('income'))
      .sort()
      .map(async (name) => ({ name, imported: await run([name]) })),
  );
  const withWithdrawals = await Promise.all(
    income.map(async (each) => ({ ...each, withdrawals: await withdrawalsIn(each.imported) })),
  );
  ours.income = incomeTruth(all, withWithdrawals, reading);
  if (truth.onHold) ours.onHold = onHoldTruth(all, reading);
  if (truth.affiliateOrders) ours.affiliateOrders = affiliateTruth(all, reading);
  if (truth.productAnalytics) ours.productAnalytics = analyticsTruth(all, reading);
  if (truth.gmvMax) ours.gmvMax = adsTruth(all, reading);
  for (const [part, value] of Object.entries(ours)) compare(part, truth[part], value, found);
  const known = [
    'market',
    'currency',
    'moneyScale',
    'zone',
    'orders',
    'rules',
    'inventedShop',
    'firstDay',
    'lastDay',
    ...Object.keys(ours),
  ];
  const left = Object.keys(truth).filter((part) => !known.includes(part));
  const recognised =
    all.plan.market ===
    (
      await importFiles(
        files.map((name) => join(folder, name)),
        {},
      ).catch(() => undefined)
    )?.plan.market;
  const entities = ['order', 'shipment', 'refund', 'settlement', 'adjustment', 'affiliate-sale', 'product-period', 'cost'];
  return [
    `${market}: ${found.alike} numbers alike, ${found.different.length} different; market ${recognised ? 'recognised' : 'not recognised'} without being said${left.length ? `; not compared: ${left.join(', ')}` : ''}`,
    `   ${entities.map((entity) => `${ofEntity(all, entity).length} × ${entity}`).join(', ')}`,
    ...[...all.report.wrong, ...all.report.skipped, ...all.report.notes].map(
      ([what, { count, examples }]) => `   ${count} × ${what}: ${examples[0]}`,
    ),
    ...found.different.map((line) => `   DIFFERENT ${line}`),
  ];
}

const [root] = process.argv.slice(2);
if (!root || !existsSync(root)) throw new Error('Name a folder of markets: node tests/bench/seller-center-truth.ts <folder>');
const folders = existsSync(join(root, 'truth.json'))
  ? [root]
  : readdirSync(root)
      .map((name) => join(root, name))
      .filter((folder) => existsSync(join(folder, 'truth.json')));
for (const folder of folders) console.log((await checkMarket(folder)).join('\n'));
if (existsSync(join(root, 'wrong'))) console.log((await tryWrong(join(root, 'wrong'))).join('\n'));
