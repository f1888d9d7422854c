/** How does a table become CSV? RFC 4180: header, CRLF, quotes where needed; UTF-8 without a mark; formulas made harmless. */
import { type Cell, columnsFor, type Exportable, type Placed, type Row } from './columns.ts';
import { escapeFormula } from './escape-formula.ts';
import { decimalOf } from './quantity.ts';
import { type Sink, textSink } from './sink.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function fieldOf(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? quoted(escapeFormula(cell)) : String(cell);
}

function fieldIn(row: Row, { column, place, unitOf }: Placed): string {
  const cell = row[place] ?? null;
  return column.type === 'quantity' && typeof cell === 'number' ? decimalOf(cell, unitOf(row)) : fieldOf(cell);
}

export async function writeCsv({ columns, rows }: Exportable, sink: Sink): Promise<void> {
  const text = textSink(sink);
  const placed = columnsFor(columns, 'people');
  await text.add(`${placed.map(({ column: { title, name } }) => fieldOf(title ?? name)).join()}\r\n`);
  for await (const row of rows) {
    let line = '';
    for (let i = 0; i < placed.length; i++) line += (i ? ',' : '') + fieldIn(row, placed[i] as Placed);
    const full = text.add(`${line}\r\n`);
    if (full) await full;
  }
  await text.end();
}
