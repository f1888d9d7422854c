/** Folds the stream into the kpi table, exactly once. */
import { applyBatch } from '../../shared/store/apply.ts';
import { openTable } from '../../shared/store/table.ts';
import { streamHandler } from '../stream.ts';

const table = openTable(process.env.TABLE_NAME ?? '');

export const handler = streamHandler((records) => applyBatch(table, records));
