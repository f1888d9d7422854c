/** What does report do? Answers every question about the numbers; it can change nothing but the counters of its callers. */
import { openTable } from '../../shared/store/table.ts';
import { cursorKeyOf } from '../http/cursor-key.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => {
  const tableName = required(environment, 'TABLE_NAME');
  return {
    table: openTable(tableName),
    version: environment.API_VERSION ?? 'unknown',
    cursorKey: cursorKeyOf(environment, tableName),
  };
});
