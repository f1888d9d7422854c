/** How do schedules of the template invoke functions on time, and catch up once after the machine slept? */
import { existsSync, readFileSync } from 'node:fs';
import { writeIfRoom, writeWhole } from '../data-dir.ts';
import type { ScheduleSpec } from '../deployment.ts';
import { isDiskFailure } from '../disk-room.ts';
import { makeNext } from './cron.ts';

export interface ScheduleOptions {
  schedules: ScheduleSpec[];
  /** Hands an event over to a function and does not wait for it, as the scheduler does. */
  start(functionArn: string, event: unknown): void;
  /** Where it is kept when each schedule last ran. */
  file: string;
  clock?: () => number;
  /** How often to look. */
  lookEveryMilliseconds?: number;
}

export interface Schedules {
  stop(): void;
}

/**
 * Starts what is due, each at most once however much was missed: a closed laptop does not run a night's hours one by one.
 * A schedule that never ran before waits for its first instant.
 */
export function startSchedules(options: ScheduleOptions): Schedules {
  const { schedules, start, file, clock = Date.now, lookEveryMilliseconds = 1000 } = options;
  const known: Record<string, number> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // A clock that was set back must not make anyone wait for a last run that lies ahead.
  const lastRuns = Object.fromEntries(schedules.map(({ id }) => [id, Math.min(known[id] ?? clock(), clock())]));
  const nexts = new Map(schedules.map(({ id, expression }) => [id, makeNext(expression)]));
  writeWhole(file, JSON.stringify(lastRuns));

  function look(): void {
    const now = clock();
    const due = schedules.filter(({ id }) => (nexts.get(id)?.(lastRuns[id] ?? now) ?? Number.POSITIVE_INFINITY) <= now);
    if (!due.length) return;
    const before = { ...lastRuns };
    for (const { id } of due) lastRuns[id] = now;
    // What a full disk could not take is due again at the next look.
    if (!writeIfRoom(file, JSON.stringify(lastRuns))) return void Object.assign(lastRuns, before);
    for (const { id, functionArn, input } of due) if (!startIfRoom(functionArn, input)) lastRuns[id] = before[id] ?? now;
  }

  function startIfRoom(functionArn: string, input: unknown): boolean {
    try {
      start(functionArn, input);
      return true;
    } catch (reason) {
      if (isDiskFailure(reason)) return false;
      throw reason;
    }
  }

  look();
  const timer = setInterval(look, lookEveryMilliseconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
