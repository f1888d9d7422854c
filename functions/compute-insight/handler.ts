/** Computes what reports need and totals cannot say: profit, for whoever has something new; the event may name one creator. */
import { computeProfit } from '../../shared/insight/profit/compute.ts';
import { openAthena } from '../../shared/lake/athena.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable) => ({
    table: openTable(variable('TABLE_NAME')),
    athena: openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP')),
  }),
  async (stores, { creatorId }: { creatorId?: string }, millisecondsLeft) => ({
    ...(await computeProfit(stores, { creatorId, millisecondsLeft })),
  }),
);
