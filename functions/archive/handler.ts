/** Lands the stream in the lake, as Parquet. */
import { archiveBatch } from '../../shared/lake/archive.ts';
import { openLake } from '../../shared/lake/store.ts';
import { streamHandler } from '../stream.ts';

const lake = openLake(process.env.LAKE_BUCKET ?? '');

export const handler = streamHandler((records, setAside, shardId) => archiveBatch(lake, records, shardId, setAside));
