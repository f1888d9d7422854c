/** What does quarantine do? Shows operators what could not be counted, and replays or discards it. */
import { openLake } from '../../shared/lake/store.ts';
import { openTable } from '../../shared/store/table.ts';
import { openStream } from '../../shared/stream/put.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => {
  const table = openTable(required(environment, 'TABLE_NAME'));
  const stream = openStream(required(environment, 'STREAM_NAME'));
  return {
    table,
    collector: { table, stream, epoch: Number(required(environment, 'STREAM_EPOCH')), latestMarks: new Map() },
    bucket: openLake(required(environment, 'QUARANTINE_BUCKET')),
  };
});
