/** How is a large export written? Row by row to disk, as CSV with tabs behind ids and times or as a workbook with shared strings and a wrong dimension. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { emptyTruth, type OrdersTruth, ordersRows, titles } from './orders.ts';

export interface LargeFile {
  path: string;
  truth: OrdersTruth;
}

const fileName = 'Semua pesanan-2026-11-20-23_58';
const textEvery = 1 << 18;

/** Text to a stream in large pieces, waiting where it is full. */
function writerTo(stream: WriteStream | DeflateRaw, onText: (text: Buffer) => void = () => {}) {
  let open = '';
  const flush = async () => {
    const bytes = Buffer.from(open);
    open = '';
    onText(bytes);
    if (!stream.write(bytes)) await once(stream, 'drain');
  };
  return {
    write: async (text: string) => {
      open += text;
      if (open.length >= textEvery) await flush();
    },
    end: async () => {
      await flush();
      stream.end();
    },
  };
}

const hasTab = titles.map((title) => / (ID|Time)$|^Zipcode$/.test(title));
const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** An export of orders as CSV in a folder. */
export async function writeCsv(folder: string, rows: number, seed: number): Promise<LargeFile> {
  const path = join(folder, `${fileName}.csv`);
  const file = createWriteStream(path);
  const { write, end } = writerTo(file);
  const truth = emptyTruth();
  await write(`\uFEFF${titles.join(',')}\n`);
  for (const cells of ordersRows(rows, seed, truth))
    await write(`${cells.map((cell, i) => (hasTab[i] ? `${cell}\t` : quoted(cell))).join(',')}\n`);
  await Promise.all([once(file, 'close'), end()]);
  return { path, truth };
}

interface Part {
  name: string;
  crc: number;
  packed: number;
  unpacked: number;
  at: number;
}

/** A zip archive that is written part after part; what a part's sizes are stands behind it and in the directory at the end. */
function zipTo(file: WriteStream) {
  const parts: Part[] = [];
  let at = 0;
  const put = async (bytes: Buffer) => {
    at += bytes.length;
    if (!file.write(bytes)) await once(file, 'drain');
  };
  return {
    async part(name: string, fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<void> {
      const part: Part = { name, crc: 0, packed: 0, unpacked: 0, at };
      const head = Buffer.alloc(30);
      head.writeUInt32LE(0x04034b50, 0);
      head.writeUInt16LE(20, 4);
      head.writeUInt16LE(8, 6);
      head.writeUInt16LE(8, 8);
      head.writeUInt16LE(Buffer.byteLength(name), 26);
      await put(Buffer.concat([head, Buffer.from(name)]));
      const deflate = createDeflateRaw({ level: 6 });
      const { write, end } = writerTo(deflate, (text) => {
        part.crc = crc32(text, part.crc);
        part.unpacked += text.length;
      });
      const packing = (async () => {
        for await (const bytes of deflate) {
          part.packed += bytes.length;
          await put(bytes);
        }
      })();
      await fill(write);
      await end();
      await packing;
      const tail = Buffer.alloc(16);
      tail.writeUInt32LE(0x08074b50, 0);
      for (const [i, value] of [part.crc, part.packed, part.unpacked].entries()) tail.writeUInt32LE(value, 4 + 4 * i);
      await put(tail);
      parts.push(part);
    },
    async end(): Promise<void> {
      const begins = at;
      for (const { name, crc, packed, unpacked, at: place } of parts) {
        const entry = Buffer.alloc(46);
        entry.writeUInt32LE(0x02014b50, 0);
        entry.writeUInt16LE(20, 4);
        entry.writeUInt16LE(20, 6);
        entry.writeUInt16LE(8, 8);
        entry.writeUInt16LE(8, 10);
        for (const [i, value] of [crc, packed, unpacked].entries()) entry.writeUInt32LE(value, 16 + 4 * i);
        entry.writeUInt16LE(Buffer.byteLength(name), 28);
        entry.writeUInt32LE(place, 42);
        await put(Buffer.concat([entry, Buffer.from(name)]));
      }
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(parts.length, 8);
      end.writeUInt16LE(parts.length, 10);
      end.writeUInt32LE(at - begins, 12);
      end.writeUInt32LE(begins, 16);
      await put(end);
      file.end();
    },
  };
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const columns = titles.map(
  (_, i) => `${i >= 26 ? String.fromCharCode(64 + Math.floor(i / 26)) : ''}${String.fromCharCode(65 + (i % 26))}`,
);
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** Places of strings in the order of their first use; those of one order alone are forgotten when it is long past. */
function placer(onNew: (text: string) => void) {
  const kept = new Map<string, number>();
  let count = 0;
  return (text: string): number => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    onNew(text);
    kept.set(text, count);
    // What is repeated at all is repeated within an order, or is among the first words.
    if (kept.size > 60_000) for (const old of [...kept.keys()].slice(5_000, 40_000)) kept.delete(old);
    return count++;
  };
}

/** The same export as a workbook. */
export async function writeXlsx(folder: string, rows: number, seed: number): Promise<LargeFile> {
  const path = join(folder, `${fileName}.xlsx`);
  const file = createWriteStream(path);
  const truth = emptyTruth();
  const zip = zipTo(file);
  const static_ = (name: string, text: string) => zip.part(name, (write) => write(`${head}${text}`));
  await static_(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  );
  await static_(
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  await static_(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="OrderSKUList" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  await static_(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  );
  const rowXml = (cells: string[], r: number, place: (text: string) => number): string =>
    `<row r="${r}">${cells.map((cell, c) => (cell === '' ? '' : `<c r="${columns[c]}${r}" t="s"><v>${place(cell)}</v></c>`)).join('')}</row>`;
  await zip.part('xl/worksheets/sheet1.xml', async (write) => {
    const place = placer(() => {});
    await write(`${head}<worksheet xmlns="${main}"><dimension ref="A1:BX6"/><sheetData>${rowXml(titles, 1, place)}`);
    let r = 1;
    for (const cells of ordersRows(rows, seed, truth)) await write(rowXml(cells, ++r, place));
    await write('</sheetData></worksheet>');
  });
  // The rows are made once more, so that no string has to be kept for them.
  await zip.part('xl/sharedStrings.xml', async (write) => {
    let open: string[] = [];
    const place = placer((text) => open.push(`<si><t xml:space="preserve">${escapeXml(text)}</t></si>`));
    await write(`${head}<sst xmlns="${main}">`);
    titles.forEach(place);
    for (const cells of ordersRows(rows, seed)) {
      for (const cell of cells) if (cell !== '') place(cell);
      await write(open.join(''));
      open = [];
    }
    await write('</sst>');
  });
  await Promise.all([once(file, 'close'), zip.end()]);
  return { path, truth };
}
