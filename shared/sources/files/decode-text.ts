/** Which characters are the bytes of a file? UTF-8 or what its first bytes say; anything else is named by line, never replaced by a guess. */
import { isAscii } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';

/** Encodings that can be asked for, by the names that people know. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1254',
  'windows-1258',
  'windows-874',
  'iso-8859-1',
  'shift_jis',
  'euc-kr',
  'big5',
  'gb18030',
] as const;
export type Encoding = (typeof encodings)[number];

function encodingOf(start: Buffer): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Files that are no text, by their first bytes (hexadecimal), whatever their name says. */
const notText: { begins: string; says: string }[] = [
  { begins: '504b0304', says: 'this is a workbook or another zip archive; open it, and save each sheet as "CSV UTF-8"' },
  { begins: 'd0cf11e0', says: 'this is a workbook of an old spreadsheet; open it, and save each sheet as "CSV UTF-8"' },
  { begins: '1f8b', says: 'this is packed with gzip; let its name end in .csv.gz' },
  { begins: '25504446', says: 'this is a PDF; export the table as "CSV UTF-8" where it comes from' },
];

/** Why these are not the first bytes of a text; undefined where they may be. */
function noTextBecause(start: Buffer, asked?: Encoding): string | undefined {
  const known = notText.find(({ begins }) => start.toString('hex', 0, 8).startsWith(begins));
  if (known) return known.says;
  if ((asked ?? encodingOf(start)).startsWith('utf-16')) return undefined;
  // Text of two bytes a character has a zero in nearly every second place; a single one is the fault of its row.
  const places = [...start.subarray(0, 1000)].flatMap((byte, i) => (byte === 0 ? [i % 2] : []));
  if (places.length * 8 < Math.min(start.length, 1000)) return undefined;
  const wide = places.filter((place) => place === 0).length * 2 > places.length ? 'utf-16be' : 'utf-16le';
  return `this is no text, or UTF-16 that does not say so; save it as "CSV UTF-8", or say what it is: --encoding ${wide}`;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where lines of these bytes end: behind \n, \r\n or \r. */
function* endsOf(bytes: Buffer, until = bytes.length): Generator<number> {
  for (let i = 0; i < until; i++)
    if (bytes[i] === lineFeed || (bytes[i] === carriageReturn && bytes[i + 1] !== lineFeed)) yield i + 1;
}

/** How many lines end before a place, and where the last of them does. */
function linesIn(bytes: Buffer, until: number): { count: number; end: number } {
  let [count, end] = [0, 0];
  if (bytes.includes(carriageReturn)) for (end of endsOf(bytes, until)) count++;
  else for (let at = bytes.indexOf(lineFeed); at !== -1 && at < until; at = bytes.indexOf(lineFeed, end), count++) end = at + 1;
  return { count, end };
}

/** The line of the first byte that is not UTF-8, in bytes that begin on line `first`. */
function badLine(bytes: Buffer, first: number): number {
  let line = first;
  let from = 0;
  for (const to of endsOf(bytes)) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to;
    line++;
  }
  return line;
}

/** Bytes in, text out, piece by piece. Throws an Error that names file, line and remedy where the bytes are not of the encoding. */
export class TextPieces {
  readonly #file: string;
  readonly #asked: Encoding | undefined;
  #decoder: TextDecoder | undefined;
  /** Between characters of UTF-8 nothing has to be decoded of ASCII. */
  #isBetween = false;
  #lines = 1;
  /** Bytes since the last line end, so that a bad byte finds its line. */
  #open: Buffer = Buffer.alloc(0);

  constructor(file: string, asked?: Encoding) {
    this.#file = file;
    this.#asked = asked;
  }

  /** The text of the next bytes; they may be written over afterwards. */
  take(chunk: Buffer): string {
    const because = this.#decoder ? undefined : noTextBecause(chunk, this.#asked);
    if (because) throw new Error(`${this.#file}: ${because}`);
    this.#decoder ??= new TextDecoder(this.#asked ?? encodingOf(chunk), { fatal: true });
    const isPlain = this.#isBetween && isAscii(chunk);
    const text = isPlain ? chunk.toString('latin1') : this.#decoded(chunk);
    this.#isBetween = this.#decoder.encoding === 'utf-8' && (chunk.at(-1) ?? 0x80) < 0x80;
    this.#count(chunk);
    return text;
  }

  /** What is left behind the last bytes. */
  end(): string {
    try {
      return this.#decoder?.decode() ?? '';
    } catch {
      throw this.#refusal(Buffer.alloc(0));
    }
  }

  #decoded(chunk: Buffer): string {
    try {
      return this.#decoder?.decode(chunk, { stream: true }) ?? '';
    } catch {
      throw this.#refusal(chunk);
    }
  }

  #count(chunk: Buffer): void {
    const feed = chunk.lastIndexOf(lineFeed);
    const isPlain = feed !== -1 && !chunk.includes(carriageReturn) && !this.#open.includes(carriageReturn);
    const bytes = isPlain ? chunk : Buffer.concat([this.#open, chunk]);
    // The very last byte may be the first half of a line end.
    const { count, end } = linesIn(bytes, isPlain ? bytes.length : bytes.length - 1);
    this.#lines += count;
    this.#open = Buffer.from(bytes.subarray(end));
  }

  #refusal(bytes: Buffer): Error {
    const written = this.#decoder?.encoding ?? 'utf-8';
    const line = written === 'utf-8' ? badLine(Buffer.concat([this.#open, bytes]), this.#lines) : this.#lines;
    return new Error(
      `${this.#file} line ${line}: this is not ${written.toUpperCase()}. In the spreadsheet choose "CSV UTF-8" when saving, or say what it is with --encoding (${encodings.join(', ')}), for example --encoding windows-1252`,
    );
  }
}

/** The same as a stream, which ends with that Error. */
export function decodeText(file: string, asked?: Encoding): Transform {
  const pieces = new TextPieces(file, asked);
  const hand = (done: TransformCallback, made: () => string): void => {
    try {
      done(null, made());
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({
    readableObjectMode: false,
    transform: (chunk: Buffer, _: BufferEncoding, done: TransformCallback) => hand(done, () => pieces.take(chunk)),
    flush: (done: TransformCallback) => hand(done, () => pieces.end()),
  });
}
