/** What does request-export do? Takes requests for files, says how far they are, keeps the schedules; it writes no file itself. */
import { openStart } from '../../shared/jobs/start.ts';
import { openLinks } from '../../shared/lake/signed-link.ts';
import { openTable } from '../../shared/store/table.ts';
import { cursorKeyOf } from '../http/cursor-key.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => {
  const tableName = required(environment, 'TABLE_NAME');
  return {
    table: openTable(tableName),
    start: openStart(required(environment, 'EXPORT_FUNCTION')),
    sign: openLinks(required(environment, 'RESULTS_BUCKET')),
    sendsMail: Boolean(environment.MAIL_FROM),
    cursorKey: cursorKeyOf(environment, tableName),
  };
});
