/** Folds the stream into the kpi table, exactly once. */
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { openTable } from '../../shared/store/table.ts';
import { streamHandler } from '../stream.ts';

const table = openTable(process.env.TABLE_NAME ?? '');

export const handler = streamHandler((records, setAside) => applyBatch(table, records, dictionary, setAside));
