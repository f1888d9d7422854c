/** What does request-export do? Takes requests for files, says how far they are, keeps the schedules; it writes no file itself. */
import { openStart } from '../../shared/jobs/start.ts';
import { openLinks } from '../../shared/lake/signed-link.ts';
import { openTable } from '../../shared/store/table.ts';
import { required, serve } from '../http.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => ({
  table: openTable(required(environment, 'TABLE_NAME')),
  start: openStart(required(environment, 'EXPORT_FUNCTION')),
  sign: openLinks(required(environment, 'RESULTS_BUCKET')),
  sendsMail: Boolean(environment.MAIL_FROM),
}));
