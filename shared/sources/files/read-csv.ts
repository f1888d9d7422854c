/** What are the rows of a .csv or .csv.gz file? Read as a stream; every row knows its line, and one that does not fit stops no other. */
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { type MisquotedLine, wellQuoted } from './csv-quotes.ts';
import { decodeText, type Encoding } from './decode-text.ts';

export interface Row {
  /** Where it stands, for messages: `orders.csv line 12`. */
  where: string;
  /** Cells by column; an empty cell is ''. */
  cells: { [column: string]: string };
  /** What is wrong with the row as a whole: it has a cell too many or too few, or a quotation mark that is none. */
  problem?: { column: string; message: string; cells: string[]; asItStands: string };
}

export interface CsvOptions {
  /** Columns that must be in the header. */
  columns: readonly string[];
  /** Columns that may be there. Both are found however they are spelt, and named as they stand here. */
  optional?: readonly string[];
  /** Told all columns of the header, as they stand in the file. */
  onHeader?: (columns: string[]) => void;
  /** Told the bytes of the file that were read so far. */
  onBytes?: (bytes: number) => void;
  /** What the file is written in; UTF-8, or UTF-16 where its first bytes say so. */
  encoding?: Encoding | undefined;
  /** Looks at the header first: a refusal that knows better than a list of missing columns. */
  recognise?: (columns: string[]) => string | undefined;
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

const delimiters = [',', ';', '\t', '|'] as const;

/** A first line that says what separates the cells, as some spreadsheets write it: `sep=;`. */
const separatorLine = /^"?sep=([,;\t|])"?/i;

/** What stands between the titles: whichever of the usual signs stands there most often, outside quotation marks. */
function delimiterOf(header: string): string {
  const said = separatorLine.exec(header)?.[1];
  if (said) return said;
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counted = delimiters.map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** Text of the file, unpacked and decoded. A failure of any part ends the text with that error. */
function textOf(path: string, { onBytes, encoding }: CsvOptions) {
  const bytes = createReadStream(path);
  let read = 0;
  bytes.on('data', (chunk) => {
    read += chunk.length;
    onBytes?.(read);
  });
  const text = decodeText(basename(path), encoding);
  if (path.endsWith('.gz')) pipeline(bytes, createGunzip(), text, () => {});
  else pipeline(bytes, text, () => {});
  return { bytes, text };
}

/** The first line, for what separates it. */
async function firstLine(path: string, options: CsvOptions): Promise<string> {
  const { bytes, text } = textOf(path, { ...options, onBytes: () => {} });
  let line = '';
  try {
    for await (const chunk of text) {
      line += String(chunk);
      const end = /[\r\n]/.exec(line.trimStart());
      if (end) return line.trimStart().slice(0, end.index);
    }
    return line;
  } finally {
    bytes.destroy();
  }
}

/** A title however it is spelt: without blanks around it, in small letters. */
export const titleOf = (title: string): string => title.trim().toLowerCase();

/** The titles under the names that are known for them. Throws where one stands twice or is missing. */
export function readHeader(
  header: string[],
  { columns, optional = [], onHeader, recognise }: CsvOptions,
  file: string,
): string[] {
  const known = [...columns, ...optional];
  const names = header.map((name) => known.find((column) => titleOf(column) === titleOf(name)) ?? name.trim());
  const twice = names.find((name, i) => name !== '' && names.findIndex((other) => titleOf(other) === titleOf(name)) < i);
  const refusal = recognise?.(names);
  if (refusal) throw new Error(`${file} line 1: ${refusal}`);
  if (twice !== undefined) {
    const places = names.flatMap((name, i) => (titleOf(name) === titleOf(twice) ? [i + 1] : []));
    throw new Error(
      `${file} line 1: the title ${twice} stands ${places.length} times (columns ${places.join(' and ')}); rename or remove all but one`,
    );
  }
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new Error(`${file} line 1: column ${missing.join(', ')} is missing; add it to the header (found: ${names.join(', ')})`);
  onHeader?.(names);
  return names;
}

const wordsOf: { [code: string]: string } = {
  CSV_MAX_RECORD_SIZE: 'a row has more than a million characters; shorten or remove it',
};

function explain(error: unknown, file: string): Error {
  const { message, code, lines } = error as Error & { code?: string; lines?: number };
  if (message.startsWith(file)) return error as Error;
  const words = code && wordsOf[code];
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR')
    return new Error(
      `${file}: this is not packed with gzip, or broken; pack it again, or let its name end in .csv where it is not packed`,
      {
        cause: error,
      },
    );
  return new Error(words ? `${file} line ${lines ?? '?'}: ${words}` : `${file}: ${message}`, { cause: error });
}

function rowOf(names: string[], record: string[], where: string, delimiter: string): Row {
  const cells = Object.fromEntries(names.map((name, i) => [name, record[i] ?? '']));
  if (record.length === names.length) return { where, cells };
  // Titles are data: what stands behind the last one may be an empty surplus that spreadsheets leave.
  const isPadded = record.length > names.length && record.slice(names.length).every((cell) => cell.trim() === '');
  if (isPadded) return { where, cells };
  const remedy =
    record.length > names.length
      ? 'a separator inside a cell, as in 1,234.00, needs quotation marks around it'
      : 'add what is missing, an empty cell keeps its separator';
  const message = `has ${record.length} cells, the header has ${names.length}; ${remedy}`;
  return { where, cells, problem: { column: '', message, cells: record, asItStands: record.join(delimiter) } };
}

function misquotedRow(names: string[], { line, text, cells, wrong, message }: MisquotedLine, file: string): Row {
  return {
    where: `${file} line ${line}`,
    cells: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
    problem: { column: names[wrong] ?? '', message, cells, asItStands: text },
  };
}

/** Rows in the order of the file; rows of separators alone are none. Throws where the file cannot be read as CSV or lacks a column. */
export async function* readCsv(path: string, options: CsvOptions): AsyncGenerator<Row> {
  const file = basename(path);
  try {
    const delimiter = delimiterOf(await firstLine(path, options));
    const parser = parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      trim: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: 1_000_000,
    });
    const { bytes, text } = textOf(path, options);
    const misquoted: MisquotedLine[] = [];
    // First lines of rows over several lines, by their last.
    const firstLines = new Map<number, number>();
    const listeners = {
      onMisquoted: (line: MisquotedLine) => misquoted.push(line),
      onLongRow: (first: number, last: number) => firstLines.set(last, first),
    };
    pipeline(
      text,
      (lines: AsyncIterable<string>) => wellQuoted(lines, delimiter, listeners),
      parser,
      () => {},
    );
    const refuseHeader = ({ line, message }: MisquotedLine) => {
      throw new Error(`${file} line ${line}, a title: ${message}`);
    };
    let names: string[] | undefined;
    try {
      for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
        for (; misquoted[0] && misquoted[0].line < info.lines; misquoted.shift())
          if (names) yield misquotedRow(names, misquoted[0], file);
          else refuseHeader(misquoted[0]);
        const line = firstLines.get(info.lines) ?? info.lines;
        firstLines.delete(info.lines);
        if (names) yield rowOf(names, record, `${file} line ${line}`, delimiter);
        else if (separatorLine.test(record.join(delimiter))) continue;
        else names = readHeader(record, options, file);
      }
    } finally {
      bytes.destroy();
    }
    for (const line of misquoted)
      if (names) yield misquotedRow(names, line, file);
      else refuseHeader(line);
    if (!names) throw new Error(`${file} is empty: its first line must name the columns`);
  } catch (error) {
    throw explain(error, file);
  }
}
