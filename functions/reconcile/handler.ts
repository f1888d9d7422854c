/** Holds the kpi table against the lake, every night. */
import { openAthena } from '../../shared/lake/athena.ts';
import { reconcile } from '../../shared/lake/nightly.ts';
import { openTable } from '../../shared/store/table.ts';
import { metric } from '../metric.ts';

const table = openTable(process.env.TABLE_NAME ?? '');
const athena = openAthena(process.env.ATHENA_DATABASE ?? '', process.env.ATHENA_WORK_GROUP ?? '');

/** `creators` names those to look at; without it those of whom something arrived since the last run. */
export async function handler({ creators }: { creators?: string[] } = {}) {
  const results = await reconcile({ table, athena }, { creators });
  const differing = results.reduce((sum, { differing: cells }) => sum + cells.length, 0);
  console.log(metric('DifferingCells', differing));
  console.log(JSON.stringify({ level: differing ? 'error' : 'info', creators: results.length, differing }));
  return { creators: results.length, cells: results.reduce((sum, { cells }) => sum + cells, 0), differing };
}
