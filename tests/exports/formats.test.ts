/** Does each format hold every row and cell, whatever is in them, and nothing that a spreadsheet would run? */
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Cell, Exportable, ExportColumn, Row } from '../../shared/exports/columns.ts';
import { type FormatName, formatNames } from '../../shared/exports/format-names.ts';
import { formats } from '../../shared/exports/formats.ts';
import type { Sink } from '../../shared/exports/sink.ts';
import { writeXlsx } from '../../shared/exports/xlsx.ts';
import { readSheets, readWorkbook } from '../make/workbook.ts';

const columns: ExportColumn[] = [
  { name: 'name', type: 'text', about: '' },
  { name: 'amount', type: 'integer', about: '' },
  { name: 'share', type: 'number', about: '' },
  { name: 'flag', type: 'flag', about: '' },
  { name: 'at', type: 'instant', about: '' },
];
const row = (...given: Cell[]): Row => columns.map((_, i) => given[i] ?? null);

interface Written {
  bytes: Buffer;
  /** Sizes of the writes. */
  pieces: number[];
}

async function written(write: (table: Exportable, sink: Sink) => Promise<void>, rows: Row[]): Promise<Written> {
  const pieces: Uint8Array[] = [];
  async function* all() {
    yield* rows;
  }
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes) };
  await write({ name: 'test', columns, rows: all() }, sink);
  return { bytes: Buffer.concat(pieces), pieces: pieces.map(({ length }) => length) };
}
const bytesOf = async (format: FormatName, rows: Row[]) => (await written(formats[format].write, rows)).bytes;

const csvOf = async (rows: Row[]): Promise<string[][]> => parse(await bytesOf('csv', rows), { columns: false });
const parquetOf = async (rows: Row[]) => {
  const bytes = await bytesOf('parquet', rows);
  return parquetReadObjects({ file: new Uint8Array(bytes).buffer });
};
const sheetsOf = async (rows: Row[], rowsPerSheet?: number) =>
  readWorkbook((await written((table, sink) => writeXlsx(table, sink, rowsPerSheet), rows)).bytes);

const cells = fc.tuple(
  fc.option(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', ''))),
  fc.option(fc.maxSafeInteger()),
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n))),
  fc.option(fc.boolean()),
  fc.option(
    fc.date({ min: new Date('1980-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }).map((at) => at.toISOString()),
  ),
);
const anyRows = fc.array(cells, { maxLength: 20 });
/** How a spreadsheet's cell reads: led by an apostrophe where it would be run. */
const shown = (cell: Cell): string =>
  typeof cell === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : String(cell ?? '');

describe('any table comes back', () => {
  it('from csv, with formulas made harmless', () =>
    fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        expect(await csvOf(rows)).toEqual([columns.map(({ name }) => name), ...rows.map((each) => each.map(shown))]);
      }),
      { numRuns: 60 },
    ));

  it('from json, as it was', () =>
    fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const read = JSON.parse((await bytesOf('json', rows)).toString()) as object[];
        expect(read.map((each) => Object.values(each))).toEqual(rows);
      }),
      { numRuns: 60 },
    ));

  it('from parquet, typed', () =>
    fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const read = await parquetOf(rows);
        const plain = (value: unknown) =>
          typeof value === 'bigint' ? Number(value) : value instanceof Date ? value.toISOString() : value;
        expect(read.map((each) => columns.map(({ name }) => plain(each[name]) ?? null))).toEqual(rows);
      }),
      { numRuns: 60 },
    ));

  it('from xlsx, with formulas made harmless', () =>
    fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const [sheet] = await sheetsOf(rows);
        expect(sheet?.slice(1)).toEqual(rows.map((each) => each.map((cell) => (typeof cell === 'string' ? shown(cell) : cell))));
      }),
      { numRuns: 60 },
    ));
});

