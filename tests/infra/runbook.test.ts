/** Does whoever is woken by an alarm find it in the runbook, and nothing there that cannot wake anyone? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTemplates, makeWeb, resources } from './make-stacks.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', '02-implementation', 'runbook.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| *[A-Z][A-Za-z0-9]+ *\|/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const templates = [...Object.values(makeTemplates()), makeWeb().web];
const alarms = templates.flatMap((template) => Object.entries(resources(template, 'AWS::CloudWatch::Alarm')));
/** A logical id without what the library appends. */
const nameOf = (id: string) => id.replace(/Alarm[0-9A-F]{8}$/, '');

it('has a row for every alarm, and none beside', () =>
  expect(rows.map(([name]) => name).sort()).toEqual(alarms.map(([id]) => nameOf(id)).sort()));

it.each(rows)('%s: says what it means, what to look at and what to do', (...cells) => {
  expect(cells).toHaveLength(4);
  for (const cell of cells) expect(cell.length).toBeGreaterThan(3);
});

it.each(alarms.map(([id, { AlarmDescription }]) => [nameOf(id), AlarmDescription]))(
  '%s says in its message what is wrong',
  (_, words) => expect(words).toMatch(/^\S.{20,}\.$/),
);
