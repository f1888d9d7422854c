/** What does report do? Answers every question about the numbers; it can change nothing. */
import { openTable } from '../../shared/store/table.ts';
import { required, serve } from '../http.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => {
  const tableName = required(environment, 'TABLE_NAME');
  return {
    table: openTable(tableName),
    version: environment.API_VERSION ?? 'unknown',
    // A cursor tells no secret and opens nothing that its bearer may not read anyway: without a key of its own, a deployment is
    // told apart by its table's name.
    cursorKey: environment.CURSOR_KEY ?? `cursor of ${tableName}`,
  };
});
