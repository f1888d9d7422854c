/** Merges, every day, what waits of creators who send little. */
import { mergeWaiting } from '../../shared/store/merge-waiting.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';
import { metric } from '../metric.ts';

export const handler = serveJob(
  (variable) => openTable(variable('TABLE_NAME')),
  async (table) => {
    const run = await mergeWaiting(table, Date.now());
    if (run.failed) console.log(metric('NotMerged', run.failed));
    return { level: run.failed ? 'error' : 'info', ...run };
  },
);
