/** Where do the rows of a piece of CSV end, and where their cells? Rows that are quoted as CSV is are cut here; the first that is not ends it. */
import type { RawRow } from './cell.ts';

export interface Cut {
  rows: RawRow[];
  /** Behind the last row that is whole. */
  end: number;
  /** Lines that end before `end`, with those before this piece. */
  lines: number;
  /** The next row has a quotation mark that no reader can be sure of. */
  isOdd: boolean;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What the rows of a piece share: its text, and the place of every cell in it. A cell ends before the sign in front of the next place. */
interface Piece {
  readonly text: string;
  places: Int32Array;
}

/** A row of a piece; a cell is cut out of the text when it is asked for. */
class CsvRow implements RawRow {
  readonly sheet = '';
  readonly line: number;
  readonly width: number;
  readonly #piece: Piece;
  readonly #first: number;

  constructor(piece: Piece, first: number, width: number, line: number) {
    this.#piece = piece;
    this.#first = first;
    this.width = width;
    this.line = line;
  }

  cell(index: number): string {
    if (!(index >= 0 && index < this.width)) return '';
    const { text, places } = this.#piece;
    const from = places[this.#first + index] ?? 0;
    const to = (places[this.#first + index + 1] ?? 0) - 1;
    if (from === to) return '';
    if (text.charCodeAt(from) !== quote) return text.slice(from, to);
    const cell = text.slice(from + 1, to - 1);
    return cell.includes('"') ? cell.replaceAll('""', '"') : cell;
  }

  get cells(): string[] {
    return Array.from({ length: this.width }, (_, index) => this.cell(index));
  }
}

const breaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Behind the quotation mark that closes the one at `at`; undefined where it is not there yet. */
function closeOf(text: string, at: number): number | undefined {
  let close = text.indexOf('"', at + 1);
  while (close !== -1 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
  // The very last character may be the first of two.
  return close === -1 || close + 1 >= text.length ? undefined : close + 1;
}

/** Finds cells sign by sign. Its memory is kept from piece to piece, and as large as the largest. */
class Finder {
  /** Signs of the piece, with a line end behind them: a byte each where all of them are ASCII. */
  signs: Uint8Array | Uint16Array = new Uint8Array();
  #memory = Buffer.alloc(1 << 18);
  places = new Int32Array(1 << 14);
  count = 0;
  /** Line ends inside the cells of the newest row. */
  breaks = 0;

  take(text: string): void {
    if (this.#memory.length < text.length * 2 + 2) this.#memory = Buffer.alloc(text.length * 4);
    const isAscii = Buffer.byteLength(text) === text.length;
    this.#memory.write(text, isAscii ? 'latin1' : 'utf16le');
    this.signs = isAscii ? this.#memory : new Uint16Array(this.#memory.buffer);
    this.signs[text.length] = lineFeed;
    this.count = 0;
  }

  place(at: number): void {
    if (this.count === this.places.length) {
      const larger = new Int32Array(this.count * 2);
      larger.set(this.places);
      this.places = larger;
    }
    this.places[this.count++] = at;
  }

  /** Notes the places of the row that begins at `start`, and of its line end: that is handed back. */
  row(text: string, start: number, separator: number): number | 'odd' | 'more' {
    const { signs } = this;
    this.breaks = 0;
    for (let at = start; ; at++) {
      this.place(at);
      let sign = signs[at];
      if (sign === quote) {
        const close = closeOf(text, at);
        if (close === undefined) return 'more';
        this.breaks += breaksIn(text.slice(at, close));
        at = close;
        sign = signs[at];
        if (sign !== separator && sign !== lineFeed && sign !== carriageReturn) return 'odd';
      } else while (sign !== separator && sign !== lineFeed && sign !== carriageReturn) sign = signs[++at];
      if (sign === separator) continue;
      this.place(at + 1);
      return at < text.length ? at : 'more';
    }
  }
}

const finder = new Finder();

/** Cuts a piece of text that begins with a row. Where `isEnd`, nothing follows it, and its last row needs no line end. */
export function cutRows(piece: string, delimiter: string, linesBefore: number, isEnd: boolean): Cut {
  const isOpen = isEnd && piece !== '' && !/[\r\n]$/.test(piece);
  const text = isOpen ? `${piece}\n` : piece;
  const separator = delimiter.charCodeAt(0);
  finder.take(text);
  const { signs } = finder;
  const shared: Piece = { text, places: finder.places };
  const cut: Cut = { rows: [], end: 0, lines: linesBefore, isOdd: false };
  while (cut.end < text.length) {
    const first = finder.count;
    const end = finder.row(text, cut.end, separator);
    if (typeof end === 'string') {
      cut.isOdd = end === 'odd';
      break;
    }
    // A carriage return at the very end may be half of a line end.
    const isReturn = signs[end] === carriageReturn;
    if (isReturn && end + 1 >= text.length && !isEnd) break;
    cut.lines += finder.breaks + 1;
    if (end > cut.end) cut.rows.push(new CsvRow(shared, first, finder.count - first - 1, cut.lines));
    else finder.count = first;
    cut.end = end + (isReturn && signs[end + 1] === lineFeed ? 2 : 1);
  }
  shared.places = finder.places.slice(0, finder.count);
  return { ...cut, end: Math.min(cut.end, piece.length) };
}
