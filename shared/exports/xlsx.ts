/** How does a table become a workbook? Sheets of as many rows as one can hold, zipped while they are written. */
import { Zip, ZipDeflate } from 'fflate';
import { ApiError } from '../errors.ts';
import { columnsFor, type Exportable, type Placed } from './columns.ts';
import type { Sink } from './sink.ts';
import { cellXml, makeStyles } from './xlsx-cells.ts';
import { headerXml, rowXml, sheetEnd, sheetStart, workbookFiles } from './xlsx-xml.ts';

/** Rows of a sheet below its header. */
export const mostRows = 1_048_575;
// The archive is written without ZIP64: no part of it may pass four gigabytes.
const mostBytes = 4_000_000_000;
const enough = 256 * 1024;
// An archive's times say nothing here: fixed, so that the same rows give the same bytes.
const mtime = '2000-01-01T00:00:00';

/** Throws payload_too_large where the workbook would pass four gigabytes. */
export async function writeXlsx({ columns, rows }: Exportable, sink: Sink, rowsPerSheet = mostRows): Promise<void> {
  let zipped: Uint8Array[] = [];
  let total = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    zipped.push(bytes);
  });
  const flush = async () => {
    const some = zipped;
    zipped = [];
    for (const bytes of some) {
      total += bytes.length;
      if (total > mostBytes)
        throw new ApiError('payload_too_large', 'A workbook holds at most four gigabytes: take csv, json or parquet.');
      await sink.write(bytes);
    }
  };
  const openFile = (name: string): ZipDeflate => {
    const file = new ZipDeflate(name, { level: 1 });
    file.mtime = mtime;
    zip.add(file);
    return file;
  };

  const placed = columnsFor(columns, 'people');
  const styles = makeStyles();
  const header = headerXml(placed.map(({ column: { title, name } }) => title ?? name));
  let sheets = 0;
  let sheet: { file: ZipDeflate; text: string; rows: number; length: number } | undefined;
  const openSheet = () => {
    sheets += 1;
    return { file: openFile(`xl/worksheets/sheet${sheets}.xml`), text: sheetStart + header, rows: 0, length: 0 };
  };
  const push = async (isLast: boolean) => {
    if (!sheet) return;
    const bytes = Buffer.from(sheet.text + (isLast ? sheetEnd : ''));
    sheet.text = '';
    sheet.length += bytes.length;
    sheet.file.push(bytes, isLast);
    if (isLast) sheet = undefined;
    await flush();
  };
  const isFull = () => sheet !== undefined && (sheet.rows >= rowsPerSheet || sheet.length > mostBytes / 2);

  for await (const row of rows) {
    if (isFull()) await push(true);
    sheet ??= openSheet();
    sheet.rows += 1;
    let cells = '';
    for (let i = 0; i < placed.length; i++) cells += cellXml(styles, placed[i] as Placed, row);
    sheet.text += rowXml(cells, sheet.rows + 1);
    if (sheet.text.length >= enough) await push(false);
  }
  sheet ??= openSheet();
  await push(true);
  for (const [name, text] of workbookFiles(sheets, styles.formats)) openFile(name).push(Buffer.from(text), true);
  zip.end();
  await flush();
}
