/** Folds the stream into the kpi table, exactly once. */
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { noteBatch } from '../../shared/store/stages.ts';
import { openTable } from '../../shared/store/table.ts';
import { streamHandler } from '../stream.ts';

const table = openTable(process.env.TABLE_NAME ?? '');

export const handler = streamHandler(async (records, setAside) => {
  const applied = await applyBatch(table, records, dictionary, setAside);
  await noteBatch(table, records, Date.now());
  return applied;
});
