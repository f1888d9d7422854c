/** How many days can be asked for at once? Five calendar years, by one rule for the API, the exports and the dashboard. */
import { addDays } from './time.ts';

export const mostYears = 5;

const shiftYears = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;

/** The last day that can be asked for together with a first one: the eve of the same date five years on. */
export const latestWith = (from: string): string => addDays(shiftYears(from, mostYears), -1);

/** The first day that can be asked for together with a last one. */
export const earliestWith = (to: string): string => addDays(shiftYears(addDays(to, 1), -mostYears), 0);
