/** How long ago was it? In words, by the service's clock. */
import { duration } from './numbers.ts';
import { say } from './say.ts';

/** Seconds from an instant to now (ms); never negative: what is newer than now is now. */
export const ageOf = (instant: string, now: number): number => Math.max(0, (now - Date.parse(instant)) / 1000);

/** "just now", "42 s ago", "3 h 10 min ago". */
export function formatAge(seconds: number): string {
  if (seconds < 10) return say('age.now');
  return say('age.ago', { time: duration(seconds < 60 ? Math.floor(seconds) : seconds - (seconds % 60)) });
}
