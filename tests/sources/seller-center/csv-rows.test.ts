/** Are rows cut where a strict reader of CSV cuts them, however a file is cut into pieces? */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRow } from '../../../shared/sources/seller-center/read/cell.ts';
import { readCsvRows } from '../../../shared/sources/seller-center/read/csv.ts';
import { cutRows } from '../../../shared/sources/seller-center/read/csv-rows.ts';
import { sellerFolder } from '../../make/seller-files.ts';

const options = {
  info: true,
  skip_empty_lines: true,
  relax_column_count: true,
  relax_quotes: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};
const strictly = (text: string): string[][] =>
  (parse(text, options) as unknown as { record: string[] }[]).map(({ record }) => record);

/** The cells of all rows, read in pieces that end at these places. */
function inPieces(text: string, places: number[]): { cells: unknown[][]; isOdd: boolean } {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  const cells: unknown[][] = [];
  let rest = '';
  let from = 0;
  let lines = 0;
  for (const end of [...ends, text.length, text.length]) {
    const isEnd = from === text.length && end === text.length;
    rest += text.slice(from, end);
    from = end;
    const cut = cutRows(rest, ',', lines, isEnd);
    cells.push(...cut.rows.map((row) => row.cells));
    rest = rest.slice(cut.end);
    lines = cut.lines;
    if (cut.isOdd || (isEnd && rest !== '')) return { cells, isOdd: true };
  }
  return { cells, isOdd: false };
}

const cell = fc.oneof(
  fc.constantFrom('', 'a', '17 ', '12" "Pro"', '579265931513190650\t', 'x"y'),
  fc.constantFrom('""', '"a,b"', '"a ""b"" c"', '"two\nlines"', '"two\r\nlines"', '"\r"'),
);
const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','));
const file = fc
  .array(fc.tuple(row, fc.constantFrom('\n', '\r\n', '\r', '\n\n')), { maxLength: 6 })
  .map((rows) => rows.flat().join(''));

async function allRows(path: string): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const some of readCsvRows(path, undefined)) rows.push(...some);
  return rows;
}

describe('rows of a CSV file', () => {
  it('have the cells that a strict reader finds, in whatever pieces they come', () => {
    fc.assert(
      fc.property(file, fc.array(fc.nat(), { maxLength: 5 }), (text, places) => {
        const read = inPieces(text, places);
        expect(read.isOdd).toBe(false);
        expect(read.cells).toEqual(strictly(text));
      }),
      { numRuns: 500 },
    );
  });

  it('after one that no reader can be sure of keep their numbers, and nothing is lost', async () => {
    const text = 'id,name\n1,"a, b"\n\n2,"two\nlines"\n3,"a "b" c"\n4,plain\n';
    const [path = ''] = sellerFolder({ 'odd.csv': text });
    const rows: [number, unknown][] = [];
    for await (const some of readCsvRows(path, undefined)) for (const { line, cells } of some) rows.push([line, cells[0]]);
    expect(rows).toEqual([
      [1, 'id'],
      [2, '1'],
      [5, '2'],
      [6, '3'],
      [7, '4'],
    ]);
  });

  it('of which one is longer than any row is refuse the file', async () => {
    const [path = ''] = sellerFolder({ 'long.csv': `id,name\n1,"${'x'.repeat(1_100_000)}\n2,b\n` });
    const read = async () => {
      for await (const _ of readCsvRows(path, undefined));
    };
    await expect(read()).rejects.toThrow(/^long.csv: .*download it again/);
  });

  it('hold every character, wherever a piece of the file ends in one, and none of another piece', async () => {
    // Rows of 1, 2, 3 and 4 bytes a character, so that pieces end at any of them; a byte order mark inside is a character.
    const words = ['plain', 'Đã giao', 'จัดส่งแล้ว', '😀😀', '\uFEFFx', '"a ""q"", b"'];
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i},${words[i % words.length]},${'y'.repeat(i % 41)}`);
    const [path = ''] = sellerFolder({ 'many.csv': `${lines.join('\n')}\n` });
    let at = 0;
    for await (const some of readCsvRows(path, undefined))
      for (const { line, cells } of some) {
        const word = words[at % words.length] === words[5] ? 'a "q", b' : words[at % words.length];
        if (line !== at + 1 || cells.join('|') !== `${at}|${word}|${'y'.repeat(at % 41)}`)
          throw new Error(`line ${line}: ${JSON.stringify(cells)}`);
        at++;
      }
    expect(at).toBe(60_000);
  });

  it('keep their cells while others are read', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i},"cell ${i}",${i * 7}`);
    const [path = ''] = sellerFolder({ 'kept.csv': lines.join('\n') });
    const kept = await allRows(path);
    expect(kept.map(({ cells }) => cells.join())).toEqual(lines.map((line) => line.replaceAll('"', '')));
    expect(kept[0]?.cell(3)).toBe('');
    expect(kept[0]?.cell(-1)).toBe('');
  });

  it('with a byte that is no character are refused with their line, however far down it is', async () => {
    const good = Buffer.from('id,name\n1,Đã giao\n'.repeat(100_000));
    const [path = ''] = sellerFolder({ 'bad.csv': Buffer.concat([good, Buffer.from([0x31, 0x2c, 0xff, 0x0a]), good]) });
    await expect(allRows(path)).rejects.toThrow(/^bad.csv line 200001: this is not UTF-8/);
  });
});
