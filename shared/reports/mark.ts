/** What does an answer depend on? As long as its mark is the same, so is the answer: who has it need not be sent, nor made, it again. */
import { createHash } from 'node:crypto';
import { dictionary } from '../kpis/dictionary.ts';
import { toLocal, zoneAt } from '../time.ts';
import type { Glance } from './scope.ts';

/**
 * An application that is so new (seconds since the arrival of what was applied) is not relied on. TRICKY: the index of open orders
 * follows the table a moment later, and what arrived is applied some seconds after it.
 */
const settledAfter = 20;
const aMinute = 60_000;

/** The beginning (ms) of the minute that runs: what changes by the clock alone changes there. */
export const startOfMinute = (now: number): number => now - (now % aMinute);

/**
 * The mark of an answer: of what is applied, of the creator's profile (zones, currency, calendar, generation), of the definitions, of the
 * minute that runs in the creator's zone, and of `more` that the answer depends on (version of the service, parameters). Undefined while
 * accepted events wait or were applied just now: such an answer may change without any of these.
 */
export function markOf({ partition, profile, zones, progress, now }: Glance, more: readonly unknown[]): string | undefined {
  const { applied, asOf, lagSeconds } = progress;
  const isSettled = lagSeconds === 0 && (asOf === '' || now - Date.parse(asOf) >= settledAfter * 1000);
  if (!isSettled) return undefined;
  const minute = toLocal(startOfMinute(now), zones);
  const all = [partition, profile, applied, asOf, dictionary.latest, minute, zoneAt(zones, now), more];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 16);
}
