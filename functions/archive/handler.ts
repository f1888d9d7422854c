/** Lands the stream in the lake, as Parquet. */
import { archiveBatch } from '../../shared/lake/archive.ts';
import { openLake } from '../../shared/lake/store.ts';
import { markRead } from '../../shared/store/settled.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveStream } from '../stream.ts';

export const handler = serveStream((variable) => {
  const lake = openLake(variable('LAKE_BUCKET'));
  const table = openTable(variable('TABLE_NAME'));
  return {
    apply: (records, quarantineRefused, shardId) => archiveBatch(lake, records, shardId, quarantineRefused),
    settle: ({ shardId, places }) => markRead(table, 'archive', shardId, places),
  };
});
