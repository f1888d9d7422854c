/** How does a test write files as Seller Center does? Workbooks that say a wrong size of themselves, CSV with a byte order mark and tabs behind ids. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { onTestFinished } from 'vitest';

export type Grid = (string | number)[][];

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

function sheetXml(grid: Grid, place: (text: string) => number): string {
  const rows = grid.map((cells, r) => {
    const written = cells.map((cell, c) => {
      const at = `${letters(c)}${r + 1}`;
      if (cell === '') return '';
      return typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : `<c r="${at}" t="s"><v>${place(cell)}</v></c>`;
    });
    return `<row r="${r + 1}">${written.join('')}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook whose sheets say of themselves that they have two rows. */
export function workbookOf(sheets: { [name: string]: Grid }): Uint8Array {
  const strings = new Map<string, number>();
  const place = (text: string): number => {
    const known = strings.get(text) ?? strings.size;
    strings.set(text, known);
    return known;
  };
  const names = Object.keys(sheets);
  const parts = names.map((name) => sheetXml(sheets[name] ?? [], place));
  const shared = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('');
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('');
  const files: { [path: string]: string } = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}${relation('rId99', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${shared}</sst>`,
    ...Object.fromEntries(parts.map((xml, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
}

export interface CsvForm {
  /** Titles of columns whose cells end with a tab. */
  tabs?: (title: string) => boolean;
  ends?: '\n' | '\r\n' | 'mixed';
  separator?: string;
}

/** Ids and times end with a tab, an empty one is a lone tab. */
const hasTab = (title: string): boolean => / (ID|Time)$|^Time /.test(title);

export function csvOf(grid: Grid, { tabs = hasTab, ends = '\n', separator = ',' }: CsvForm = {}): string {
  const titles = (grid[0] ?? []).map(String);
  const quoted = (text: string) => (text.includes(separator) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = grid.map((cells, r) =>
    cells.map((cell, c) => quoted(`${cell}${r > 0 && tabs(titles[c] ?? '') ? '\t' : ''}`)).join(separator),
  );
  const end = (i: number): string => (ends === 'mixed' ? (i % 2 ? '\n' : '\r\n') : ends);
  return `\uFEFF${lines.map((line, i) => `${line}${end(i)}`).join('')}`;
}

/** When the files of a test's folder were written. A file without a date in its name is as new as that, so the clock of the machine must not decide it. */
const written = new Date('2026-11-28T00:00:00Z');

/** Files in a new folder, gone when the test has ended; answers their paths in the order given. */
export function sellerFolder(files: { [name: string]: string | Uint8Array }): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'seller-center-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    utimesSync(path, written, written);
    return path;
  });
}
