/** Which XML is a workbook made of? The least that spreadsheets open: inline strings, no styles. */
import type { Row } from './columns.ts';
import { harmless } from './harmless.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
/** Characters of a cell at most; what is longer is cut. */
const longest = 32_767;

// Control characters are no XML; a spreadsheet reads them from this escape. What already looks like one is escaped too.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const isPlain = /^[ -%'-;=?-^`-~\u00a0-\ufffd]*$/;
const escapes: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

const hex = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

function xmlText(text: string): string {
  if (isPlain.test(text)) return text;
  return text.replaceAll(unprintable, hex).replaceAll(/[&<>\r]/g, (character) => escapes[character] ?? character);
}

/** Cut between two characters, never inside a surrogate pair. */
const cut = (text: string): string =>
  text.length <= longest
    ? text
    : text
        .slice(0, longest)
        .toWellFormed()
        .replace(/\ufffd$/, '');

/** A row of a sheet, counted from 1; text is inline and harmless. */
export function rowXml(row: Row, number: number, isText: boolean[]): string {
  let xml = `<row r="${number}">`;
  for (let i = 0; i < row.length; i++) {
    const cell = row[i] ?? null;
    // An empty cell keeps the others in their columns.
    if (cell === null) xml += '<c/>';
    else if (isText[i] || typeof cell === 'string') {
      const text = cut(harmless(String(cell)));
      const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
      xml += `<c t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
    } else if (typeof cell === 'boolean') xml += `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
    else xml += `<c><v>${cell}</v></c>`;
  }
  return `${xml}</row>`;
}

export const sheetStart = `${declaration}<worksheet xmlns="${main}"><sheetData>`;
export const sheetEnd = '</sheetData></worksheet>';

/** What ties the sheets together, by path in the archive. */
export function workbookFiles(sheets: number): [path: string, xml: string][] {
  const each = <T>(make: (n: number) => T): string => Array.from({ length: sheets }, (_, i) => make(i + 1)).join('');
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((n) => `<sheet name="Rows ${n}" sheetId="${n}" r:id="r${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships">${each((n) => `<Relationship Id="r${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}</Types>`,
    ],
  ];
}
