/** What does import do? Reads the uploaded files of one import for its dry run, or sends what is in them; the same event may come again. */
import { type ImportEvent, runImport } from '../../shared/imports/run.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openCollector } from '../collector.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    collector: openCollector(variable),
    uploads: openLake(variable('RESULTS_BUCKET')),
    lake: openLake(variable('LAKE_BUCKET')),
    clock: Date.now,
  }),
  async (stores, event: ImportEvent) => ({ outcome: await runImport(stores, event) }),
);
