/** How did an import of files go? Told as an operation minute of the source `files`, so that it stands beside the requests to vendors. */
import type { CloudEvent } from '../../events/parse.ts';
import type { Tally } from './import-report.ts';
import { snapshot } from './snapshot.ts';

export interface ImportOutcomeCounts {
  creatorId: string;
  /** When the import was agreed to (ms): the same in each attempt at it, so that a repeat is the same event. */
  at: number;
  /** Events that were taken. */
  accepted: number;
  /** Events that were refused, by code. */
  refused: ReadonlyMap<string, Pick<Tally, 'count'>>;
  /** Rows that were left out because the file is wrong. */
  wrong: number;
}

/** One event; two imports of a creator within a minute tell of the later one. */
export function importOperation({ creatorId, at, accepted, refused, wrong }: ImportOutcomeCounts): CloudEvent {
  const failures = [...refused].map(([kind, { count }]) => ({ kind, count }));
  if (wrong > 0) failures.push({ kind: 'wrong in the file', count: wrong });
  return snapshot({
    source: '/files',
    entity: 'operation-minute',
    creatorId,
    subject: `operation/files/${new Date(at).toISOString().slice(0, 16)}Z`,
    at,
    data: { requests: failures.reduce((sum, { count }) => sum + count, accepted), failures },
  });
}
