/** Is adding a source of files really one file and a line? Done as the page shows, on a copy, and a file is imported. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { parseEvent } from '../../shared/events/parse.ts';

const page = readFileSync(pathOf('docs/02-implementation/add-a-source.md'), 'utf8');
const file = /The file is `(.+?)`/.exec(page)?.[1] ?? '';
const source = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const [imported = '', line = ''] = (/```diff\n([\s\S]*?)```/.exec(page)?.[1] ?? '').split('\n').map((one) => one.slice(1));

// Inside the tree, so that packages are found; the folder is ignored by git.
mkdirSync(pathOf('.build'), { recursive: true });
const copy = mkdtempSync(pathOf('.build/add-a-source-'));
afterAll(() => rmSync(copy, { recursive: true }));
const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });

it('is taken by the command, and its events are good', () => {
  for (const part of ['shared', 'commands', 'samples', 'local', 'infra', 'functions', 'tsconfig.json', 'package.json'])
    cpSync(pathOf(part), join(copy, part), { recursive: true });
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), source);
  const command = join(copy, 'commands/import.ts');
  const before = readFileSync(command, 'utf8');
  const after = before
    .replace('import { openCsvImport', `${imported}\nimport { openCsvImport`)
    .replace('  uci: uciEvents,\n', `  uci: uciEvents,\n${line}\n`);
  expect(after.split('\n').length - before.split('\n').length).toBe(2);
  writeFileSync(command, after);

  const sales = join(copy, 'sales.csv');
  writeFileSync(
    sales,
    'no,time,item,price\n1,2026-03-01 10:00:00,bowl,24.50\n2,yesterday,bowl,24.50\n3,2026-03-01 11:30:00,cup,9.00\n',
  );
  expect(run('commands/import.ts', '--help').stdout).toContain('<olist|uci|market|csv>');
  const script = `const { marketEvents } = await import('./${file}');
    const { newReport } = await import('./shared/sources/files/import-report.ts');
    const report = newReport();
    console.log(JSON.stringify({ events: await Array.fromAsync(marketEvents('${sales}', { report })), skipped: [...report.skipped.values()] }));`;
  const { stdout, stderr } = run('--input-type=module', '-e', script);
  expect(stderr).toBe('');
  const { events, skipped } = JSON.parse(stdout) as { events: CloudEvent[]; skipped: { count: number }[] };
  expect(skipped).toMatchObject([{ count: 1 }]);
  expect(events.map(({ subject }) => subject)).toEqual(['creator/market-stall', 'order/1', 'order/3']);
  for (const event of events) expect(parseEvent(event, Date.parse('2026-06-01T00:00:00Z'))).toMatchObject({ ok: true });
  expect(events[1]?.data).toMatchObject({ paidAt: '2026-03-01T09:00:00Z', lines: [{ unitPrice: 2450, quantity: 1 }] });
});
