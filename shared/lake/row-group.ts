/** What is in a file of the lake, column by column? Read exactly, and written so that reading it gives the same again. */
import { gunzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type FileMetaData, parquetMetadata, parquetRead, type SchemaElement } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ColumnType } from './columns.ts';
import { parquetTypes, writtenBy } from './parquet.ts';

/** A timestamp is its milliseconds as a bigint: a quarter of the memory of a Date. */
export type ColumnValue = string | bigint | number | boolean | null;

export interface RowGroup {
  rows: number;
  /** Bytes of memory that it takes, about. */
  bytesInMemory: number;
  types: Map<string, ColumnType>;
  cells: Map<string, ColumnValue[]>;
}

/** Rows of a row group: few enough that a question about one creator reads little, enough to compress well. */
const rowsAGroup = 20_000;
/** Merged files are kept for good and paid for by the byte read: half of snappy. Athena's engine 3 and DuckDB read it. */
const codec = 'ZSTD';
/** Numbers and instants as differences: sorted by creator and time they are small. */
const encodings: { readonly [type in ColumnType]?: ColumnSource['encoding'] } = {
  bigint: 'DELTA_BINARY_PACKED',
  timestamp: 'DELTA_BINARY_PACKED',
};
/** Files that were merged before are gzip. */
export const decompress = {
  [codec]: (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes),
  GZIP: (bytes: Uint8Array): Uint8Array => gunzipSync(bytes),
};
/** TikTok Shop's ids have 19 digits and begin alike: a shorter least and greatest value would tell nothing. */
const bytesOfStatistics = 64;

/** The type of a column. Throws where it is none that the lake writes. */
function typeOf({ name, type, converted_type: converted, num_children: children }: SchemaElement): ColumnType {
  const found = (Object.keys(parquetTypes) as ColumnType[]).find((known) => {
    const [expected] = schemaFromColumnData({ columnData: [{ name, type: parquetTypes[known], data: [] }] }).slice(1);
    return !children && expected?.type === type && expected?.converted_type === converted;
  });
  if (!found) throw new Error(`column ${name} is of no type of the lake`);
  return found;
}

/** About how much memory the rows of a file take: a place for each cell, and what is in them. */
export const sizeInMemory = ({ num_rows: rows, schema, row_groups: groups }: FileMetaData): number =>
  Number(rows) * (schema.length - 1) * 16 + groups.reduce((sum, { total_byte_size: bytes }) => sum + Number(bytes), 0);

const copyOf = (bytes: Uint8Array, start?: number, end?: number): ArrayBuffer => bytes.slice(start, end).buffer as ArrayBuffer;

async function readColumns(bytes: Uint8Array, metadata: FileMetaData, names: string[]): Promise<Map<string, ColumnValue[]>> {
  const rows = Number(metadata.num_rows);
  const cells = new Map(names.map((name) => [name, new Array<ColumnValue>(rows).fill(null)]));
  const read = new Map(names.map((name) => [name, 0]));
  await parquetRead({
    file: { byteLength: bytes.length, slice: (start, end) => copyOf(bytes, start, end) },
    metadata,
    compressors: decompress,
    columns: names,
    parsers: { timestampFromMilliseconds: (milliseconds) => milliseconds },
    onChunk: ({ columnName, columnData, rowStart }) => {
      const into = cells.get(columnName) ?? [];
      for (let i = 0; i < columnData.length; i++) into[rowStart + i] = columnData[i] ?? null;
      read.set(columnName, (read.get(columnName) ?? 0) + columnData.length);
    },
  });
  for (const [name, count] of read) if (count !== rows) throw new Error(`column ${name} has ${count} of ${rows} rows`);
  return cells;
}

const columnsOf = (metadata: FileMetaData): Map<string, ColumnType> =>
  new Map(metadata.schema.slice(1).map((element) => [element.name, typeOf(element)]));

/** Reads a whole file. Throws where it is damaged or none of ours. */
export async function readRowGroup(bytes: Uint8Array): Promise<RowGroup> {
  const metadata = parquetMetadata(bytes);
  const types = columnsOf(metadata);
  const cells = await readColumns(bytes, metadata, [...types.keys()]);
  return { rows: Number(metadata.num_rows), bytesInMemory: sizeInMemory(metadata), types, cells };
}

/** Bytes of a file with these rows; `metadata` is kept in its footer. */
export function writeRowGroup(
  { rows, types, cells }: Omit<RowGroup, 'bytesInMemory'>,
  metadata: { [key: string]: string },
): Uint8Array {
  const columnsFor = (start: number, end: number) =>
    [...types].map(([name, type]) => ({
      name,
      type: parquetTypes[type],
      data: cells.get(name)?.slice(start, end) ?? [],
      encoding: encodings[type],
    }));
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columnsFor(0, 0) }),
    codec,
    compressors: { [codec]: (bytes) => zstdCompressSync(bytes) },
    statisticsTruncateLength: bytesOfStatistics,
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: writtenBy,
  });
  for (let start = 0; start < rows; start += rowsAGroup)
    file.write({ columnData: columnsFor(start, start + rowsAGroup), rowGroupSize: rowsAGroup });
  file.finish();
  return writer.getBytes();
}

/** Throws unless reading the bytes gives exactly this rowGroup; a column at a time, to need little memory. */
export async function assertHolds(bytes: Uint8Array, { rows, types, cells }: Omit<RowGroup, 'bytesInMemory'>): Promise<void> {
  const metadata = parquetMetadata(bytes);
  const written = columnsOf(metadata);
  if (Number(metadata.num_rows) !== rows || written.size !== types.size) throw new Error('a file does not hold what was written');
  for (const [name, type] of types) {
    const read = (await readColumns(bytes, metadata, [name])).get(name);
    const isSame = written.get(name) === type && cells.get(name)?.every((cell, i) => Object.is(cell, read?.[i]));
    if (!isSame) throw new Error(`column ${name} of a file does not hold what was written`);
  }
}
