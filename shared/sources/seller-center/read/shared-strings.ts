/** Which texts do the cells of a workbook name by number? Millions of them where no order repeats: kept on disk, and read as rows come to them. */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainText } from './xml-text.ts';

export interface SharedStrings {
  /** Undefined where there is no such number. */
  at(index: number): string | undefined;
  close(): Promise<void>;
}

/** Texts of a block, which is read at once, and blocks in memory. */
const textsOfBlock = 256;
const mostBlocks = 400;
const separator = '\u0000';

/** Texts of `<si>` elements that begin in a piece and end in it, and where what is left begins. Undefined where one is more than plain text. */
function textsIn(piece: string): { texts: string[]; end: number } | undefined {
  const texts: string[] = [];
  let end = 0;
  for (;;) {
    const open = piece.indexOf('<si', end);
    if (open === -1) break;
    const isEmpty = piece.startsWith('<si/>', open);
    const close = isEmpty ? open : piece.indexOf('</si>', open);
    if (close === -1) return { texts, end: open };
    if (isEmpty) texts.push('');
    else {
      const text = plainText(piece, open + 4, close);
      if (text === undefined || text.includes(separator) || piece.charCodeAt(open + 3) !== 0x3e) return undefined;
      texts.push(text);
    }
    end = close + 5;
  }
  // The beginning of the next one may be cut.
  return { texts, end: Math.max(end, piece.lastIndexOf('<')) };
}

/** Keeps the texts of a workbook, given in pieces. Undefined where one of them is more than plain text. */
export async function keepSharedStrings(pieces: AsyncIterable<string>): Promise<SharedStrings | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-'));
  const path = join(folder, 'texts');
  const file = openSync(path, 'w+');
  // Nobody else reads it: where the system allows it, its name goes at once.
  if (process.platform !== 'win32') unlinkSync(path);
  const close = async () => {
    closeSync(file);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const starts = [0];
    let block: string[] = [];
    let count = 0;
    const put = () => {
      const bytes = Buffer.from(block.join(separator));
      writeSync(file, bytes, 0, bytes.length, starts.at(-1));
      starts.push((starts.at(-1) ?? 0) + bytes.length);
      block = [];
    };
    let rest = '';
    for await (const piece of pieces) {
      rest += piece;
      const found = textsIn(rest);
      if (!found) {
        await close();
        return undefined;
      }
      for (const text of found.texts) {
        count++;
        if (block.push(text) === textsOfBlock) put();
      }
      rest = rest.slice(found.end);
    }
    if (block.length) put();
    return { at: reader(file, starts, count), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Block {
  texts: string[];
  /** Since it was last in front of those that may go. */
  isUsed: boolean;
}

/** Reads texts by number. Of the blocks in memory the oldest goes that was not used since it was the oldest last. */
function reader(file: number, starts: number[], count: number): SharedStrings['at'] {
  const blocks = new Map<number, Block>();
  const makeRoom = () => {
    for (const [number, block] of blocks) {
      if (blocks.size < mostBlocks) return;
      blocks.delete(number);
      if (block.isUsed) blocks.set(number, { ...block, isUsed: false });
    }
  };
  return (index) => {
    if (!(index >= 0 && index < count)) return undefined;
    const number = Math.floor(index / textsOfBlock);
    let block = blocks.get(number);
    if (!block) {
      makeRoom();
      block = { texts: read(file, starts[number] ?? 0, starts[number + 1] ?? 0), isUsed: false };
      blocks.set(number, block);
    } else block.isUsed = true;
    return block.texts[index % textsOfBlock];
  };
}

function read(file: number, from: number, to: number): string[] {
  const bytes = Buffer.allocUnsafe(to - from);
  readSync(file, bytes, 0, bytes.length, from);
  return bytes.toString().split(separator);
}
