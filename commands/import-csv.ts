/** What can be said of an import of your own CSV files, and what does it leave behind? Flags, a dry run, and the rows that were refused. */

import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import type { CloudEvent } from '../shared/events/parse.ts';
import { csvEvents } from '../shared/sources/csv/events.ts';
import { type FromFile, markWords, refusedFiles } from '../shared/sources/csv/refused.ts';
import { type Encoding, encodings } from '../shared/sources/files/decode-text.ts';
import type { ImportReport } from '../shared/sources/files/import-report.ts';
import type { BatchAnswer } from '../shared/sources/post/send-batch.ts';
import { dataDirFlag, shellWord } from './shell-word.ts';

export interface CsvFlags {
  isDryRun: boolean;
  encoding: Encoding | undefined;
  decimalMark: '.' | ',' | undefined;
  exportedAt: number | undefined;
  rejected: string | undefined;
  /** Whose rows are that do not say it. */
  creatorId: string | undefined;
  /** Flags that the import of mended rows needs again, as they stand in a command. */
  again: string;
  /** A token was given with a flag: the next import needs one too. */
  hasToken: boolean;
}

/** Throws with the remedy where a folder for refused rows holds something already, or is none. */
function refuseTaken(folder: string): void {
  if (!existsSync(folder)) return;
  const remedy = 'name a new folder with --rejected, or leave the flag out';
  if (!statSync(folder).isDirectory()) throw new Error(`--rejected ${folder} is a file, not a folder: ${remedy}.`);
  if (readdirSync(folder).length > 0)
    throw new Error(
      `--rejected ${folder} holds files already, perhaps rows of an earlier import that are still to be mended: ${remedy}.`,
    );
}

/**
 * What another import to the same place must be called with. Encoding and time of export are not among it: refused rows come back in UTF-8,
 * and each says when it was exported.
 */
const flagsAgain = ({ 'data-dir': dataDir, to, 'decimal-mark': mark, creator }: Values): string =>
  [
    dataDirFlag(String(dataDir ?? '.data')),
    to === undefined ? '' : ` --to ${shellWord(String(to))}`,
    mark === undefined ? '' : ` --decimal-mark ${mark}`,
    creator === undefined ? '' : ` --creator ${creator}`,
  ].join('');

type Values = { [flag: string]: string | boolean | undefined };

/** The flags for CSV files. Throws with what can be said instead. */
export function readCsvFlags(values: Values): CsvFlags {
  const { encoding, rejected, creator } = values;
  const [mark, exported] = [values['decimal-mark'], values['exported-at']];
  if (encoding !== undefined && !encodings.includes(encoding as Encoding))
    throw new Error(`--encoding ${encoding} is not known; known are ${encodings.join(', ')}.`);
  if (mark !== undefined && !(String(mark) in markWords)) throw new Error('--decimal-mark takes point or comma.');
  const exportedAt = exported === undefined ? undefined : Date.parse(String(exported));
  if (exportedAt !== undefined && !(exportedAt <= Date.now()))
    throw new Error(`--exported-at ${exported} is no time that has been; write it as 2026-03-01T14:03:00Z.`);
  if (creator !== undefined && !/^[A-Za-z0-9._~-]{1,128}$/.test(String(creator)))
    throw new Error('--creator takes 1 to 128 letters, digits or . _ ~ -');
  if (rejected !== undefined) refuseTaken(String(rejected));
  return {
    isDryRun: values['dry-run'] === true,
    encoding: encoding as Encoding | undefined,
    decimalMark: mark === undefined ? undefined : markWords[mark as keyof typeof markWords],
    exportedAt,
    rejected: rejected as string | undefined,
    creatorId: creator as string | undefined,
    again: flagsAgain(values),
    hasToken: values.token !== undefined && values.token !== process.env.CREATOR_ANALYTICS_TOKEN,
  };
}

export interface CsvRun {
  events: AsyncGenerator<CloudEvent>;
  /** Keeps the rows of what the service refused. */
  onAnswer: (batch: CloudEvent[], answer: BatchAnswer) => void;
  /** Ends the run: what was made of the files. */
  summary: () => string[];
}

const stampOf = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(':', '-');

/** Makes a folder of a name that nothing has yet: two imports may begin in one second. */
function makeNew(name: string, n = 1): string {
  const folder = n === 1 ? name : `${name}-${n}`;
  try {
    mkdirSync(folder);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return makeNew(name, n + 1);
  }
}

function makeNamed(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Opens an import; refused rows go into a folder of their own as they are found. */
export function openCsvImport(path: string, report: ImportReport, flags: CsvFlags, now = new Date()): CsvRun {
  const { rejected: named } = flags;
  const refused = refusedFiles(() => (named === undefined ? makeNew(`rejected-${stampOf(now)}`) : makeNamed(named)));
  const sources = new Map<CloudEvent, FromFile>();
  const made = new Map<string, number>();
  const events = csvEvents(path, {
    report,
    ...flags,
    onRefused: (from, problems) =>
      refused.add(from, problems.map(({ column, message }) => `${column} ${message}`.trim()).join('; ')),
    onEvent: (event, from) => {
      const { entity } = from.table;
      made.set(entity, (made.get(entity) ?? 0) + 1);
      if (entity === 'creator') refused.know(from);
      if (!flags.isDryRun) sources.set(event, from);
    },
  });
  return {
    events,
    onAnswer(batch, { rejected }) {
      for (const { index, code, message } of rejected) {
        const source = sources.get(batch[index] as CloudEvent);
        if (source) refused.add(source, `${code}: ${message}`);
      }
      for (const event of batch) sources.delete(event);
    },
    summary() {
      const { folder, files } = refused.close();
      const words: string[] = [];
      if (flags.isDryRun) {
        const counts = [...made].map(([entity, n]) => `${n} × ${entity}`).join(', ');
        words.push(`A dry run: ${counts || 'nothing'} would be sent; nothing was.`);
      }
      if (folder)
        words.push(
          `What was refused is in ${files.join(', ')}, with the line and what was wrong. Mend it there, then${flags.hasToken ? ', with --token as before' : ''}: npm run import -- csv ${shellWord(folder)}${flags.again}`,
        );
      return words;
    },
  };
}
