/** Which XML is a workbook made of? The least that spreadsheets open: inline strings, and a style for each number format. */
import { escapeFormula } from './escape-formula.ts';

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

/** A cell of text: inline, and harmless. */
export function textCell(given: string, style = ''): string {
  const text = cut(escapeFormula(given));
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
  return `<c${style} t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}

/** A row of a sheet, counted from 1. */
export const rowXml = (cells: string, number: number): string => `<row r="${number}">${cells}</row>`;

/** The titles above the columns. */
export const headerXml = (titles: string[]): string => rowXml(titles.map((title) => textCell(title, ' s="1"')).join(''), 1);

// Titles stay in sight; a column is wide enough for a date with its time.
export const sheetStart = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>`;
export const sheetEnd = '</sheetData></worksheet>';

const firstFormat = 164;

/** Plain cells, headers in bold, then a style for each number format. */
function stylesXml(formats: string[]): string {
  const escaped = (format: string): string => xmlText(format).replaceAll('"', '&quot;');
  const declared = formats.map((format, i) => `<numFmt numFmtId="${firstFormat + i}" formatCode="${escaped(format)}"/>`);
  const styles = formats.map(
    (_, i) => `<xf numFmtId="${firstFormat + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  return [
    `${declaration}<styleSheet xmlns="${main}">`,
    declared.length ? `<numFmts count="${declared.length}">${declared.join('')}</numFmts>` : '',
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border/></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${styles.length + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    `${styles.join('')}</cellXfs></styleSheet>`,
  ].join('');
}

/** What ties the sheets together, by path in the archive. */
export function workbookFiles(sheets: number, formats: string[]): [path: string, xml: string][] {
  const each = <T>(make: (n: number) => T): string => Array.from({ length: sheets }, (_, i) => make(i + 1)).join('');
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    ['xl/styles.xml', stylesXml(formats)],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((n) => `<sheet name="Rows ${n}" sheetId="${n}" r:id="r${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships">${each((n) => `<Relationship Id="r${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="styles" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}</Types>`,
    ],
  ];
}
