/** What are the rows of a CSV file of Seller Center? With byte order mark, trailing tabs and line ends of either kind, and with what a spreadsheet puts between cells. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { decodeText, type Encoding } from '../../files/decode-text.ts';
import type { RawRow } from './cell.ts';

const delimiters = [',', ';', '\t'] as const;

/** What stands most often in the first lines, outside quotation marks; a tab behind an id is no separator as long as commas are more. */
function delimiterOf(start: string): string {
  const bare = start.replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

function textOf(path: string, encoding: Encoding | undefined) {
  const bytes = createReadStream(path);
  const text = decodeText(basename(path), encoding);
  pipeline(bytes, text, () => {});
  return { bytes, text };
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

/** Rows in order. Throws with file, line and remedy where it is not text, or a quotation mark is never closed. */
export async function* readCsvRows(path: string, encoding: Encoding | undefined): AsyncGenerator<RawRow> {
  const file = basename(path);
  const parser = parse({
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    delimiter: delimiterOf(await startOf(path, encoding)),
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 1_000_000,
  });
  const { bytes, text } = textOf(path, encoding);
  pipeline(text, parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { sheet: '', line: info.lines, cells: record };
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith(file)) throw error;
    throw new Error(`${file}: ${message}; download it again, and do not open it in a spreadsheet first`, { cause: error });
  } finally {
    bytes.destroy();
  }
}
