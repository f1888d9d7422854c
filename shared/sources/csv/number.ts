/** Which number is written there? Points and commas mean what the file itself shows; what can be read two ways is asked, never guessed. */

export type Mark = '.' | ',';
const other = { '.': ',', ',': '.' } as const;

/** A cell that can be read one way only, and where decimals begin in it. */
export interface Shown {
  mark: Mark;
  cell: string;
  where: string;
}

/** What cells show together: the mark of most of those that show one (absent where they are even), and the first cell of each. */
export interface Evidence {
  mark?: Mark | undefined;
  first: { [mark in Mark]?: Shown };
  /** By the one who imports, not by other cells. */
  isSaid?: true;
}

/** Blanks and apostrophes between groups of three digits, as many countries write them. */
const gaps = /(?<=\d)[\s\u00A0\u202F'’](?=\d{3}(?!\d))/g;
const symbol = /^(?:\p{Sc}|Rp\.?|RM|R\$|S\$|US\$|[A-Z]{3})\s*|\s*(?:\p{Sc}|[A-Z]{3})$/gu;

/** Digits with points and commas alone: without the sign or code of a currency around them, and without gaps between groups. */
const bareNumber = (text: string): string => text.replaceAll(symbol, '').replaceAll(gaps, '');

/** The number with a point before its decimals, where decimals begin at this mark; undefined where it is none. */
function readWith(bare: string, mark: Mark): string | undefined {
  const [whole = '', decimals, ...more] = bare.split(mark);
  const isGrouped = whole.includes(other[mark]);
  const isWhole = isGrouped ? /^\d{1,3}([.,]\d{3})+$/.test(whole) : /^\d+$/.test(whole);
  if (more.length > 0 || !isWhole || (decimals !== undefined && !/^\d+$/.test(decimals))) return undefined;
  const digits = whole.replaceAll(other[mark], '');
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}

/** Where decimals begin in a number, if it can be read one way only; what is no number shows nothing. */
export function markIn(text: string): Mark | undefined {
  const bare = bareNumber(text);
  if (!/[.,]/.test(bare)) return undefined;
  const readings = (['.', ','] as const).filter((mark) => readWith(bare, mark) !== undefined);
  // 0.123 is no group of thousands: none begins with a zero.
  const possible = /^0\d*[.,]/.test(bare) ? readings.filter((mark) => bare.includes(mark)) : readings;
  return possible.length === 1 ? possible[0] : undefined;
}

/** How many cells show each mark, and the first of each. */
export type Marks = { [mark in Mark]?: { count: number; first: Shown } };

/** Notes what a cell shows. */
export function noteMark(marks: Marks, cell: string, where: string): void {
  const mark = markIn(cell);
  if (!mark) return;
  const known = marks[mark];
  if (known) known.count++;
  else marks[mark] = { count: 1, first: { mark, cell, where } };
}

/** What the cells show together. */
export function evidenceOf(marks: Marks = {}): Evidence {
  const points = marks['.']?.count ?? 0;
  const commas = marks[',']?.count ?? 0;
  const mark = points === commas ? undefined : points > commas ? '.' : ',';
  const first = Object.fromEntries(Object.entries(marks).map(([each, { first: shown }]) => [each, shown]));
  return { mark, first };
}

/** What the one who imports says instead of the file. */
export const saidMark = (mark: Mark): Evidence => ({
  mark,
  first: { [mark]: { mark, cell: 'what you said', where: '--decimal-mark' } },
  isSaid: true,
});

/**
 * Is it three digits behind one mark, where a currency has fewer decimals? That is how thousands are written: other cells cannot say that it
 * is a thousandth of them.
 */
export function isLikeThousands(text: string, digits: number, { isSaid }: Evidence): boolean {
  const bare = bareNumber(text);
  return digits < 3 && !isSaid && !/^0/.test(bare) && /^\d{1,3}[.,]\d{3}$/.test(bare);
}

const remedy = 'say --decimal-mark point or comma';

/** A number with a point before its decimals; `example` shows what it is (`an amount`). Throws RangeError with the remedy. */
export function decimalText(text: string, { mark, first }: Evidence, [what, example]: [string, string]): string {
  const bare = bareNumber(text);
  if (/^\d+$/.test(bare)) return bare;
  const noNumber = () => new RangeError(`${text} is not ${what}; write digits with a point, such as ${example}, without sign`);
  if (readWith(bare, '.') === undefined && readWith(bare, ',') === undefined) throw noNumber();
  const own = markIn(text);
  const opposite = own && first[other[own]];
  if (opposite && mark !== own)
    throw new RangeError(
      `${text} and ${opposite.cell} (${opposite.where}) write decimals differently; write them all alike, or ${remedy}`,
    );
  const isTold = first['.'] === undefined || first[','] === undefined;
  const begins = own ?? (isTold ? mark : undefined);
  if (!begins) {
    const [whole = '', rest = ''] = bare.split(/[.,]/);
    const why = isTold ? 'nothing else in the file says which' : 'the file writes decimals both ways';
    throw new RangeError(`${text} can mean ${whole}${rest} or ${whole}.${rest}, and ${why}; ${remedy}`);
  }
  const read = readWith(bare, begins);
  if (read === undefined) throw noNumber();
  return read;
}
