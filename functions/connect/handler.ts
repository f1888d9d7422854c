/** What does connect do? Sends sellers to the vendor's page of consent, takes them back, and says how sources fare. */
import { openStart } from '../../shared/jobs/start.ts';
import { openConnectors } from '../connectors.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => {
  const connectors = openConnectors(environment);
  return { ...connectors, table: connectors.collector.table, start: openStart(required(environment, 'POLL_FUNCTION')) };
});
