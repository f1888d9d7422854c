/** What would the jobs have stored of a large shop? Thirteen months of each report, from made rows, as the jobs store them. */

import { customersJob } from '../../shared/insight/customers-report/job.ts';
import { samplesJob } from '../../shared/insight/free-samples/job.ts';
import { fulfilmentJob } from '../../shared/insight/fulfilment/job.ts';
import { insightVersion, type Job, type Span } from '../../shared/insight/job.ts';
import { payoutsJob } from '../../shared/insight/payouts/job.ts';
import { profitJob } from '../../shared/insight/profit/job.ts';
import { dimensionColumns, ledgerColumns } from '../../shared/insight/profit/ledger-sql.ts';
import { shippingJob } from '../../shared/insight/shipping/job.ts';
import { stockJob } from '../../shared/insight/stock/job.ts';
import { profitDimensions } from '../../shared/kpis/profit-steps.ts';
import type { AthenaRow } from '../../shared/lake/athena.ts';
import { putDocument, putHead } from '../../shared/store/report-documents.ts';
import { partitionOf, type Table } from '../../shared/store/table.ts';
import { addDays, daysOf, monthOf } from '../../shared/time.ts';

/** Of each dimension in a month; orders as many as are kept. */
const values = 200;
const orders = 300;

const many = <Row>(n: number, row: (i: number) => Row): Row[] => Array.from({ length: n }, (_, i) => row(i));
const all = (n: string, ...columns: string[]): AthenaRow => Object.fromEntries(columns.map((column) => [column, n]));

function profitRows(days: string[], months: string[]): AthenaRow[] {
  const amounts = Object.fromEntries(ledgerColumns.map((column, i) => [column, String(1000 + 37 * i)]));
  return [
    ...days.map((day) => ({ day, ...amounts })),
    ...months.flatMap((month) =>
      profitDimensions.flatMap((name) =>
        many(name === 'order' ? orders : values, (i) => ({ month, [dimensionColumns[name]]: `${name}-${i}`, ...amounts })),
      ),
    ),
  ];
}

const parcelRows = (days: string[]): AthenaRow[] =>
  days.flatMap((day) =>
    many(100, (i) => ({
      day,
      carrier: `carrier-${i % 4}`,
      region: `region-${i % 25}`,
      open_until: null,
      cost: '45000',
      ...all('90', 'parcels', 'costed', 'due', 'on_time'),
    })),
  );

const positionRows = (days: string[]): AthenaRow[] => [
  ...days.slice(-30).map((day) => ({
    state: 'open',
    waiting_since: day,
    is_delivered: '1',
    orders: '90',
    expected: '190000',
    ...all('0', 'short', 'over'),
  })),
  ...many(200, (i) => ({
    state: 'settled',
    order_id: `order-${i}`,
    paid_day: days.at(-60) ?? '',
    is_delivered: '1',
    orders: '1',
    expected: '2000',
    settled: '1900',
    short: '-100',
    short_orders: '1',
  })),
];

const stepRows = (days: string[]): AthenaRow[] =>
  days.flatMap((day) =>
    many(5 * 30, (i) => ({ day, step: String(i % 5), bucket: String(20 + Math.floor(i / 5)), orders: '17' })),
  );

const sentRows = (days: string[]): AthenaRow[] =>
  days.flatMap((day, at) =>
    many(5, (i) => ({
      day,
      affiliate: `affiliate-${(at * 5 + i) % values}`,
      product_id: 'p-1',
      quantity: '1',
      cost: '300',
      label_cost: '400',
    })),
  );
const soldRows = (days: string[]): AthenaRow[] =>
  days.flatMap((day, at) =>
    many(10, (i) => ({
      day,
      affiliate: `affiliate-${(at * 5 + i) % values}`,
      content_id: `video-${(at + i) % values}`,
      product_id: 'p-1',
      ...all('900', 'orders', 'net_sales', 'contribution', 'costed_sales', 'named_sales'),
    })),
  );

const buyerRows = (days: string[]): AthenaRow[] =>
  days.flatMap((day, at) =>
    many(50, (i) => ({
      day,
      buyer_key: `buyer-${(at * 50 + i * 17) % 15_000}`,
      channel: `channel-${i % 4}`,
      content_id: `video-${(at + i) % (2 * values)}`,
      product_id: `product-${i % values}`,
      ...all(String(1500 + i), 'net_sales', 'contribution', 'costed_sales', 'named_sales'),
    })),
  );
const shelfRows = (days: string[]): AthenaRow[] =>
  many(values, (i) => ({
    ...{ sku: `sku-${i}`, product_id: `product-${i}`, location: 'w', day: days.at(-1) ?? '', since: days[0] ?? '' },
    ...{ on_hand: '60', committed: '2', quantity: null, expected: null },
  }));
const unitRows = (days: string[]): AthenaRow[] =>
  many(values, (i) =>
    days.map((day, at) => ({
      ...{ sku: `sku-${i}`, product_id: `product-${i}`, day, uncosted: '0' },
      ...{ units: `${1 + ((at + i) % 7)}`, sales: `${1000 * (1 + ((at + i) % 7))}`, cost: `${300 * (1 + ((at + i) % 7))}` },
    })),
  ).flat();

export async function putInsightDocuments(table: Table, creatorId: string, until: number): Promise<void> {
  const last = new Date(until).toISOString().slice(0, 10);
  const span: Span = { first: addDays(last, -395), last };
  const days = daysOf(span.first, span.last);
  const months = [...new Set(days.map(monthOf))];
  const rows: [Job, AthenaRow[][]][] = [
    [profitJob, [[], profitRows(days, months)]],
    [samplesJob, [sentRows(days), soldRows(days)]],
    [payoutsJob, [[], positionRows(days)]],
    [shippingJob, [parcelRows(days)]],
    [fulfilmentJob, [stepRows(days)]],
    [customersJob, [buyerRows(days)]],
    [stockJob, [[], shelfRows(days), unitRows(days)]],
  ];
  const partition = partitionOf(creatorId, 1);
  for (const [job, some] of rows) {
    const documents = job.compute(some, span, { today: last, calendar: [] });
    for (const [key, document] of documents) await putDocument(table, partition, job.report, key, until, document);
    const head = { computedAt: until, seenUntil: until, version: insightVersion, documents: {} };
    await putHead(table, partition, job.report, head);
  }
}
