/** Is a failure one of a full disk, and does the disk take something again? */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const codes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** LevelDB passes the system's words on, without its code. */
const words = /no space left on device|disk quota exceeded|file too large/i;

/** Did this fail because the disk, or what its user may take of it, is full? Looks at causes too. */
export function isDiskFailure(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  const { code, message, cause } = reason as NodeJS.ErrnoException & { cause?: unknown };
  return (code !== undefined && codes.has(code)) || words.test(message) || isDiskFailure(cause);
}

/** LevelDB writes as much again of its log when it is opened. */
const needed = 6 * 1024 * 1024;

/** Tries it out: what the file system reports knows of no quota. */
export function hasRoom(path: string): boolean {
  const file = join(path, '.room');
  try {
    writeFileSync(file, Buffer.alloc(needed, 1));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(file, { force: true });
  }
}
