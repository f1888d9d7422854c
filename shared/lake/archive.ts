/** How does a batch reach the lake? One file for each table and arrival day, named so that nothing but itself ever overwrites it. */
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Incoming } from '../fold/fold.ts';
import type { Applied, Refused, SetAside } from '../store/apply.ts';
import { together } from '../store/together.ts';
import type { LakeTable } from './columns.ts';
import { writeParquet } from './parquet.ts';
import { type LakeRow, rowsOf } from './rows.ts';
import type { Lake } from './store.ts';

const putsAtOnce = 4;

interface File {
  table: LakeTable;
  key: string;
  rows: LakeRow[];
  body: Uint8Array;
}

/**
 * A file of a batch. Its name holds the ends of the batch and a fingerprint of its content: a retry of the same batch overwrites its own
 * file. A batch cut anew, or of the same ends but another content (other lanes, other code), never overwrites one that was acknowledged,
 * however late its calls land; what files share is removed when they are read.
 */
function fileOf(stem: string, { table, rows }: Pick<File, 'table' | 'rows'>): File {
  const body = writeParquet(table.columns, rows);
  const fingerprint = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { table, key: `${stem}-${fingerprint}.parquet`, rows, body };
}

/** The files of a batch, and the records that no row can be made of. */
export function filesOf(records: Incoming[], shardId: string): { files: File[]; refused: Refused[] } {
  const stems = new Map<string, Pick<File, 'table' | 'rows'>>();
  const refused: Refused[] = [];
  const [first, last] = [records[0], records.at(-1)].map((record) => record?.seq.split(':').at(-1));
  for (const incoming of records) {
    try {
      const dt = new Date(incoming.record.stamp.receivedAt).toISOString().slice(0, 10);
      for (const { table, row } of rowsOf(incoming)) {
        const stem = `${table.prefix}/dt=${dt}/${shardId}-${first}-${last}`;
        const file = stems.get(stem) ?? { table, rows: [] };
        stems.set(stem, file);
        file.rows.push(row);
      }
    } catch (error) {
      refused.push({ seq: incoming.seq, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { files: [...stems].map(([stem, file]) => fileOf(stem, file)), refused };
}

async function putAll(lake: Lake, files: File[]): Promise<void> {
  const failed = await together(files, putsAtOnce, async ({ key, body }) => {
    await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: body }));
  });
  if (failed[0]) throw failed[0].error;
}

/** Archives a batch of one shard: lists first, so that no reader finds an entity without them. Throws when a call fails. */
export async function archiveBatch(lake: Lake, records: Incoming[], shardId: string, setAside: SetAside): Promise<Applied> {
  const { files, refused } = filesOf(records, shardId);
  if (refused.length) await setAside(refused);
  await putAll(
    lake,
    files.filter(({ table }) => table.list),
  );
  await putAll(
    lake,
    files.filter(({ table }) => !table.list),
  );
  return { again: undefined, errors: [], refused, entities: records.length - refused.length };
}
