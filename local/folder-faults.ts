/** Why can a folder not be the data folder, and what is to be done about it? */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDiskFailure } from './disk-room.ts';

const another = 'choose another folder with --data-dir';

/** Names that this service, its demo and its commands give to what they keep; others have come some other way. */
const known = /^(lock.*|(layout|demo|runtime|issuer-key|secrets|replay.*)\.json.*|dynamodb|kinesis|s3|athena|checkpoints|logs)$/;
/** What file systems and desktops put into a folder by themselves. */
const passing = /^(lost\+found|\.DS_Store|desktop\.ini|\.gitkeep|\.gitignore)$/;

/** Throws where the folder holds what is not ours: a start empties the stores of a folder that was never complete. */
export function refuseForeignFolder(dir: string): void {
  if (!existsSync(dir)) return;
  if (!statSync(dir).isDirectory()) throw new Error(`${dir} is a file, and data is kept in a folder: ${another}.`);
  const names = readdirSync(dir);
  if (names.includes('lock') || names.includes('layout.json')) return;
  const foreign = names.filter((name) => !known.test(name) && !passing.test(name));
  if (foreign.length > 0)
    throw new Error(
      `${dir} is no data folder of this service: it holds ${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', …' : ''}. ` +
        'Name an empty folder or a new one with --data-dir.',
    );
}

/**
 * Makes a folder and those above it, one by one.
 * TRICKY: mkdir's own `recursive` never returns where the parent takes no folder (/proc), and calls a read-only disk ENOENT.
 */
export function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (reason) {
    // A link that leads nowhere, or to itself, is there and is not: looking at what it leads to says which.
    if ((reason as NodeJS.ErrnoException).code === 'EEXIST') statSync(dir);
    throw reason;
  }
}

/** The nearest ancestor that is there and is no folder. */
function fileOnTheWay(dir: string): string | undefined {
  for (let path = dir; path !== dirname(path); path = dirname(path))
    if (existsSync(path)) return statSync(path).isDirectory() ? undefined : path;
  return undefined;
}

/** The failure of a file system, told with its remedy; any other as it is. */
export function explainFolderFault(dir: string, reason: unknown): unknown {
  const { code, message } = reason as NodeJS.ErrnoException;
  const saying = (text: string): Error => new Error(text, { cause: reason });
  if (isDiskFailure(reason) || /database or disk is full/.test(message))
    return saying(`There is no room on the disk of ${dir}: free some, or ${another}.`);
  const words: Record<string, string> = {
    ENOTDIR: `${fileOnTheWay(dir) ?? dir} is a file, and data is kept in a folder: ${another}.`,
    EEXIST: `${fileOnTheWay(dir) ?? dir} is a file, and data is kept in a folder: ${another}.`,
    EROFS: `${dir} lies on a file system that cannot be written to: ${another}.`,
    EACCES: `${dir} may not be written to by this user: change its owner or its permissions, or ${another}.`,
    EPERM: `${dir} may not be written to by this user: change its owner or its permissions, or ${another}.`,
    ENOENT: `${dir} cannot be made there: ${another}.`,
    ENAMETOOLONG: `${dir} is too long a name: ${another}.`,
    ELOOP: `${dir} is a link that leads back to itself: ${another}.`,
  };
  const text = words[code ?? ''];
  return text === undefined ? reason : saying(text);
}
