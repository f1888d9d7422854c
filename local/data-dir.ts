/** What lies in the data folder, who may use it, and how is a file replaced so that a kill never leaves half of it? */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDiskFailure } from './disk-room.ts';
import { explainFolderFault, makeFolder, refuseForeignFolder } from './folder-faults.ts';

/** Goes up when an older runtime could no longer read what a newer one wrote. */
const LAYOUT = 2;
/** The one before, which a start upgrades: an item for each total. */
const UPGRADED = 1;
const STORES = ['dynamodb', 'kinesis', 's3', 'athena', 'checkpoints'] as const;

export interface DataDir {
  path: string;
  store(name: (typeof STORES)[number] | 'logs'): string;
  /** What was written before totals stood in pages: to be upgraded before anything reads it. */
  isToUpgrade: boolean;
  /** Call once every table, stream and bucket exists and is of this layout: until then a start begins anew, or upgrades. */
  markComplete(): void;
  /** Says where the runtime answers, for commands in other processes. */
  announce(address: RuntimeAddress): void;
  release(): void;
}

export interface RuntimeAddress {
  url: string;
  issuer: string;
  /** Where the embedded servers answer SDK clients. */
  endpoints: { dynamodb: string; kinesis: string; s3: string; athena?: string; ses?: string };
  /** The page with the mail that was sent since the start. */
  inbox?: string;
  /** What leads an SDK client in another process to the same servers, and the names of what they hold. */
  environment: Record<string, string>;
  pid: number;
  startedAt: string;
}

/**
 * Takes the folder for this runtime alone. Throws with the remedy when another runtime has it, its layout is not ours, it holds what is
 * not ours, or it cannot be written to.
 */
export function openDataDir(path: string): DataDir {
  if (path.trim() === '') throw new Error('--data-dir is empty: name a folder, such as .data.');
  const dir = resolve(path);
  try {
    refuseForeignFolder(dir);
    for (const name of [...STORES, 'logs']) makeFolder(join(dir, name));
    refuseReadOnly(dir);
  } catch (reason) {
    throw explainFolderFault(dir, reason);
  }
  return takeDataDir(dir);
}

/** A folder that was complete once needs no folder made: whether it can be written to is found out by writing. */
function refuseReadOnly(dir: string): void {
  const file = join(dir, `lock.${process.pid}.new`);
  try {
    writeFileSync(file, 'x');
  } finally {
    rmSync(file, { force: true });
  }
}

function takeDataDir(dir: string): DataDir {
  const unlock = lock(dir);
  let isToUpgrade = false;
  try {
    isToUpgrade = startAnewUnlessComplete(dir);
  } catch (reason) {
    unlock();
    throw reason;
  }
  const addressFile = join(dir, 'runtime.json');
  return {
    path: dir,
    isToUpgrade,
    store: (name) => join(dir, name),
    markComplete: () => writeWhole(join(dir, 'layout.json'), JSON.stringify({ layout: LAYOUT })),
    announce: (address) => writeWhole(addressFile, JSON.stringify(address, null, 2)),
    release: () => {
      rmSync(addressFile, { force: true });
      unlock();
    },
  };
}

/** Where the runtime on this folder answers, or undefined if none ever said so, or what it said cannot be read; it may have been killed. */
export function readRuntimeAddress(path: string): RuntimeAddress | undefined {
  const file = join(resolve(path), 'runtime.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RuntimeAddress;
  } catch {
    return undefined;
  }
}

/** Replaces a file in one step, so that a reader (or the next start after a kill) sees the old text or the new one. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  const temporary = `${file}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text, { mode });
    renameSync(temporary, file);
  } catch (reason) {
    rmSync(temporary, { force: true });
    throw reason;
  }
}

/**
 * The same for what a later write says again, and whose older text does no harm: where the disk is full the old text stays.
 * Answers whether it was written.
 */
export function writeIfRoom(file: string, text: string): boolean {
  try {
    writeWhole(file, text);
    return true;
  } catch (reason) {
    if (isDiskFailure(reason)) return false;
    throw reason;
  }
}

/** The operating system gives this lock back when the process dies, however it dies: a stale lock cannot exist. */
function lock(dir: string): () => void {
  const database = new DatabaseSync(join(dir, 'lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (reason) {
    database.close();
    // Any other failure is one of the file or its disk.
    if (!/locked|busy/i.test((reason as Error).message)) throw explainFolderFault(dir, reason);
    const owner = readRuntimeAddress(dir);
    throw new Error(
      `The data folder ${dir} is used by another runtime${owner ? ` (process ${owner.pid}, ${owner.url})` : ''}. ` +
        'Stop that one, or choose another folder with --data-dir.',
    );
  }
  return () => database.close();
}

/** The layout that a folder says it has. Throws where it cannot be told. */
function layoutOf(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { layout: unknown }).layout;
  } catch {
    throw new Error(
      `${file} cannot be read, so that it is not known what this data folder holds. ` +
        `If this version wrote it, put {"layout":${LAYOUT}} there; or choose another folder with --data-dir.`,
    );
  }
}

/** Answers whether the folder is complete and has to be upgraded. Throws where its layout is not known. */
function startAnewUnlessComplete(dir: string): boolean {
  const file = join(dir, 'layout.json');
  if (existsSync(file)) {
    const layout = layoutOf(file);
    if (layout === LAYOUT || layout === UPGRADED) return layout === UPGRADED;
    throw new Error(
      `The data folder ${dir} has layout ${String(layout)}; this version reads layout ${LAYOUT}. ` +
        'Start it with the version that wrote it, delete it, or choose another folder with --data-dir.',
    );
  }
  // Nothing was ever acknowledged here: a first start was cut off while it made its tables.
  for (const name of STORES)
    for (const entry of readdirSync(join(dir, name))) rmSync(join(dir, name, entry), { recursive: true });
  return false;
}
