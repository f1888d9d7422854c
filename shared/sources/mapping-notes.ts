/** What did a mapping meet that it does not know, and what did it leave out? Counted, so that nothing is dropped in silence. */
import { type Tally, tally } from './files/import-report.ts';
import type { Raw } from './record.ts';

export interface Notes {
  /** Words and fields that are not known here, by what they are. */
  unknown: Map<string, Tally>;
  /** Records that became no event although they could be read, by the reason. */
  skipped: Map<string, Tally>;
  /** Records that could not be read, by the reason. */
  refused: Map<string, Tally>;
}

export const newNotes = (): Notes => ({ unknown: new Map(), skipped: new Map(), refused: new Map() });

/** The neutral word for a vendor's; one that is not known is kept in small letters and counted. */
export function wordOf(words: ReadonlyMap<string, string>, word: string, what: string, where: string, notes: Notes): string {
  const known = words.get(word) ?? words.get(word.toUpperCase());
  if (known) return known;
  tally(notes.unknown, `${what} ${word.slice(0, 60)}`, where);
  return word.toLowerCase().slice(0, 40);
}

/** Counts the fields of a record that are not known. Their values are not kept: they may be personal data. */
export function countFields(record: Raw, known: ReadonlySet<string>, what: string, where: string, notes: Notes): void {
  for (const name of Object.keys(record))
    if (!known.has(name)) tally(notes.unknown, `field ${name.slice(0, 60)} of ${what}`, where);
}

/** Maps records one by one: one that cannot be read is counted with its reason and stops no other. */
export function mapEach<T, R>(records: readonly T[], map: (record: T) => R[], nameOf: (record: T) => string, notes: Notes): R[] {
  return records.flatMap((record) => {
    try {
      return map(record);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tally(notes.refused, error.message.slice(0, 200), nameOf(record));
      return [];
    }
  });
}
