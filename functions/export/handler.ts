/** What does export do? Writes the file of one job; the event names it, and the same event may come again. */
import { type ExportEvent, runExport } from '../../shared/exports/run.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({ table: openTable(variable('TABLE_NAME')), results: openLake(variable('RESULTS_BUCKET')), clock: Date.now }),
  async (stores, event: ExportEvent) => ({ outcome: await runExport(stores, event) }),
);
