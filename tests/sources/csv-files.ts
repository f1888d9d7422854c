/** How does a test import a file that it writes itself? Events, what was wrong, and the numbers that they make. */

import type { CloudEvent } from '../../shared/events/parse.ts';
import { fold } from '../../shared/fold/fold.ts';
import { type CsvImport, csvEvents } from '../../shared/sources/csv/events.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { cellsOf, valuesOf } from '../make/cells.ts';
import { aStream, inZone } from '../make/stream.ts';
import { all, folderOf } from '../samples/events-of.ts';

export type Files = { [name: string]: string };
export const creatorRow = (currency = 'USD', zone = 'UTC') => `creator_id,name,time_zone,currency\nf,Shop,${zone},${currency}\n`;
export const header = 'creator_id,order_id,placed_at,paid_at,product_id,quantity,unit_price';
export const orderRow = (id: string, price: string, at = '2026-10-06T07:00:00Z') => `f,${id},${at},${at},p-1,1,${price}`;

export async function importOf(files: Files, options: Partial<CsvImport> = {}) {
  const report = newReport();
  const events = await all(csvEvents(folderOf(files), { report, ...options }));
  return { events, wrong: [...report.wrong.values()].flatMap(({ examples }) => examples), notes: [...report.notes.keys()] };
}
export const orders = (...rows: string[]): Files => ({
  'creators.csv': creatorRow(),
  'orders.csv': [header, ...rows].join('\n'),
});
export const kpi = (events: CloudEvent[], name: string, slice = 'total', currency = 'USD') =>
  valuesOf(
    cellsOf(
      fold(
        aStream(
          events.filter(({ subject }) => !subject.startsWith('creator/')),
          { currency, zones: inZone('UTC'), receivedAt: '2026-12-01T00:00:00.000Z' },
        ),
        new Map(),
      ).changes,
    ),
    name,
    slice,
  );
export const total = (values: Record<string, number | number[]>) =>
  Object.values(values).reduce<number>((sum, each) => sum + Number(each), 0);
