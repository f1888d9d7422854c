/** Stores the newest snapshots and the KPIs of a night in the lake; the event may name the night. */
import { openAthena } from '../../shared/lake/athena.ts';
import { openLake } from '../../shared/lake/store.ts';
import { storeDailySnapshot } from '../../shared/lake/store-daily-snapshot.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    table: openTable(variable('TABLE_NAME')),
    athena: openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP')),
    lake: openLake(variable('LAKE_BUCKET')),
  }),
  async (stores, { night }: { night?: string }) => ({ ...(await storeDailySnapshot(stores, { night })) }),
);
