/** What are the rows of a workbook? Streamed from disk; the size that a sheet says of itself is not asked, since these files say it wrongly. */
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { streamXlsxRows } from 'hucre/xlsx';
import { type Archive, openArchive, type Part } from './archive.ts';
import { type Cell, PlainRow, type RawRow } from './cell.ts';
import { keepSharedStrings, type SharedStrings } from './shared-strings.ts';
import { type SheetWords, sheetRowsIn } from './sheet-rows.ts';
import { unescapeXml } from './xml-text.ts';

/** Bytes of a file, of all that is packed in it, and how many times larger a large part may become. */
export const limits = { packed: 600_000_000, unpacked: 4_000_000_000, ratio: 250, small: 20_000_000 };

const truncated = 'is incomplete: its end is missing, so no row of it is read; download it again';

function refuseBomb(parts: Part[], file: string): void {
  const unpacked = parts.reduce((sum, { originalSize }) => sum + originalSize, 0);
  const swollen = parts.find(({ size, originalSize }) => originalSize > limits.small && originalSize > size * limits.ratio);
  if (unpacked > limits.unpacked || swollen)
    throw new Error(
      `${file} would unpack to ${Math.round(unpacked / 1e6)} MB${swollen ? `, ${swollen.name} to ${Math.round(swollen.originalSize / Math.max(1, swollen.size))} times its size` : ''}; no export is like that, so it is not unpacked. Export fewer days at once`,
    );
}

async function whole({ parts, text }: Archive, name: string): Promise<string | undefined> {
  const part = parts.find((each) => each.name === name);
  if (!part) return undefined;
  let xml = '';
  for await (const piece of text(part)) xml += piece;
  return xml;
}

interface Sheet {
  name: string;
  /** Absent where the workbook says it in a way of its own. */
  part: Part | undefined;
}

const attribute = (tag: string, name: string): string => unescapeXml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The sheets in the order of the workbook. */
async function sheetsOf(archive: Archive, file: string): Promise<Sheet[]> {
  const xml = await whole(archive, 'xl/workbook.xml');
  if (xml === undefined)
    throw new Error(`${file} is a zip archive, but no workbook; give the .xlsx or .csv file as it was downloaded`);
  const relations = (await whole(archive, 'xl/_rels/workbook.xml.rels')) ?? '';
  const targets = new Map(
    [...relations.matchAll(/<Relationship\b[^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  );
  return [...xml.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => {
    const target = targets.get(attribute(tag, 'r:id')) ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return { name: attribute(tag, 'name'), part: archive.parts.find(({ name }) => name === path) };
  });
}

/** Formats by number that show a number as one; the others may be dates. */
const numeric = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 37, 38, 39, 40, 48, 49]);

async function numberStyles(archive: Archive): Promise<SheetWords['isNumber']> {
  const xml = await whole(archive, 'xl/styles.xml');
  if (xml === undefined) return () => true;
  const [styles = ''] = /<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml) ?? [];
  const formats = [...styles.matchAll(/<xf\b[^>]*>/g)].map(([tag]) => Number(attribute(tag, 'numFmtId')));
  return (style) => numeric.has(formats[style] ?? Number.NaN);
}

/** A date cell shows a wall clock, which the reader hands on as if it were UTC. */
const wallClock = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Date) return wallClock(value);
  return value === null || value === undefined ? '' : String(value);
}

/** All of a sheet, whatever XML it is written in: slower, and from a workbook in memory. */
async function* anyRows(path: string, { name }: Sheet, behind: number): AsyncGenerator<RawRow[]> {
  const bytes = new Uint8Array(await readFile(path));
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: name }))
    if (index + 1 > behind) yield [new PlainRow(name, index + 1, values.map(cellOf))];
}

async function* rowsOf(path: string, archive: Archive, sheet: Sheet, words: SheetWords): AsyncGenerator<RawRow[]> {
  let line = 0;
  let rest = '';
  let isOdd = sheet.part === undefined;
  let isKnown = false;
  if (sheet.part)
    for await (const text of archive.text(sheet.part)) {
      rest += text;
      isKnown ||= rest.includes('<worksheet');
      const piece = sheetRowsIn(rest, line, words);
      isOdd = piece.isOdd || (piece.rows.length > 0 && !isKnown);
      if (isOdd) break;
      line = piece.rows.at(-1)?.line ?? line;
      rest = rest.slice(piece.end);
      if (piece.rows.length > 0) yield piece.rows.map(({ line, cells }) => new PlainRow(sheet.name, line, cells));
      if (piece.isLast) return;
    }
  yield* anyRows(path, sheet, line);
}

/** Does it begin as every zip archive does? A workbook of an old form or with a password begins otherwise. */
async function isArchive(path: string): Promise<boolean> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  await file.close();
  return buffer.toString('latin1') === 'PK';
}

async function openWorkbook(path: string): Promise<Archive> {
  const file = basename(path);
  const { size } = await stat(path);
  if (size > limits.packed)
    throw new Error(`${file} has ${Math.round(size / 1e6)} MB, more than is read at once; export fewer days`);
  if (!(await isArchive(path)))
    throw new Error(
      `${file} is no workbook, whatever its name says; give the file as Seller Center wrote it, without a password`,
    );
  return openArchive(path).catch((error: unknown) => {
    throw new Error(`${file} ${truncated}`, { cause: error });
  });
}

/** Rows of every sheet, in order, many at a time. Throws with the remedy where the file is cut off, is no workbook, or would unpack to too much. */
export async function* readWorkbookRows(path: string): AsyncGenerator<RawRow[]> {
  const file = basename(path);
  const archive = await openWorkbook(path);
  let strings: SharedStrings | undefined;
  let at = '';
  try {
    refuseBomb(archive.parts, file);
    const sheets = await sheetsOf(archive, file);
    at = `, sheet ${sheets[0]?.name ?? ''}`;
    const shared = archive.parts.find(({ name }) => name === 'xl/sharedStrings.xml');
    strings = shared && (await keepSharedStrings(archive.text(shared)));
    const words = { strings, isNumber: await numberStyles(archive) };
    for (const sheet of sheets) {
      at = `, sheet ${sheet.name}`;
      yield* rowsOf(path, archive, sheet, words);
    }
  } catch (error) {
    const { message } = error as Error;
    if (message.startsWith(file)) throw error;
    throw new Error(`${file}${at}: cannot be read (${message}); download it again`, { cause: error });
  } finally {
    await strings?.close();
    await archive.close();
  }
}
