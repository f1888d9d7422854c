/** What did an import leave out, and why? Filled by an importer while it reads. */
import type { CloudEvent } from '../../events/parse.ts';

export interface Tally {
  count: number;
  /** The first few, so that a reader can look them up in the file. */
  examples: string[];
}

export interface ImportReport {
  /** Rows read of all files. */
  rows: number;
  /** Rows left out as the mapping says: expected, no fault of the file. */
  skipped: Map<string, Tally>;
  /** Rows that are wrong: each example names file, line, column and remedy. */
  wrong: Map<string, Tally>;
  /** What was changed on the way (a price rounded, an invoice split). */
  notes: Map<string, Tally>;
  /** How far it is, in units of the importer's choice. */
  done: number;
  of: number;
}

export const newReport = (): ImportReport => ({
  rows: 0,
  skipped: new Map(),
  wrong: new Map(),
  notes: new Map(),
  done: 0,
  of: 0,
});

const mostExamples = 5;

/** Counts one more under a reason and keeps the first few examples. */
export function tally(counts: Map<string, Tally>, reason: string, example: string, by = 1): void {
  const known = counts.get(reason) ?? { count: 0, examples: [] };
  known.count += by;
  if (known.examples.length < mostExamples) known.examples.push(example);
  counts.set(reason, known);
}

/** Reads the events of a file or folder; creators come before what is theirs. Throws where a file or a column is missing. */
export type FileSource = (path: string, options: ImportOptions) => AsyncIterable<CloudEvent>;

export interface ImportOptions {
  report: ImportReport;
  /** Only the creators with the most orders, this many. */
  creators?: number | undefined;
}
