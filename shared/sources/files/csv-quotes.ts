/** Which rows of a CSV text use quotation marks as CSV does? Lines of the others are held back and named, so that one of them stops no other row. */

/** A line that was held back. */
export interface MisquotedLine {
  /** From 1. */
  line: number;
  /** The line as it stands. */
  text: string;
  /** Cells as far as they can be told apart; from the wrong one on, every separator parts two. */
  cells: string[];
  /** Place of the wrong cell among them, from 0. */
  wrong: number;
  message: string;
}

/** A quotation mark that is open for more characters than any row has is never closed. */
const longestOpen = 100_000;

const shown = (cell: string): string => (cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);

function strayMessage(cell: string): string {
  const inside = shown(cell.replace(/^"(.*)"$/, '$1')).replaceAll('"', '""');
  return `${shown(cell)} has a quotation mark inside it; put the whole cell between quotation marks and write the one inside twice: "${inside}"`;
}

const unclosedMessage = (cell: string): string =>
  `${shown(cell)} opens a quotation mark that is never closed; close it, or take it away. One that belongs to the text is written twice, in a cell between quotation marks`;

const swallowedMessage = (cell: string, lines: number): string =>
  `${shown(cell)} opens a quotation mark that is closed ${lines - 1} ${lines === 2 ? 'line' : 'lines'} below, and what lies between has as many separators as rows have; close it where the cell ends, or take the line ends out of the cell`;

/** What a scan of a row comes to: it is `whole`, or its cell that begins at `at` is `open` at the end or `wrong`. */
type Scan = { is: 'whole'; cells: string[] } | { is: 'open' | 'wrong'; cells: string[]; at: number };

function scannerFor(delimiter: string): (row: string) => Scan {
  const sign = delimiter === '|' ? '\\|' : delimiter;
  const blank = delimiter === '\t' ? ' *' : '[ \\t]*';
  const quoted = new RegExp(`${blank}"([^"]*(?:""[^"]*)*)"${blank}(?=${sign}|$)`, 'y');
  const bare = new RegExp(`[^"${sign}]*(?=${sign}|$)`, 'y');
  const open = new RegExp(`${blank}"[^"]*(?:""[^"]*)*$`, 'y');
  const match = (pattern: RegExp, row: string, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(row);
  };
  return (row) => {
    const cells: string[] = [];
    for (let at = 0; at <= row.length; at++) {
      const inQuotes = match(quoted, row, at);
      const found = inQuotes ?? match(bare, row, at);
      if (!found) return { is: match(open, row, at) ? 'open' : 'wrong', cells, at };
      cells.push(inQuotes?.[1]?.replaceAll('""', '"') ?? found[0].trim());
      at += found[0].length;
    }
    return { is: 'whole', cells };
  };
}

/** Lines with their ends: `\n`, `\r\n` or `\r`. */
async function* linesOf(text: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    rest += chunk;
    // A carriage return at the very end may be half of an end.
    const lines = rest.match(/[^\r\n]*(?:\r\n|\n|\r(?!$))/g) ?? [];
    yield* lines;
    rest = rest.slice(lines.reduce((sum, { length }) => sum + length, 0));
  }
  if (rest) yield rest;
}

export interface QuoteListeners {
  onMisquoted: (line: MisquotedLine) => void;
  /** Told of a row over several lines: its first and its last. */
  onLongRow?: (first: number, last: number) => void;
}

/**
 * The text with every misquoted line left empty, so that lines keep their numbers. A cell between quotation marks may hold line ends; where its
 * mark is never closed, or closed amid text, its first line alone is held back, and those that follow are looked at for themselves.
 */
export async function* wellQuoted(
  text: AsyncIterable<string | Buffer>,
  delimiter: string,
  { onMisquoted, onLongRow = () => {} }: QuoteListeners,
): AsyncGenerator<string> {
  const scan = scannerFor(delimiter);
  // Separators of a row, as the first one has them.
  let separators = 0;
  const separatorsIn = (text: string): number => text.split(delimiter).length - 1;
  const hasRowsInside = (cells: string[], [first = '', ...others]: string[]): boolean => {
    if (separators === 0 || others.length === 0 || cells.length !== separators + 1) return false;
    const begun = scan(first);
    const inFirst = begun.is === 'whole' ? 0 : begun.cells.length + separatorsIn(first.slice(begun.at));
    return inFirst === separators && others.every((line) => separatorsIn(line) === separators);
  };
  const bodyOf = (line: string): string => line.replace(/[\r\n]+$/, '');
  // Lines of a row whose last cell is open.
  let held: string[] = [];
  let number = 0;

  /** Holds a line back; its end stays. */
  function refuse(line: string, closedAfter?: number): string {
    const body = bodyOf(line);
    const found = scan(body);
    if (found.is === 'whole') throw new Error('a line that is well quoted is never refused');
    const cell = body.slice(found.at);
    const rest = body.slice(found.at).split(delimiter);
    onMisquoted({
      line: ++number,
      text: body,
      cells: [...found.cells, ...rest.map((cell) => cell.trim())],
      wrong: found.cells.length,
      message:
        found.is === 'wrong'
          ? strayMessage(rest[0]?.trim() ?? '')
          : closedAfter
            ? swallowedMessage(cell, closedAfter)
            : unclosedMessage(cell),
    });
    return line.slice(body.length);
  }

  /** What can be passed on of the lines held; those of a row that is still open stay held. */
  function* release(isEnd: boolean): Generator<string> {
    while (held.length > 0) {
      const row = held.join('');
      const { is, cells } = scan(bodyOf(row));
      if (is === 'open' && !isEnd && row.length <= longestOpen) return;
      const [first = '', ...others] = held;
      const isSwallowing = is === 'whole' && hasRowsInside(cells, held.map(bodyOf));
      const lines = held.length;
      held = [];
      if (is === 'whole' && !isSwallowing) {
        if (lines > 1) onLongRow(number + 1, number + lines);
        if (separators === 0)
          separators =
            bodyOf(row)
              .replaceAll(/"[^"]*"/g, '')
              .split(delimiter).length - 1;
        number += lines;
        yield row;
        continue;
      }
      yield refuse(first, isSwallowing ? lines : undefined);
      for (const line of others) {
        held.push(line);
        yield* release(false);
      }
    }
  }

  for await (const line of linesOf(text)) {
    if (held.length === 0 && !line.includes('"')) {
      if (separators === 0) separators = separatorsIn(bodyOf(line));
      number++;
      yield line;
      continue;
    }
    held.push(line);
    const isStillOpen = held.length > 1 && !line.includes('"') && held.length % 1000 !== 0;
    if (!isStillOpen) yield* release(false);
  }
  yield* release(true);
}
