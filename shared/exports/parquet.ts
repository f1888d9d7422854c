/** How does a table become Parquet? Row group by row group, each handed on before the next one is gathered. */
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { type CellType, columnsFor, type Exportable, type Placed, type Row } from './columns.ts';
import { decimalOf } from './quantity.ts';
import type { Sink } from './sink.ts';

const types: { [type in CellType]: BasicType } = {
  text: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
  instant: 'TIMESTAMP',
  day: 'STRING',
  unit: 'STRING',
  quantity: 'DOUBLE',
};
// Few enough that a group of many columns stays far below what a function has, many enough to be packed well.
const rowsPerGroup = 10_000;

function cellIn(row: Row, { column: { type }, place, unitOf }: Placed): unknown {
  const cell = row[place] ?? null;
  if (cell === null) return null;
  if (type === 'integer') return BigInt(cell as number);
  // The double next to the exact decimal: of amounts the exact minor units stand in a column of their own.
  if (type === 'quantity') return Number(decimalOf(cell as number, unitOf(row)));
  return type === 'instant' ? new Date(cell as string) : cell;
}

/** Bytes since the last time; the writer goes on at the beginning of its buffer. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

export async function writeParquet({ columns, rows }: Exportable, sink: Sink): Promise<void> {
  const writer = new ByteWriter();
  const placed = columnsFor(columns, 'programs');
  const empty = () => placed.map((): unknown[] => []);
  const described = placed.map(({ column: { name, type } }) => ({ name, type: types[type] }));
  const schema = schemaFromColumnData({ columnData: described.map((each) => ({ ...each, data: [] })) });
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'creator-analytics' });
  let group = empty();
  const flush = async () => {
    await parquet.write({
      columnData: placed.map(({ column: { name } }, i) => ({ name, data: group[i] ?? [] })),
      rowGroupSize: rowsPerGroup,
    });
    group = empty();
    await sink.write(take(writer));
  };
  let count = 0;
  for await (const row of rows) {
    for (let i = 0; i < placed.length; i++) group[i]?.push(cellIn(row, placed[i] as Placed));
    if (++count % rowsPerGroup === 0) await flush();
  }
  if (count % rowsPerGroup) await flush();
  parquet.finish();
  await sink.write(take(writer));
}
