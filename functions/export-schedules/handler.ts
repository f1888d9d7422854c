/** What does export-schedules do? Every hour it starts the exports that have become due. */
import { startDue } from '../../shared/exports/schedules.ts';
import { openStart } from '../../shared/jobs/start.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({ table: openTable(variable('TABLE_NAME')), start: openStart(variable('EXPORT_FUNCTION')) }),
  async (stores) => ({ started: await startDue(stores, Date.now()) }),
);
