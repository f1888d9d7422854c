/** What does collect-events do? Takes events in: checks, stamps, puts them on the stream. */
import { openCollector } from '../collector.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => openCollector((name) => required(environment, name)));
