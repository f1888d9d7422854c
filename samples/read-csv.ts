/** What are the rows of a .csv or .csv.gz file? Read as a stream; every row knows its line. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export interface Row {
  /** Where it stands, for messages: `orders.csv line 12`. */
  where: string;
  /** Cells by column; an empty cell is ''. */
  cells: { [column: string]: string };
}

export interface CsvOptions {
  /** Columns that must be in the header. */
  columns: readonly string[];
  /** Told all columns of the header. */
  onHeader?: (columns: string[]) => void;
  /** Told the bytes of the file that were read so far. */
  onBytes?: (bytes: number) => void;
}

/** The file of a folder under one of its names, plain or gzipped; undefined where there is none. */
export function findCsv(folder: string, names: readonly string[]): string | undefined {
  return names.flatMap((name) => [join(folder, `${name}.csv`), join(folder, `${name}.csv.gz`)]).find((path) => existsSync(path));
}

/** The file of a folder, or an error that names what was looked for. */
export function requireCsv(folder: string, names: readonly string[]): string {
  const path = findCsv(folder, names);
  if (!path)
    throw new Error(
      `${folder} holds no ${names.map((name) => `${name}.csv`).join(' or ')} (.gz may follow): give the folder of the unpacked data set`,
    );
  return path;
}

export const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

function checkHeader(header: string[], { columns, onHeader }: CsvOptions, file: string): string[] {
  const names = header.map((name) => name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new Error(`${file} line 1: column ${missing.join(', ')} is missing; add it to the header (found: ${names.join(', ')})`);
  onHeader?.(names);
  return names;
}

/** Rows in the order of the file. Throws where the file cannot be read as CSV or lacks a column. */
export async function* readCsv(path: string, options: CsvOptions): AsyncGenerator<Row> {
  const file = basename(path);
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    columns: (header: string[]) => checkHeader(header, options, file),
  });
  const bytes = createReadStream(path);
  let read = 0;
  bytes.on('data', (chunk) => {
    read += chunk.length;
    options.onBytes?.(read);
  });
  // A failure of any part ends the parser with that error, and so the loop below.
  if (path.endsWith('.gz')) pipeline(bytes, createGunzip(), parser, () => {});
  else pipeline(bytes, parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row['cells']; info: { lines: number } }>)
      yield { where: `${file} line ${info.lines}`, cells: record };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(text.startsWith(file) ? text : `${file}: ${text}`, { cause: error });
  } finally {
    bytes.destroy();
  }
}
