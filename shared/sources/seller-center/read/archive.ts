/** What is packed in a zip archive on disk, and what does a part of it say? The directory is read first; a part is unpacked piece by piece. */
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

export interface Part {
  name: string;
  /** Bytes as packed, and as the directory says it unpacks to. */
  size: number;
  originalSize: number;
  isDeflated: boolean;
  at: number;
}

export interface Archive {
  parts: Part[];
  /** The text (UTF-8) of a part, in pieces. Throws where it is damaged, or larger than the directory says. */
  text(part: Part): AsyncGenerator<string>;
  close(): Promise<void>;
}

const endSize = 22;
const longestComment = 65_535;
const entrySize = 46;
const headSize = 30;
const bytesAtOnce = 1 << 16;

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new RangeError('the archive ends before what it says is in it');
  return buffer;
}

/** The directory at the end. Throws RangeError where there is none. */
async function directoryOf(file: FileHandle): Promise<Part[]> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - endSize - longestComment), Math.min(size, endSize + longestComment));
  const end = tail.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end === -1 || end + endSize > tail.length) throw new RangeError('the archive has no end');
  const directory = await bytesAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const parts: Part[] = [];
  for (let at = 0; at + entrySize <= directory.length; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new RangeError('the directory of the archive is damaged');
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    parts.push({
      name: directory.toString('utf8', at + entrySize, at + entrySize + (name ?? 0)),
      size: directory.readUInt32LE(at + 20),
      originalSize: directory.readUInt32LE(at + 24),
      isDeflated: directory.readUInt16LE(at + 10) === 8,
      at: directory.readUInt32LE(at + 42),
    });
    at += entrySize + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts;
}

async function* textOf(path: string, part: Part): AsyncGenerator<string> {
  const file = await open(path);
  const head = await bytesAt(file, part.at, headSize);
  const start = part.at + headSize + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = file.createReadStream({ start, end: start + Math.max(1, part.size) - 1, highWaterMark: bytesAtOnce });
  const unpacked = part.isDeflated ? pipeline(packed, createInflateRaw({ chunkSize: bytesAtOnce }), () => {}) : packed;
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > part.originalSize) throw new RangeError(`${part.name} is larger than its archive says`);
      yield decoder.decode(chunk, { stream: true });
    }
    if (bytes < part.originalSize) throw new RangeError(`${part.name} is smaller than its archive says`);
  } finally {
    packed.destroy();
  }
}

/** Opens an archive. Throws RangeError where its directory, which is at the end, is missing or damaged. */
export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path);
  try {
    const parts = await directoryOf(file);
    return { parts, text: (part) => textOf(path, part), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}
