/** What are the rows of a workbook? Streamed cell by cell; the size that a sheet says of itself is not asked, since these files say it wrongly. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { unzipSync } from 'fflate';
import { streamXlsxRows } from 'hucre/xlsx';
import type { Cell, RawRow } from './cell.ts';

/** Bytes of a file, of all that is packed in it, and how many times larger a large part may become. */
export const limits = { packed: 200_000_000, unpacked: 2_000_000_000, ratio: 250, small: 20_000_000 };

interface Packed {
  name: string;
  size: number;
  originalSize: number;
}

const truncated = 'is incomplete: its end is missing, so no row of it is read; download it again';

/** What is packed, by the directory at the end of the file: nothing is unpacked for it. */
function listing(bytes: Uint8Array, file: string): Packed[] {
  const parts: Packed[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        parts.push({ name, size, originalSize });
        return false;
      },
    });
  } catch (error) {
    throw new Error(`${file} ${truncated}`, { cause: error });
  }
  return parts;
}

function refuseBomb(parts: Packed[], file: string): void {
  const unpacked = parts.reduce((sum, { originalSize }) => sum + originalSize, 0);
  const swollen = parts.find(({ size, originalSize }) => originalSize > limits.small && originalSize > size * limits.ratio);
  if (unpacked > limits.unpacked || swollen)
    throw new Error(
      `${file} would unpack to ${Math.round(unpacked / 1e6)} MB${swollen ? `, ${swollen.name} to ${Math.round(swollen.originalSize / Math.max(1, swollen.size))} times its size` : ''}; no export is like that, so it is not unpacked. Export fewer days at once`,
    );
}

const entities: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescapeXml = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    decimal || hex ? String.fromCodePoint(Number.parseInt(decimal ?? hex, hex ? 16 : 10)) : (entities[name] ?? whole),
  );

/** Names of the sheets in the order of the workbook. */
function sheetNames(bytes: Uint8Array, file: string): string[] {
  const part = unzipSync(bytes, { filter: ({ name }) => name === 'xl/workbook.xml' })['xl/workbook.xml'];
  if (!part) throw new Error(`${file} is a zip archive, but no workbook; give the .xlsx or .csv file as it was downloaded`);
  const xml = new TextDecoder().decode(part);
  return [...xml.matchAll(/<(?:\w+:)?sheet\b[^>]*?\sname="([^"]*)"/g)].map(([, name = '']) => unescapeXml(name));
}

/** A date cell shows a wall clock, which the reader hands on as if it were UTC. */
const wallClock = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return wallClock(value);
  return value === null || value === undefined ? '' : String(value);
}

/** Rows of every sheet, in order. Throws with the remedy where the file is cut off, is no workbook, or would unpack to too much. */
export async function* readWorkbookRows(path: string): AsyncGenerator<RawRow[]> {
  const file = basename(path);
  const { size } = await stat(path);
  if (size > limits.packed)
    throw new Error(`${file} has ${Math.round(size / 1e6)} MB, more than is read at once; export fewer days`);
  const bytes = new Uint8Array(await readFile(path));
  // Every zip archive begins with PK; a workbook of an old form or with a password begins otherwise.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new Error(
      `${file} is no workbook, whatever its name says; give the file as Seller Center wrote it, without a password`,
    );
  refuseBomb(listing(bytes, file), file);
  for (const sheet of sheetNames(bytes, file))
    try {
      for await (const { index, values } of streamXlsxRows(bytes, { sheet }))
        yield [{ sheet, line: index + 1, cells: values.map(cellOf) }];
    } catch (error) {
      throw new Error(`${file}, sheet ${sheet}: cannot be read (${(error as Error).message}); download it again`, {
        cause: error,
      });
    }
}
