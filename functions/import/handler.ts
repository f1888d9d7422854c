/** What does import do? Reads the uploaded files of one import for its dry run, or sends what is in them; the same event may come again. */
import { type ImportEvent, runImport } from '../../shared/imports/run.ts';
import { openAthena } from '../../shared/lake/athena.ts';
import { openPast } from '../../shared/lake/before.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openTable } from '../../shared/store/table.ts';
import { openCollector } from '../collector.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    collector: openCollector(variable),
    uploads: openLake(variable('RESULTS_BUCKET')),
    past: openPast(openTable(variable('TABLE_NAME')), openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP'))),
    lake: openLake(variable('LAKE_BUCKET')),
    clock: Date.now,
  }),
  async (stores, event: ImportEvent) => ({ outcome: await runImport(stores, event) }),
);
