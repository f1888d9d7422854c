/** What are the rows in a piece of a sheet's XML? Read where they are written as exports write them; anything else is left to a reader of all XML. */
import type { Cell } from './cell.ts';
import type { SharedStrings } from './shared-strings.ts';
import { plainText, unescapeXml } from './xml-text.ts';

export interface SheetWords {
  strings: SharedStrings | undefined;
  /** Is a number of this style shown as a number, and not as a date? */
  isNumber: (style: number) => boolean;
}

export interface SheetPiece {
  rows: { line: number; cells: Cell[] }[];
  /** Where what is left begins. */
  end: number;
  /** It holds what is not read here. */
  isOdd: boolean;
  /** The sheet's rows end in it. */
  isLast: boolean;
}

const quote = 0x22;
const slash = 0x2f;
const more = 0x3e;
const blank = 0x20;

/** Place of a column (from 0) whose letters begin at `from`. */
function columnAt(xml: string, from: number): number {
  let column = 0;
  for (let i = from; ; i++) {
    const letter = xml.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) return column - 1;
    column = column * 26 + letter;
  }
}

interface Tag {
  column: number;
  style: number;
  type: string;
}

/** The attributes of a cell up to `to`; undefined where there are others than place, style and type. */
function tagOf(xml: string, from: number, to: number, next: number): Tag | undefined {
  const tag: Tag = { column: next, style: 0, type: 'n' };
  for (let at = from; at < to; ) {
    if (xml.charCodeAt(at) === blank) {
      at++;
      continue;
    }
    if (xml.charCodeAt(at + 1) !== 0x3d || xml.charCodeAt(at + 2) !== quote) return undefined;
    const end = xml.indexOf('"', at + 3);
    const name = xml[at];
    if (name === 'r') tag.column = columnAt(xml, at + 3);
    else if (name === 's') tag.style = Number(xml.slice(at + 3, end));
    else if (name === 't') tag.type = xml.slice(at + 3, end);
    else return undefined;
    at = end + 1;
  }
  return tag;
}

function cellValue({ type, style }: Tag, raw: string, { strings, isNumber }: SheetWords): Cell | undefined {
  if (type === 's') return strings?.at(Number(raw));
  if (type === 'str') return raw.includes('_x') ? undefined : unescapeXml(raw);
  if (type !== 'n' || raw === '' || !isNumber(style)) return undefined;
  const number = Number(raw);
  return Number.isNaN(number) ? undefined : number;
}

/** The cells between two places; undefined where one of them is not written plainly. */
function cellsIn(xml: string, from: number, to: number, words: SheetWords): Cell[] | undefined {
  const cells: Cell[] = [];
  for (let at = from; at < to; ) {
    if (!xml.startsWith('<c', at)) return undefined;
    const close = xml.indexOf('>', at);
    const isEmpty = xml.charCodeAt(close - 1) === slash;
    const tag = tagOf(xml, at + 2, isEmpty ? close - 1 : close, cells.length);
    if (!tag || tag.column < cells.length || tag.column > 16_383) return undefined;
    let cell: Cell | undefined = '';
    let end = close + 1;
    if (!isEmpty && xml.startsWith('</c>', end)) end += 4;
    else if (!isEmpty && tag.type === 'inlineStr') {
      const last = xml.indexOf('</is></c>', end);
      if (last === -1 || last > to || !xml.startsWith('<is>', end)) return undefined;
      cell = plainText(xml, end + 4, last);
      end = last + 9;
    } else if (!isEmpty) {
      const last = xml.indexOf('<', end + 3);
      if (!xml.startsWith('<v>', end) || !xml.startsWith('</v></c>', last)) return undefined;
      cell = cellValue(tag, xml.slice(end + 3, last), words);
      end = last + 8;
    }
    if (cell === undefined) return undefined;
    while (cells.length < tag.column) cells.push('');
    cells.push(cell);
    at = end;
  }
  return cells;
}

/** Rows of a piece of a sheet that begins with nothing but what was left of the piece before. `line` is that of the row before. */
export function sheetRowsIn(xml: string, line: number, words: SheetWords): SheetPiece {
  const piece: SheetPiece = { rows: [], end: 0, isOdd: false, isLast: false };
  let number = line;
  // Looked for once: each row would look through all that follows it.
  const last = xml.indexOf('</sheetData>');
  for (;;) {
    const open = xml.indexOf('<row', piece.end);
    if (last !== -1 && (open === -1 || last < open)) return { ...piece, end: xml.length, isLast: true };
    if (open === -1) return { ...piece, end: Math.max(piece.end, xml.lastIndexOf('<')) };
    const close = xml.indexOf('>', open);
    const end = xml.charCodeAt(close - 1) === slash ? close + 1 : xml.indexOf('</row>', close);
    if (close === -1 || end === -1) return { ...piece, end: open };
    const said = /\sr="(\d+)"/.exec(xml.slice(open, close))?.[1];
    number = said === undefined ? number + 1 : Number(said);
    const sign = xml.charCodeAt(open + 4);
    const cells = xml.charCodeAt(close - 1) === slash ? [] : cellsIn(xml, close + 1, end, words);
    if (!cells || (sign !== blank && sign !== more && sign !== slash)) return { ...piece, isOdd: true };
    if (cells.length > 0) piece.rows.push({ line: number, cells });
    piece.end = xml.charCodeAt(close - 1) === slash ? end : end + 6;
  }
}
