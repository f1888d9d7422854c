/** Makes few files of the many that a day brought. */
import { compactLake } from '../../shared/lake/compact.ts';
import { openLake } from '../../shared/lake/store.ts';
import { serveJob } from '../job.ts';
import { metric } from '../metric.ts';

/** One table's day is done within it. */
const reserve = 240_000;

export interface CompactEvent {
  /** First arrival day to look at. */
  since?: string;
  /** How long parts stay beside what they were merged into. */
  graceMinutes?: number;
}

export const handler = serveJob(
  (variable) => openLake(variable('LAKE_BUCKET')),
  async (lake, { since, graceMinutes }: CompactEvent, millisecondsLeft) => {
    const { unreadable, ...done } = await compactLake(lake, {
      since,
      ...(graceMinutes === undefined ? {} : { grace: graceMinutes * 60_000 }),
      isTimeUp: () => millisecondsLeft() < reserve,
      // Day by day: a day that fails makes the whole run throw in the end.
      onDay: (table, dt, { unreadable: found }) => {
        if (!found.length) return;
        console.log(metric('LakeUnreadable', found.length));
        console.error(JSON.stringify({ level: 'error', table, dt, unreadable: found.slice(0, 20) }));
      },
    });
    return { level: unreadable.length ? 'error' : 'info', ...done, unreadable: unreadable.slice(0, 20) };
  },
);
