/** Holds the kpi table against the lake, every night; the event may name the creators to look at. */
import { openAthena } from '../../shared/lake/athena.ts';
import type { Reconciliation } from '../../shared/lake/reconcile.ts';
import { reconcile } from '../../shared/lake/reconcile-all.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveJob } from '../job.ts';
import { metric } from '../metric.ts';

export const handler = serveJob(
  (variable) => ({
    table: openTable(variable('TABLE_NAME')),
    athena: openAthena(variable('ATHENA_DATABASE'), variable('ATHENA_WORK_GROUP')),
  }),
  async (stores, { creators }: { creators?: string[] }) => {
    // Creator by creator: a run that dies half way has told of those before.
    const onCreator = ({ differing }: Reconciliation): void => {
      if (differing.length) console.log(metric('DifferingCells', differing.length));
    };
    const results = await reconcile(stores, { creators, onCreator });
    const sum = (of: (one: (typeof results)[number]) => number): number => results.reduce((total, one) => total + of(one), 0);
    const differing = sum((one) => one.differing.length);
    return { level: differing ? 'error' : 'info', creators: results.length, cells: sum(({ cells }) => cells), differing };
  },
);
