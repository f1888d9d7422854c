/** How does a table become JSON? One array of objects, a row a line; text as it is. */
import type { Cell, Exportable } from './columns.ts';
import { type Sink, textSink } from './sink.ts';

const jsonOf = (cell: Cell): string => (typeof cell === 'string' ? JSON.stringify(cell) : String(cell));

export async function writeJson({ columns, rows }: Exportable, sink: Sink): Promise<void> {
  const text = textSink(sink);
  const keys = columns.map(({ name }, i) => `${i ? ',' : '{'}${JSON.stringify(name)}:`);
  let before = '[\n';
  for await (const row of rows) {
    let line = before;
    for (let i = 0; i < keys.length; i++) line += keys[i] + jsonOf(row[i] ?? null);
    before = ',\n';
    const full = text.add(`${line}}`);
    if (full) await full;
  }
  await text.add(before === '[\n' ? '[]\n' : '\n]\n');
  await text.end();
}
