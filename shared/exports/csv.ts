/** How does a table become CSV? RFC 4180: header, CRLF, quotes where needed; UTF-8 without a mark; formulas made harmless. */
import type { Cell, Exportable } from './columns.ts';
import { harmless } from './harmless.ts';
import { type Sink, textSink } from './sink.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function fieldOf(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? quoted(harmless(cell)) : String(cell);
}

export async function writeCsv({ columns, rows }: Exportable, sink: Sink): Promise<void> {
  const text = textSink(sink);
  await text.add(`${columns.map(({ name }) => fieldOf(name)).join()}\r\n`);
  for await (const row of rows) {
    let line = '';
    for (let i = 0; i < row.length; i++) line += (i ? ',' : '') + fieldOf(row[i] as Cell);
    const full = text.add(`${line}\r\n`);
    if (full) await full;
  }
  await text.end();
}
