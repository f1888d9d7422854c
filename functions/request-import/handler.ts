/** What does request-import do? Takes announcements of files, says what was found in them and how far they are; it reads none itself. */
import { openStart } from '../../shared/jobs/start.ts';
import { openLinks, openUploads } from '../../shared/lake/signed-link.ts';
import { openTable } from '../../shared/store/table.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => ({
  table: openTable(required(environment, 'TABLE_NAME')),
  start: openStart(required(environment, 'IMPORT_FUNCTION')),
  sign: openUploads(required(environment, 'RESULTS_BUCKET')),
  link: openLinks(required(environment, 'RESULTS_BUCKET')),
}));
