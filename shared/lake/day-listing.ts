/** What lies in a table's day, and which of its files are contained in others? Told by the footers of the merged files alone. */
import { createHash } from 'node:crypto';
import { parquetMetadata } from 'hyparquet';
import { messageOf } from '../errors.ts';
import type { LakeTable } from './columns.ts';
import { type LakeFile, listFiles, readEnd } from './files.ts';
import { sizeInMemory } from './row-group.ts';
import type { Lake } from './store.ts';

/** A file that cannot be read, or not merged; it stays where it is. */
export interface Unreadable {
  key: string;
  reason: string;
}

export interface Listing {
  files: LakeFile[];
  /** Bytes in memory of each merged file, as one row group. */
  merged: Map<LakeFile, number>;
  /** The files that others contain whole, each with when the first that does was put (ms). */
  contained: Map<LakeFile, number>;
  unreadable: Unreadable[];
}

/** Under this key of a footer stand the marks of the files that were merged into it. */
export const markKey = 'merged';
const markLength = 16;
const firstBytes = 1 << 16;

/** Names a file with its content: another content under the same key has another mark. */
export const markOf = ({ key, etag }: Pick<LakeFile, 'key' | 'etag'>): string =>
  createHash('sha256').update([key, etag].join('\n')).digest('base64url').slice(0, markLength);

// Behind every other name: a listing that takes its time finds the raw files before they are deleted, or the merged one after it was put.
const mergedName = /\/whole-[^/]+$/;
export const isMerged = ({ key }: Pick<LakeFile, 'key'>): boolean => mergedName.test(key);

export const dayPrefix = ({ prefix }: LakeTable, dt: string): string => `${prefix}/dt=${dt}/`;

/** Key of the file that these are merged into. It follows from them: no two files of other content ever have the same name. */
export function mergedKey(table: LakeTable, dt: string, marks: string[]): string {
  const name = createHash('sha256')
    .update([...marks].sort().join('\n'))
    .digest('hex')
    .slice(0, 32);
  return `${dayPrefix(table, dt)}whole-${name}.parquet`;
}

interface Footer {
  bytesInMemory: number;
  marks: string[];
}

/** Bytes of the footer with what frames it, by the file's last eight bytes. */
const footerLength = (end: Uint8Array): number =>
  end.length < 8 ? 0 : new DataView(end.buffer, end.byteOffset).getUint32(end.length - 8, true) + 8;

function footerOf(end: Uint8Array): Footer {
  const metadata = parquetMetadata(end);
  const marks = metadata.key_value_metadata?.find(({ key }) => key === markKey)?.value ?? '';
  return { bytesInMemory: sizeInMemory(metadata), marks: marks.match(new RegExp(`.{${markLength}}`, 'g')) ?? [] };
}

async function readFooter(lake: Lake, file: LakeFile, unreadable: Unreadable[]): Promise<Footer | undefined> {
  let end = await readEnd(lake, file, firstBytes);
  if (end && footerLength(end) > end.length && footerLength(end) <= file.size) end = await readEnd(lake, file, footerLength(end));
  if (!end) return undefined;
  try {
    return footerOf(end);
  } catch (error) {
    unreadable.push({ key: file.key, reason: messageOf(error) });
    return undefined;
  }
}

/** Lists a table's day and reads the footers of its merged files. Throws when a call fails. */
export async function listDay(lake: Lake, table: LakeTable, dt: string): Promise<Listing> {
  const files = await listFiles(lake, dayPrefix(table, dt));
  const listing: Listing = { files, merged: new Map(), contained: new Map(), unreadable: [] };
  const byMark = new Map(files.map((file) => [markOf(file), file]));
  for (const file of files.filter(isMerged)) {
    const footer = await readFooter(lake, file, listing.unreadable);
    if (!footer) continue;
    listing.merged.set(file, footer.bytesInMemory);
    for (const mark of footer.marks) {
      const part = byMark.get(mark);
      if (part) listing.contained.set(part, Math.min(file.modified, listing.contained.get(part) ?? Number.POSITIVE_INFINITY));
    }
  }
  return listing;
}
