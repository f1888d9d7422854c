/** How does a table become JSON? One array of objects, a row a line; text as it is, amounts with all their digits. */
import { type Cell, columnsFor, type Exportable, type Placed, type Row } from './columns.ts';
import { decimalOf } from './quantity.ts';
import { type Sink, textSink } from './sink.ts';

const jsonOf = (cell: Cell): string => (typeof cell === 'string' ? JSON.stringify(cell) : String(cell));

function valueIn(row: Row, { column, place, unitOf }: Placed): string {
  const cell = row[place] ?? null;
  return column.type === 'quantity' && typeof cell === 'number' ? decimalOf(cell, unitOf(row)) : jsonOf(cell);
}

export async function writeJson({ columns, rows }: Exportable, sink: Sink): Promise<void> {
  const text = textSink(sink);
  const placed = columnsFor(columns, 'programs');
  const keys = placed.map(({ column: { name } }, i) => `${i ? ',' : '{'}${JSON.stringify(name)}:`);
  let before = '[\n';
  for await (const row of rows) {
    let line = before;
    for (let i = 0; i < placed.length; i++) line += keys[i] + valueIn(row, placed[i] as Placed);
    before = ',\n';
    const full = text.add(`${line}}`);
    if (full) await full;
  }
  await text.add(before === '[\n' ? '[]\n' : '\n]\n');
  await text.end();
}
