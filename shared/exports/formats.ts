/** How is each format written? */
import type { Exportable } from './columns.ts';
import { writeCsv } from './csv.ts';
import type { FormatName } from './format-names.ts';
import { writeJson } from './json.ts';
import { writeParquet } from './parquet.ts';
import type { Sink } from './sink.ts';
import { writeXlsx } from './xlsx.ts';

export interface Format {
  /** Media type of the file; its ending is the format's name. */
  type: string;
  /** Writes the whole table; resolves when the last byte was taken. */
  write(table: Exportable, sink: Sink): Promise<void>;
}

export const formats: { readonly [name in FormatName]: Format } = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: writeCsv },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: (table, sink) => writeXlsx(table, sink),
  },
  parquet: { type: 'application/vnd.apache.parquet', write: writeParquet },
  json: { type: 'application/json', write: writeJson },
};
