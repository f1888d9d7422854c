/** Do schedules of the template run when they should, and once after a long sleep? */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planDeployment } from '../../local/deployment.ts';
import { makeNext } from '../../local/invokers/cron.ts';
import { startSchedules } from '../../local/invokers/schedule.ts';
import { readStacks } from '../../local/template.ts';
import { makeApp } from '../infra/make-stacks.ts';

const at = (instant: string): number => Date.parse(instant);

describe('an expression', () => {
  test.each([
    ['rate(1 hour)', '2026-03-01T10:20:00Z', '2026-03-01T11:00:00Z'],
    ['rate(15 minutes)', '2026-03-01T10:15:00Z', '2026-03-01T10:30:00Z'],
    ['rate(1 day)', '2026-03-01T10:20:00Z', '2026-03-02T00:00:00Z'],
    ['cron(2 * * * ? *)', '2026-03-01T10:02:00Z', '2026-03-01T11:02:00Z'],
    ['cron(0/15 * * * ? *)', '2026-03-01T10:20:00Z', '2026-03-01T10:30:00Z'],
    ['cron(30 3 * * ? *)', '2026-03-01T10:20:00Z', '2026-03-02T03:30:00Z'],
    ['cron(0 9 ? * MON-FRI *)', '2026-03-06T10:00:00Z', '2026-03-09T09:00:00Z'],
    ['cron(0 6 1 * ? *)', '2026-03-01T06:00:00Z', '2026-04-01T06:00:00Z'],
    ['cron(0 6 29 FEB ? *)', '2026-03-01T06:00:00Z', '2028-02-29T06:00:00Z'],
    ['cron(5,10 6 ? 3,12 7 2026-2027)', '2026-03-07T06:05:00Z', '2026-03-07T06:10:00Z'],
  ])('%s after %s is due at %s', (expression, after, next) => {
    expect(new Date(makeNext(expression)(at(after))).toISOString()).toBe(new Date(next).toISOString());
  });

  test('of years gone by is never due again', () => {
    expect(makeNext('cron(0 0 1 1 ? 2020)')(at('2026-01-01T00:00:00Z'))).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    'rate(1 week)',
    'cron(0 6 L * ? *)',
    'cron(0 6 ? * 2#1 *)',
    'cron(60 * * * ? *)',
    'cron(* * * * *)',
    'at(2026-01-01T00:00:00)',
  ])('%s is refused by name', (expression) => expect(() => makeNext(expression)).toThrow(expression));
});

describe('the local scheduler', () => {
  const schedules = [{ id: 'Hourly', functionArn: 'fn', expression: 'cron(2 * * * ? *)', input: { a: 1 } }];

  function drive(file: string, now: { ms: number }) {
    const started: unknown[] = [];
    const running = startSchedules({
      schedules,
      file,
      start: (functionArn, event) => started.push([functionArn, event]),
      clock: () => now.ms,
      lookEveryMilliseconds: 5,
    });
    return { started, running };
  }

  test('waits for the first time, then invokes with the input', async () => {
    const now = { ms: at('2026-03-01T10:30:00Z') };
    const { started, running } = drive(join(mkdtempSync(join(tmpdir(), 'schedules-')), 's.json'), now);
    expect(started).toEqual([]);
    now.ms = at('2026-03-01T11:02:00Z');
    await expect.poll(() => started, { interval: 5 }).toEqual([['fn', { a: 1 }]]);
    now.ms = at('2026-03-01T12:02:30Z');
    await expect.poll(() => started.length, { interval: 5 }).toBe(2);
    running.stop();
  });

  test('catches up once on what it missed while it was not running', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'schedules-')), 's.json');
    drive(file, { ms: at('2026-03-01T10:30:00Z') }).running.stop();
    const { started, running } = drive(file, { ms: at('2026-03-05T08:10:00Z') });
    expect(started).toHaveLength(1);
    running.stop();
  });

  test('does not wait for a last run that a wrong clock put into the future', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'schedules-')), 's.json');
    drive(file, { ms: at('2036-03-01T10:30:00Z') }).running.stop();
    const now = { ms: at('2026-03-01T10:30:00Z') };
    const { started, running } = drive(file, now);
    running.stop();
    expect(started).toEqual([]);
    now.ms = at('2026-03-01T11:02:00Z');
    const later = drive(file, now);
    expect(later.started).toHaveLength(1);
    later.running.stop();
  });
});

test('the schedules of the template are found with their functions and inputs', () => {
  const app = makeApp();
  app.synth();
  const { schedules, functions } = planDeployment(readStacks(app.outdir));
  expect(schedules.length).toBeGreaterThan(0);
  for (const { functionArn, expression } of schedules) {
    expect(functions.map(({ arn }) => arn)).toContain(functionArn);
    expect(() => makeNext(expression)).not.toThrow();
  }
});
