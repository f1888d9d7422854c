/** Where do the rows of a piece of CSV end, and what are their cells? Rows that are quoted as CSV is are cut here; the first that is not ends it. */
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

interface QuotedRow {
  cells: string[];
  /** Of the line end behind it. */
  end: number;
  /** Line ends inside its cells. */
  breaks: number;
}

const breaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** The row that begins at `start`, cell by cell; `more` where its end is not there yet. */
function quotedRow(
  text: string,
  start: number,
  delimiter: string,
  lineEnd: (from: number) => number,
): QuotedRow | 'odd' | 'more' {
  const cells: string[] = [];
  let breaks = 0;
  let end = lineEnd(start);
  for (let at = start; ; at++) {
    if (text.charCodeAt(at) !== quote) {
      const next = text.indexOf(delimiter, at);
      const isLast = next === -1 || next > end;
      cells.push(text.slice(at, isLast ? end : next));
      if (isLast) return end < text.length ? { cells, end, breaks } : 'more';
      at = next;
      continue;
    }
    let cell = '';
    let from = at + 1;
    let close = text.indexOf('"', from);
    for (; close !== -1 && text.charCodeAt(close + 1) === quote; close = text.indexOf('"', from)) {
      cell += text.slice(from, close + 1);
      from = close + 2;
    }
    // The very last character may be the first of two.
    if (close === -1 || close + 1 >= text.length) return 'more';
    cell += text.slice(from, close);
    cells.push(cell);
    if (close > end) {
      breaks += breaksIn(cell);
      end = lineEnd(close);
    }
    at = close + 1;
    if (at === end) return { cells, end, breaks };
    if (text[at] !== delimiter) return 'odd';
  }
}

/** Finds the next of a character from ever later places. */
function finder(text: string, sign: string): (from: number) => number {
  let at = -1;
  return (from) => {
    if (at < from) {
      at = text.indexOf(sign, from);
      if (at === -1) at = text.length;
    }
    return at;
  };
}

/** Cuts a piece of text that begins with a row. Where `isEnd`, nothing follows it, and its last row needs no line end. */
export function cutRows(piece: string, delimiter: string, linesBefore: number, isEnd: boolean): Cut {
  const isOpen = isEnd && piece !== '' && !/[\r\n]$/.test(piece);
  const text = isOpen ? `${piece}\n` : piece;
  const [nextFeed, nextReturn, nextQuote] = [finder(text, '\n'), finder(text, '\r'), finder(text, '"')];
  const lineEnd = (from: number): number => Math.min(nextFeed(from), nextReturn(from));
  const cut: Cut = { rows: [], end: 0, lines: linesBefore, isOdd: false };
  while (cut.end < text.length) {
    let end = lineEnd(cut.end);
    let cells: string[] | undefined;
    if (nextQuote(cut.end) < end) {
      const found = quotedRow(text, cut.end, delimiter, lineEnd);
      if (found === 'more') break;
      if (found === 'odd') {
        cut.isOdd = true;
        break;
      }
      ({ cells, end } = found);
      cut.lines += found.breaks;
    } else if (end >= text.length) break;
    // A carriage return at the very end may be half of a line end.
    const isHalf = text.charCodeAt(end) === carriageReturn && end + 1 >= text.length && !isEnd;
    if (isHalf) break;
    cut.lines++;
    if (end > cut.end) cut.rows.push({ sheet: '', line: cut.lines, cells: cells ?? text.slice(cut.end, end).split(delimiter) });
    const isPair = text.charCodeAt(end) === carriageReturn && text.charCodeAt(end + 1) === lineFeed;
    cut.end = end + (isPair ? 2 : 1);
  }
  return { ...cut, end: Math.min(cut.end, piece.length) };
}
