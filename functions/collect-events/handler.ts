/** What does collect-events do? Takes events in: checks, stamps, puts them on the stream. */
import { openTable } from '../../shared/store/table.ts';
import { openStream } from '../../shared/stream/put.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => ({
  table: openTable(required(environment, 'TABLE_NAME')),
  stream: openStream(required(environment, 'STREAM_NAME')),
  epoch: Number(required(environment, 'STREAM_EPOCH')),
  latestMarks: new Map(),
}));
