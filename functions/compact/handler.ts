/** Makes few files of the many that a day brought. */
import type { Context } from 'aws-lambda';
import { compactLake } from '../../shared/lake/compact.ts';
import { openLake } from '../../shared/lake/store.ts';
import { metric } from '../metric.ts';

const lake = openLake(process.env.LAKE_BUCKET ?? '');
/** One table's day is done within it. */
const reserve = 240_000;

/** `since` names the first arrival day to look at, `graceMinutes` how long parts stay beside what they were merged into. */
export async function handler(
  { since, graceMinutes }: { since?: string; graceMinutes?: number } = {},
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
) {
  const { unreadable, ...done } = await compactLake(lake, {
    since,
    ...(graceMinutes === undefined ? {} : { grace: graceMinutes * 60_000 }),
    isTimeUp: () => (context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY) < reserve,
  });
  if (unreadable.length) console.log(metric('LakeUnreadable', unreadable.length));
  console.log(JSON.stringify({ level: unreadable.length ? 'error' : 'info', ...done, unreadable: unreadable.slice(0, 20) }));
  return { ...done, unreadable: unreadable.length };
}
