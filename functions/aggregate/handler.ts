/** Folds the stream into the kpi table, exactly once. */
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { markQuarantined, markRead } from '../../shared/store/settled.ts';
import { openTable } from '../../shared/store/table.ts';
import { serveStream } from '../stream.ts';

export const handler = serveStream((variable) => {
  const table = openTable(variable('TABLE_NAME'));
  return {
    apply: (records, quarantineRefused) => applyBatch(table, records, dictionary, quarantineRefused),
    settle: async ({ shardId, places, unreadable }) => {
      await markQuarantined(table, unreadable);
      await markRead(table, 'stream', shardId, places);
    },
  };
});
