/** What are the rows of a CSV file of Seller Center? With byte order mark, trailing tabs and line ends of either kind, and with what a spreadsheet puts between cells. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type Encoding, TextPieces } from '../../files/decode-text.ts';
import { PlainRow, type RawRow } from './cell.ts';
import { cutRows } from './csv-rows.ts';

const delimiters = [',', ';', '\t'] as const;

/** What stands most often in the first lines, outside quotation marks; a tab behind an id is no separator as long as commas are more. */
function delimiterOf(start: string): string {
  const bare = start.replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

/** Bytes that are read at once, and those of them that are text at once: a small text is cleared away cheaply. */
const bytesAtOnce = 1 << 20;
const bytesOfPiece = 1 << 16;
const longestRow = 1_000_000;

/** The text of a file, piece by piece: from one buffer, which is filled again and again. */
async function* textOf(path: string, encoding: Encoding | undefined): AsyncGenerator<string> {
  const pieces = new TextPieces(basename(path), encoding);
  const bytes = Buffer.alloc(bytesAtOnce);
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length);
      if (bytesRead === 0) break;
      for (let at = 0; at < bytesRead; at += bytesOfPiece)
        yield pieces.take(bytes.subarray(at, Math.min(at + bytesOfPiece, bytesRead)));
    }
    yield pieces.end();
  } finally {
    await file.close();
  }
}

async function startOf(path: string, encoding: Encoding | undefined): Promise<string> {
  for await (const piece of textOf(path, encoding)) return piece.slice(0, 4000);
  return '';
}

async function* withStart(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

/** Rows from one on that is quoted as no CSV is: read as leniently as can be, and slowly. */
async function* lenientRows(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<RawRow[]> {
  const parser = parse({
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: longestRow,
  });
  pipeline(Readable.from(text), parser, () => {});
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield [new PlainRow('', info.lines, record)];
}

/** Rows in order, many at a time. Throws with file, line and remedy where it is not text, or a quotation mark is never closed. */
export async function* readCsvRows(path: string, encoding: Encoding | undefined): AsyncGenerator<RawRow[]> {
  const file = basename(path);
  const delimiter = delimiterOf(await startOf(path, encoding));
  const pieces = textOf(path, encoding);
  try {
    let rest = '';
    let lines = 0;
    for (let isEnd = false; !isEnd; ) {
      const next = await pieces.next();
      isEnd = next.done === true;
      rest += next.value ?? '';
      const cut = cutRows(rest, delimiter, lines, isEnd);
      if (cut.rows.length > 0) yield cut.rows;
      [rest, lines] = [rest.slice(cut.end), cut.lines];
      if (!cut.isOdd && rest.length <= longestRow && !(isEnd && rest !== '')) continue;
      // Empty lines in place of those that were read keep the numbers of the others.
      yield* lenientRows(withStart('\n'.repeat(lines) + rest, pieces), delimiter);
      return;
    }
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith(file)) throw error;
    throw new Error(`${file}: ${message}; download it again, and do not open it in a spreadsheet first`, { cause: error });
  } finally {
    await pieces.return(undefined);
  }
}
