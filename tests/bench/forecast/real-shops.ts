/** What are forecasts of two real shops' days worth? Series that no choice was made on; each is its own back-test. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { type Forecast, forecast } from '../../../shared/insight/forecast/forecast.ts';
import { median, rounded } from '../statistics.ts';

const root = process.env.BENCH_DATA ?? '../shared/data';
const aDay = 86_400_000;

type Record_ = Record<string, string>;
const recordsOf = (file: string): Record_[] => parse(gunzipSync(readFileSync(file)), { columns: true, relax_quotes: true });

/** Sums a day of each key, from the first day to the last one of all. */
function daily(entries: { key: string; day: string; value: number }[], most: number): number[][] {
  const days = entries.map(({ day }) => Date.parse(day) / aDay);
  const first = days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const length = days.reduce((last, day) => Math.max(last, day), 0) - first + 1;
  const series = new Map<string, number[]>();
  for (const [i, { key, value }] of entries.entries()) {
    const own = series.get(key) ?? Array<number>(length).fill(0);
    const at = (days[i] ?? first) - first;
    own[at] = (own[at] ?? 0) + value;
    series.set(key, own);
  }
  const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
  return [...series.values()].toSorted((a, b) => total(b) - total(a)).slice(0, most);
}

function recordOf(series: number[][]) {
  const found = series.map((values) => forecast({ values, periods: [7], horizon: 14, origins: 8 }) as Forecast);
  const records = found.flatMap(({ backtest }) => (backtest?.wape != null && backtest.naiveWape != null ? [backtest] : []));
  const middle = (of: (record: (typeof records)[number]) => number): number => rounded(median(records.map(of)), 3);
  const mean = (of: (record: (typeof records)[number]) => number): number =>
    rounded(records.reduce((sum, record) => sum + of(record), 0) / records.length, 3);
  const methods: Record<string, number> = {};
  for (const { method } of found) methods[method] = (methods[method] ?? 0) + 1;
  return {
    series: series.length,
    days: series[0]?.length ?? 0,
    medianWape: middle(({ wape }) => wape ?? 0),
    medianNaiveWape: middle(({ naiveWape }) => naiveWape ?? 0),
    betterThanNaive: rounded(
      mean(({ wape, naiveWape }) => ((wape ?? 0) < (naiveWape ?? 0) ? 1 : 0)),
      2,
    ),
    coverage80: mean(({ coverage80 }) => coverage80),
    coverage95: mean(({ coverage95 }) => coverage95),
    methods,
  };
}

export async function realShops() {
  const figures: Record<string, unknown> = {};
  const uci = join(root, 'uci-online-retail/online_retail_2010-12_2011-06_with_invoice.csv.gz');
  if (existsSync(uci)) {
    const lines = recordsOf(uci).filter(({ InvoiceNo = '' }) => !InvoiceNo.startsWith('C'));
    const dayOf = ({ InvoiceDate = '' }: Record_): string => InvoiceDate.slice(0, 10);
    const units = lines.map((line) => ({ key: line.StockCode ?? '', day: dayOf(line), value: Number(line.Quantity) }));
    const money = lines.map((line) => ({ key: 'all', day: dayOf(line), value: Number(line.Quantity) * Number(line.UnitPrice) }));
    figures['UCI shop, revenue a day'] = recordOf(daily(money, 1));
    figures['UCI shop, units a day of its 100 largest products'] = recordOf(daily(units, 100));
  } else console.error(`SKIPPED: ${uci} is absent.`);
  const olist = join(root, 'olist');
  if (existsSync(olist)) {
    const days = new Map(
      recordsOf(join(olist, 'orders.csv.gz')).map((order) => [order.order_id, order.order_purchase_timestamp?.slice(0, 10)]),
    );
    const items = recordsOf(join(olist, 'order_items.csv.gz')).flatMap(({ seller_id = '', order_id }) => {
      const day = days.get(order_id);
      return day ? [{ key: seller_id, day, value: 1 }] : [];
    });
    figures['Olist, items a day of all'] = recordOf(
      daily(
        items.map((item) => ({ ...item, key: 'all' })),
        1,
      ),
    );
    figures['Olist, items a day of the 100 largest sellers'] = recordOf(daily(items, 100));
  } else console.error(`SKIPPED: ${olist} is absent.`);
  return figures;
}
