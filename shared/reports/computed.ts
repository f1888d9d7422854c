/** What do reports say of the job that computed them? */
import { insightVersion } from '../insight/job.ts';
import type { DocumentHead } from '../store/report-documents.ts';

const isoOf = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** When it was computed, and how far it had seen. Without a head it was not yet. */
export const computedBy = (head: DocumentHead | undefined) => ({
  computedAt: isoOf(head?.computedAt),
  seenUntil: isoOf(head?.seenUntil),
  version: insightVersion,
});

/** A share, rounded to what anyone reads of it; null over nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000_000) / 1_000_000;
