/** What do all lists have in common that are read, changed and sent back whole? A version, ids of their own, and text that can be shown. */
import * as z from 'zod';

// Stored and answered as it is given, whatever the script: whoever shows it escapes it.
export const printable = /^[^\p{Cc}\p{Cs}]*$/u;
export const noControls = 'must have no control characters';

export const entryId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _')
  .describe('chosen by whoever saves it');

/** Of what is sent. */
export const versionSent = z
  .int({ error: 'must be the version that was read; 0 where nothing was saved yet' })
  .min(0)
  .max(Number.MAX_SAFE_INTEGER - 1)
  .describe('the version this was made from; 0 where nothing was saved yet');

/** Of what is answered. */
export const versionRead = z.int().describe('counted up by each change; 0: nothing was saved yet');

/** The instants that entries are answered with: a list as it was read may be sent back. */
export const sentInstant = { savedAt: z.string().max(40).optional().describe('not looked at') };
export const readInstant = { savedAt: z.string().describe('when this entry was last changed (UTC)') };

/** Entries of a list that is sent: at most so many, each id once. */
export const listSent = <Entry extends z.ZodType<{ id: string }>>(entry: Entry, most: number, plural: string) =>
  z
    .array(entry)
    .max(most, `at most ${most} ${plural} are kept`)
    .superRefine((entries, context) => {
      const seen = new Set<string>();
      for (const [i, { id }] of entries.entries()) {
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [i, 'id'], message: `${id} is there twice: give each entry its own id` });
        seen.add(id);
      }
    });
