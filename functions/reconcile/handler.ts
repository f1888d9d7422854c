/** Holds the kpi table against the lake, every night; the event may name the creators to look at. */
import { openAthena } from '../../shared/lake/athena.ts';
import { reconcile } from '../../shared/lake/nightly.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';
import { metric } from '../metric.ts';

export const handler = serveJob(
  (variable) => ({
    table: openTable(variable('TABLE_NAME')),
    athena: openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP')),
  }),
  async (stores, { creators }: { creators?: string[] }) => {
    const results = await reconcile(stores, { creators });
    const sum = (of: (one: (typeof results)[number]) => number): number => results.reduce((total, one) => total + of(one), 0);
    const differing = sum((one) => one.differing.length);
    console.log(metric('DifferingCells', differing));
    return { level: differing ? 'error' : 'info', creators: results.length, cells: sum(({ cells }) => cells), differing };
  },
);
