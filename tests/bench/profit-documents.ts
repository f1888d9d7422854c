/** What would the job have stored of a large shop? Thirteen months of 200 products, as it stores them. */

import { insightVersion } from '../../shared/insight/job.ts';
import { openProfit, profitReport } from '../../shared/insight/profit/document.ts';
import { ledgerColumns } from '../../shared/insight/profit/ledger-sql.ts';
import { putDocument, putHead } from '../../shared/store/report-documents.ts';
import { partitionOf, type Table } from '../../shared/store/table.ts';
import { addDays, daysOf, monthOf } from '../../shared/time.ts';

const products = 200;

export async function putProfitDocuments(table: Table, creatorId: string, until: number): Promise<void> {
  const today = new Date(until).toISOString().slice(0, 10);
  const first = addDays(today, -395);
  const profit = openProfit(first, today);
  const amounts = Object.fromEntries(ledgerColumns.map((column, i) => [column, String(1000 + 37 * i)]));
  for (const day of daysOf(first, today)) profit.addOrders({ creator_id: creatorId, day, ...amounts });
  for (const month of new Set(daysOf(first, today).map(monthOf)))
    for (let i = 0; i < products; i++) profit.addOrders({ creator_id: creatorId, month, product_id: `p-${i}`, ...amounts });
  const partition = partitionOf(creatorId, 1);
  const at = { computedAt: until, seenUntil: until };
  const documents: { [month: string]: string } = {};
  for (const document of profit.documents()) {
    documents[document.month] = '';
    await putDocument(table, partition, profitReport, document.month, until, document);
  }
  await putHead(table, partition, profitReport, { ...at, version: insightVersion, documents });
}
