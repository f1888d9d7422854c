/** How does a batch reach the lake? One file for each table and arrival day, named so that nothing but itself ever overwrites it. */
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { isDataFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import type { Incoming } from '../fold/fold.ts';
import { eachLimit } from '../map-limit.ts';
import type { Applied, Quarantine } from '../store/apply.ts';
import type { Refused } from '../store/apply-writes.ts';
import type { LakeTable } from './columns.ts';
import { writeParquet } from './parquet.ts';
import { type LakeRow, rowsOf } from './rows.ts';
import type { Lake } from './store.ts';

const putsAtOnce = 4;

/** A row with the record that it is of. */
interface Placed {
  seq: string;
  row: LakeRow;
}

interface File {
  table: LakeTable;
  key: string;
  rows: LakeRow[];
  body: Uint8Array;
  /** What it was made of: a store may refuse it, and then it is looked for what the store refuses. */
  stem: string;
  placed: Placed[];
}

interface Outcome {
  files: File[];
  refused: Refused[];
}

/**
 * A file of a batch. Its name holds the ends of the batch and a fingerprint of its content: a retry of the same batch overwrites its own
 * file. A batch cut anew, or of the same ends but another content (another parallelization factor, other code), never overwrites one that was acknowledged,
 * however late its calls land; what files share is removed when they are read.
 */
function fileOf(stem: string, table: LakeTable, placed: Placed[]): File {
  const rows = placed.map(({ row }) => row);
  const body = writeParquet(table.columns, rows);
  const fingerprint = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { table, key: `${stem}-${fingerprint}.parquet`, rows, body, stem, placed };
}

/** Rows in two halves, between records; undefined where all are of one record. */
function halvesOf(placed: Placed[]): [Placed[], Placed[]] | undefined {
  const seqs = [...new Set(placed.map(({ seq }) => seq))];
  if (seqs.length < 2) return undefined;
  const first = new Set(seqs.slice(0, Math.ceil(seqs.length / 2)));
  return [placed.filter(({ seq }) => first.has(seq)), placed.filter(({ seq }) => !first.has(seq))];
}

/** Rows as a file; where they cannot be written, as several, and the records whose rows cannot be written at all. */
function written(stem: string, table: LakeTable, placed: Placed[]): Outcome {
  try {
    return { files: [fileOf(stem, table, placed)], refused: [] };
  } catch (error) {
    const halves = halvesOf(placed);
    if (!halves) return { files: [], refused: [{ seq: placed[0]?.seq ?? '', reason: `${table.name}: ${messageOf(error)}` }] };
    return joined(halves.map((half) => written(stem, table, half)));
  }
}

const joined = (outcomes: Outcome[]): Outcome => ({
  files: outcomes.flatMap(({ files }) => files),
  refused: outcomes.flatMap(({ refused }) => refused),
});

/** The files of a batch, and the records that no row can be made of or none written: of those there is no row in any file. */
export function filesOf(records: Incoming[], shardId: string): Outcome {
  const stems = new Map<string, { table: LakeTable; placed: Placed[] }>();
  const refused: Refused[] = [];
  const [first, last] = [records[0], records.at(-1)].map((record) => record?.seq.split(':').at(-1));
  for (const incoming of records) {
    const { seq } = incoming;
    try {
      const dt = new Date(incoming.record.stamp.receivedAt).toISOString().slice(0, 10);
      for (const { table, row } of rowsOf(incoming)) {
        const stem = `${table.prefix}/dt=${dt}/${shardId}-${first}-${last}`;
        const file = stems.get(stem) ?? { table, placed: [] };
        stems.set(stem, file);
        file.placed.push({ seq, row });
      }
    } catch (error) {
      refused.push({ seq, reason: messageOf(error) });
    }
  }
  const outcome = joined([...stems].map(([stem, { table, placed }]) => written(stem, table, placed)));
  if (!outcome.refused.length) return { files: outcome.files, refused };
  const rest = filesOf(without(records, [...refused, ...outcome.refused]), shardId);
  return { files: rest.files, refused: [...refused, ...outcome.refused, ...rest.refused] };
}

function without(records: Incoming[], refused: Refused[]): Incoming[] {
  const seqs = new Set(refused.map(({ seq }) => seq));
  return records.filter(({ seq }) => !seqs.has(seq));
}

/** Puts a file; where the store refuses it for what it holds, its halves, down to the records that it refuses. */
async function putFile(lake: Lake, { table, key, body, stem, placed }: File): Promise<Refused[]> {
  try {
    await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: body }));
    return [];
  } catch (error) {
    if (!isDataFault(error)) throw error;
    const halves = halvesOf(placed);
    if (!halves) return [{ seq: placed[0]?.seq ?? '', reason: `${table.name}: ${messageOf(error)}` }];
    const refused: Refused[] = [];
    for (const half of halves) refused.push(...(await putFile(lake, fileOf(stem, table, half))));
    return refused;
  }
}

/** Puts files a few at a time; answers the records that the store refuses. Throws when a call fails. */
async function putAll(lake: Lake, files: File[]): Promise<Refused[]> {
  const refused: Refused[] = [];
  const failed = await eachLimit(files, putsAtOnce, async (file) => {
    refused.push(...(await putFile(lake, file)));
  });
  if (failed[0]) throw failed[0].error;
  return refused;
}

/**
 * Archives a batch of one shard: lists first, so that no reader finds an entity without them. Throws when a call fails. `quarantineRefused` gets
 * the records that cannot be laid out, and those that the store refuses; their list rows that are already written are found by no reader.
 */
export async function archiveBatch(
  lake: Lake,
  records: Incoming[],
  shardId: string,
  quarantineRefused: Quarantine,
): Promise<Applied> {
  const laidOut = filesOf(records, shardId);
  const refused = [...laidOut.refused];
  if (refused.length) await quarantineRefused(refused);
  let { files } = laidOut;
  const unlisted = await putAll(
    lake,
    files.filter(({ table }) => table.list),
  );
  if (unlisted.length) {
    await quarantineRefused(unlisted);
    refused.push(...unlisted);
    files = filesOf(without(records, refused), shardId).files;
  }
  const unwritten = await putAll(
    lake,
    files.filter(({ table }) => !table.list),
  );
  if (unwritten.length) await quarantineRefused(unwritten);
  refused.push(...unwritten);
  const unique = [...new Map(refused.map((one) => [one.seq, one])).values()];
  return { retryFrom: undefined, errors: [], refused: unique, entities: records.length - unique.length };
}