describe('csv', () => {
  it('has a header, CRLF, quotes only where they are needed, and no byte order mark', async () => {
    const rows = [row('plain', -5, 0.25, true, '2026-03-01T00:00:00.000Z'), row('a "quote", and\na line', null)];
    expect((await bytesOf('csv', rows)).toString()).toBe(
      'name,amount,share,flag,at\r\nplain,-5,0.25,true,2026-03-01T00:00:00.000Z\r\n"a ""quote"", and\na line",,,,\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0'])('leads %j by an apostrophe', async (text) => {
    const [, [first] = []] = await csvOf([row(text)]);
    expect(first).toBe(`'${text}`);
  });

  it.each(['\t', '\r'])('leads what stands behind %j too: it parts cells for some readers', async (sign) => {
    const [, [first] = []] = await csvOf([row(`${sign}=1`)]);
    expect(first).toBe(`'${sign}'=1`);
  });

  it.each([';=SUM(A1);', 'x;=1+1;y', 'a,b;=1+1;c', 'x\n=1+1\ny', 'x; =1'])(
    'holds no formula for a reader that parts %j at semicolons, in a column of any place',
    async (text) => {
      // Such a reader takes quotes for text where they do not begin its cell.
      const file = (await bytesOf('csv', [row('o-1', null), row(text), row(`"${text}`)])).toString();
      expect(file.split(/[;\r\n]/).filter((part) => /^[\s"]*[=+\-@]/.test(part))).toEqual([]);
    },
  );

  it('leaves numbers alone, negative ones too, and text with such a sign inside', async () => {
    expect((await csvOf([row('a=b', -1, -0.5)]))[1]?.slice(0, 3)).toEqual(['a=b', '-1', '-0.5']);
  });
});

describe('xlsx', () => {
  it('begins another sheet, with its own header, when one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => row(`n-${i}`, i));
    const sheets = await sheetsOf(rows, 3);
    expect(sheets.map((sheet) => sheet.length)).toEqual([4, 4, 2]);
    expect(sheets.map(([header]) => header)).toEqual(Array(3).fill(columns.map(({ name }) => name)));
    expect(sheets.flatMap((sheet) => sheet.slice(1)).map(([name]) => name)).toEqual(rows.map(([name]) => name));
  });

  it('holds what no XML can hold by the escapes that spreadsheets know', async () => {
    const odd = 'a\u0001b _x0041_ <&> \r\n end ';
    expect((await sheetsOf([row(odd)]))[0]?.[1]?.[0]).toBe(odd);
  });

  it('cuts text beyond what a cell can hold, and splits no character', async () => {
    const [sheet] = await sheetsOf([row(`${'x'.repeat(32_766)}😀`)]);
    expect(sheet?.[1]?.[0]).toBe('x'.repeat(32_766));
  });

  it('is an archive whose parts name one another', async () => {
    const files = Object.keys(unzipSync(new Uint8Array((await written(formats.xlsx.write, [])).bytes)));
    expect(files.sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
  });
});

describe('an amount', () => {
  const amounts: ExportColumn[] = [
    { name: 'net_sales', title: 'Net sales', type: 'quantity', unit: { column: 'unit' }, about: '' },
    { name: 'net_sales_minor', type: 'integer', isForPrograms: true, about: '' },
    { name: 'unit', title: '=Unit', type: 'unit', about: '' },
  ];
  const told = async (format: FormatName, value: number, unit: string) => {
    const pieces: Uint8Array[] = [];
    async function* rows() {
      yield [value, value, unit];
    }
    await formats[format].write(
      { name: 'test', columns: amounts, rows: rows() },
      { write: async (bytes) => void pieces.push(bytes) },
    );
    return Buffer.concat(pieces);
  };

  it.each([
    [26766, 'USD', '267.66'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [9_007_199_254_740_991, 'USD', '90071992547409.91'],
    [26766, 'JPY', '26766'],
    [26766, 'KWD', '26.766'],
    [26766, 'IDR', '267.66'],
    [0.125, '%', '12.5'],
    [1e-7, '%', '0.00001'],
    [-0.0321, 'points', '-3.21'],
    [1e21, 'count', '1000000000000000000000'],
    [93_784.2, 'seconds', '93784.2'],
    [-0, 'USD', '0.00'],
  ])('of %s in %s is %s to the last digit, under a title for people and a name for programs', async (value, unit, text) => {
    expect((await told('csv', value, unit)).toString()).toBe(`Net sales,'=Unit\r\n${text},${unit}\r\n`);
    expect((await told('json', value, unit)).toString()).toContain(`{"net_sales":${text},"net_sales_minor":`);
  });

  it.each([
    [26766, 'USD', 267.66, '[$USD]\\ #,##0.00'],
    [26766, 'JPY', 26_766, '[$JPY]\\ #,##0'],
    [0.125, '%', 0.125, '0.0%'],
    [93_784, 'seconds', 93_784 / 86_400, '[h]:mm:ss'],
    [-60, 'seconds', -60, '#,##0\\ "s"'],
    [7, 'count', 7, '#,##0'],
    [2.5, 'count', 2.5, '#,##0.00'],
  ])('of %s in %s is %s in a cell that is shown as %s', async (value, unit, number, format) => {
    const [, [cell] = []] = readSheets(await told('xlsx', value, unit))[0] ?? [];
    expect(cell).toEqual({ value: number, format });
  });
});

describe('every format', () => {
  it.each(formatNames)('of nothing is a whole file: %s', async (format) => {
    const read: { [name in FormatName]: () => Promise<unknown> } = {
      csv: () => csvOf([]),
      json: async () => JSON.parse((await bytesOf('json', [])).toString()),
      parquet: () => parquetOf([]),
      xlsx: async () => (await sheetsOf([]))[0],
    };
    const header = columns.map(({ name }) => name);
    expect(await read[format]()).toEqual({ csv: [header], json: [], parquet: [], xlsx: [header] }[format]);
  });

  it.each(formatNames)('is handed on in pieces while it is written: %s', async (format) => {
    const rows = Array.from({ length: 30_000 }, (_, i) => row(`name ${Math.sin(i)}`, i, Math.cos(i), i % 2 === 0));
    const { pieces, bytes } = await written(formats[format].write, rows);
    expect(Math.max(...pieces)).toBeLessThan(bytes.length * 0.6);
  });

  it.each(formatNames)('of the same rows is the same bytes: %s', async (format) => {
    const rows = [row('a', 1), row('b', 2)];
    expect((await bytesOf(format, rows)).equals(await bytesOf(format, rows))).toBe(true);
  });
});
