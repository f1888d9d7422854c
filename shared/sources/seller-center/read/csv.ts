/** What are the rows of a CSV file of Seller Center? With byte order mark, trailing tabs and line ends of either kind, and with what a spreadsheet puts between cells. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeText, type Encoding } from '../../files/decode-text.ts';
import type { RawRow } from './cell.ts';
import { cutRows } from './csv-rows.ts';

const delimiters = [',', ';', '\t'] as const;

/** What stands most often in the first lines, outside quotation marks; a tab behind an id is no separator as long as commas are more. */
function delimiterOf(start: string): string {
  const bare = start.replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

const bytesAtOnce = 1 << 17;
const longestRow = 1_000_000;

function textOf(path: string, encoding: Encoding | undefined) {
  const bytes = createReadStream(path, { highWaterMark: bytesAtOnce });
  const text = decodeText(basename(path), encoding);
  pipeline(bytes, text, () => {});
  return { bytes, text: text as AsyncIterable<string | Buffer> };
}

async function startOf(path: string, encoding: Encoding | undefined): Promise<string> {
  const { bytes, text } = textOf(path, encoding);
  try {
    for await (const chunk of text) return String(chunk).slice(0, 4000);
    return '';
  } finally {
    bytes.destroy();
  }
}

async function* withStart(start: string, rest: AsyncIterator<string | Buffer>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield String(next.value);
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
    yield [{ sheet: '', line: info.lines, cells: record }];
}

/** Rows in order, many at a time. Throws with file, line and remedy where it is not text, or a quotation mark is never closed. */
export async function* readCsvRows(path: string, encoding: Encoding | undefined): AsyncGenerator<RawRow[]> {
  const file = basename(path);
  const delimiter = delimiterOf(await startOf(path, encoding));
  const { bytes, text } = textOf(path, encoding);
  const chunks = text[Symbol.asyncIterator]();
  try {
    let rest = '';
    let lines = 0;
    for (let isEnd = false; !isEnd; ) {
      const next = await chunks.next();
      isEnd = next.done === true;
      rest += isEnd ? '' : String(next.value);
      const cut = cutRows(rest, delimiter, lines, isEnd);
      if (cut.rows.length > 0) yield cut.rows;
      [rest, lines] = [rest.slice(cut.end), cut.lines];
      if (!cut.isOdd && rest.length <= longestRow && !(isEnd && rest !== '')) continue;
      // Empty lines in place of those that were read keep the numbers of the others.
      yield* lenientRows(withStart('\n'.repeat(lines) + rest, chunks), delimiter);
      return;
    }
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith(file)) throw error;
    throw new Error(`${file}: ${message}; download it again, and do not open it in a spreadsheet first`, { cause: error });
  } finally {
    bytes.destroy();
  }
}
