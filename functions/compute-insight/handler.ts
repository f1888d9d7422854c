/** Computes what reports need and totals cannot say, for whoever has something new; the event may name one creator. */
import { computeInsight } from '../../shared/insight/run.ts';
import { openAthena } from '../../shared/lake/athena.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    table: openTable(variable('TABLE_NAME')),
    athena: openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP')),
  }),
  async (stores, { creatorId }: { creatorId?: string }, millisecondsLeft) => ({
    ...(await computeInsight(stores, { creatorId, millisecondsLeft })),
  }),
);
