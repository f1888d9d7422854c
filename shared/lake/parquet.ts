/** How do rows become a Parquet file? Columns typed by the table, whatever the rows hold. */
import { type BasicType, ByteWriter, parquetWrite } from 'hyparquet-writer';
import type { Column, ColumnType } from './columns.ts';
import type { LakeRow } from './rows.ts';

/** What each type of column is called by the writer; all may be null. */
export const parquetTypes: { readonly [type in ColumnType]: BasicType } = {
  string: 'STRING',
  bigint: 'INT64',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};
export const writtenBy = 'creator-analytics';

/** Rows as the bytes of one Parquet file (snappy). The same rows give the same bytes. */
export function writeParquet(columns: readonly Column[], rows: LakeRow[]): Uint8Array {
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData: columns.map(({ name, type }) => ({
      name,
      type: parquetTypes[type],
      data: rows.map((row) => row[name] ?? null),
    })),
    createdBy: writtenBy,
  });
  return writer.getBytes();
}
