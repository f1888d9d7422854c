/** What comes next? Read from the documents that the job keeps, of which it makes new ones every local day. */
import type { ForecastsAnswer, ForecastsQuery } from '../api/forecasts.ts';
import { type Limits, type Outlook, outlookReport, productsKey, shopKey } from '../insight/outlook/document.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { forecastOfProducts } from '../kpis/forecasts.ts';
import type { Partition } from '../store/partition.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { addDays } from '../time.ts';
import { computedBy } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

const at = (limits: Limits, day: number) => ({
  mean: limits.mean[day] ?? 0,
  lower80: limits.lower80[day] ?? 0,
  upper80: limits.upper80[day] ?? 0,
  lower95: limits.lower95[day] ?? 0,
  upper95: limits.upper95[day] ?? 0,
});

/** The stored outlooks of the shop, or of its products; none where nothing was computed. */
export async function readOutlooks(
  { table, partition }: Pick<Partition, 'table' | 'partition'>,
  key: string,
): Promise<Outlook[]> {
  const [found = []] = await readDocuments<Outlook[]>(table, partition, outlookReport, key, key);
  return found;
}

const productRows = (all: Outlook[], days: number): ForecastsAnswer['products'] =>
  all.flatMap(({ productId = '', forecast }) => {
    if (!forecast) return [];
    const { wape = null, naiveWape = null } = forecast.backtest ?? {};
    return [{ productId, ...at(forecast.total, days - 1), wape, naiveWape }];
  });

/** Answers GET …/forecasts. */
export async function reportForecasts({ name, product, days }: ForecastsQuery, scope: Scope): Promise<ForecastsAnswer> {
  const wantsProducts = name === forecastOfProducts;
  const [head, shop, products] = await Promise.all([
    readHead(scope.table, scope.partition, outlookReport),
    product === undefined ? readOutlooks(scope, shopKey) : [],
    wantsProducts ? readOutlooks(scope, productsKey) : [],
  ]);
  const found =
    product === undefined ? shop.find((each) => each.name === name) : products.find((each) => each.productId === product);
  const forecast = found?.forecast ?? null;
  const reasonOf = (): ForecastsAnswer['reasons'] => {
    if (!head) return ['not_computed'];
    if (!found) return [product === undefined ? 'no_sales' : 'no_such_product'];
    if (found.days === 0) return ['no_sales'];
    return forecast ? [] : ['too_short'];
  };
  const { last = '', history = [] } = found ?? {};
  return {
    ...freshnessOf(scope),
    ...computedBy(head),
    name,
    unit: dictionary.entries.get(name)?.kpi.unit === 'money' ? 'money' : 'count',
    ...(product === undefined ? {} : { product }),
    historyDays: found?.days ?? 0,
    history: history.map((value, i) => ({ at: addDays(last, i + 1 - history.length), value })),
    method: forecast?.method ?? null,
    points: forecast
      ? Array.from({ length: days }, (_, day) => ({ at: addDays(last, day + 1), ...at(forecast.daily, day) }))
      : [],
    total: forecast ? at(forecast.total, days - 1) : null,
    backtest: forecast?.backtest ?? null,
    effects: forecast?.effects ?? [],
    products: wantsProducts && product === undefined ? productRows(products, days) : [],
    reasons: reasonOf(),
  };
}
