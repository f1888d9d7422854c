/** How long ago was it? In words, by the service's clock. */
import { duration } from './numbers.ts';

/** Seconds from an instant to now (ms); never negative: what is newer than now is now. */
export const ageOf = (instant: string, now: number): number => Math.max(0, (now - Date.parse(instant)) / 1000);

/** "just now", "42 s ago", "3 h 10 min ago". */
export function tellAge(seconds: number): string {
  if (seconds < 10) return 'just now';
  return `${seconds < 60 ? `${Math.floor(seconds)} s` : duration(seconds - (seconds % 60))} ago`;
}
