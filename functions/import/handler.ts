/** What does import do? Reads the uploaded files of one import for its dry run, or sends what is in them; the same event may come again. */
import { type ImportEvent, runImport } from '../../shared/imports/run.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openTable } from '../../shared/store/table.ts';
import { openStream } from '../../shared/stream/put.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    collector: {
      table: openTable(variable('TABLE_NAME')),
      stream: openStream(variable('STREAM_NAME')),
      epoch: Number(variable('STREAM_EPOCH')),
      latestMarks: new Map(),
    },
    uploads: openLake(variable('RESULTS_BUCKET')),
    lake: openLake(variable('LAKE_BUCKET')),
    clock: Date.now,
  }),
  async (stores, event: ImportEvent) => ({ outcome: await runImport(stores, event) }),
);
