/** Does `npm run forecast` answer every row of a file, and say of a wrong one which it is and what to do? */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRows } from '../../commands/forecast-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

function run(rows: unknown, ...flags: string[]) {
  writeFileSync(at('rows.json'), typeof rows === 'string' ? rows : JSON.stringify(rows));
  rmSync(at('out.json'), { force: true });
  return spawnSync(process.execPath, ['commands/forecast.ts', '--in', at('rows.json'), '--out', at('out.json'), ...flags], {
    encoding: 'utf8',
    timeout: 60_000,
  });
}
const days = Array.from({ length: 60 }, (_, i) => 100 + 30 * (i % 7) + ((i * i) % 11));
const row = { id: 'orders', period: 'daily', freq: 7, h: 14, train: days };

describe('npm run forecast', () => {
  it.each([[], ['--hot']])('writes forecasts and refusals, one a row, in the order of rows %j', (...flags) => {
    const rows = [row, { ...row, id: 2, train: [] }, { ...row, id: 'gap', train: [null, ...days.slice(1)], test: [1] }];
    const { status, stdout, stderr } = run(rows, ...flags);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^2 forecasts, 1 refused, in [\d.]+ s: /);
    const [first, second, third] = JSON.parse(readFileSync(at('out.json'), 'utf8'));
    expect(Object.keys(first)).toEqual(['id', 'method', 'mean', 'lower80', 'upper80', 'lower95', 'upper95']);
    for (const name of ['mean', 'lower80', 'upper80', 'lower95', 'upper95']) expect(first[name]).toHaveLength(14);
    expect(first.id).toBe('orders');
    expect(second).toEqual({ id: 2, refused: 'There is no history yet, so there is nothing to forecast from.' });
    expect(third.id).toBe('gap');
  });

  it('never reads what came: test values change nothing', () => {
    run([{ ...row, test: days.slice(0, 14) }]);
    const withTest = readFileSync(at('out.json'), 'utf8');
    run([row]);
    expect(readFileSync(at('out.json'), 'utf8')).toBe(withTest);
  });

  it('names the row that is wrong, and writes nothing', () => {
    const { status, stderr } = run([row, { ...row, id: 'b', train: [1, 'two', 3] }]);
    expect(status).toBe(1);
    expect(stderr).toBe('Row 2 (b): value 2 of train is "two"; give a number, or null where it is not known.\n');
    expect(existsSync(at('out.json'))).toBe(false);
  });

  it('says what is missing, and what a file is not', () => {
    const missing = spawnSync(process.execPath, ['commands/forecast.ts', '--in', at('nowhere.json'), '--out', at('out.json')], {
      encoding: 'utf8',
    });
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('name a file of series with --in.')]);
    const noFlag = spawnSync(process.execPath, ['commands/forecast.ts'], { encoding: 'utf8' });
    expect([noFlag.status, noFlag.stderr]).toEqual([1, expect.stringContaining('Name the file of series with --in')]);
    const noFolder = run([row], '--out', at('no/such/folder.json'));
    expect([noFolder.status, noFolder.stderr]).toEqual([1, expect.stringContaining('name another file with --out.')]);
    expect(run('{').stderr).toContain('is no JSON');
  });
});

describe('rows', () => {
  const read = (rows: unknown) => readRows(JSON.stringify(rows), 'rows.json');

  it('may be in an object', () => expect(read({ rows: [row] })).toHaveLength(1));

  it('of hours repeat by the day and by the week', () => {
    const periodsOf = (of: object): unknown =>
      (read([{ ...row, period: undefined, ...of }]) as { periods: number[] }[])[0]?.periods;
    expect(periodsOf({ freq: 24, period: 'HOURLY' })).toEqual([24, 168]);
    expect(periodsOf({ freq: 168, period: 'hourly' })).toEqual([24, 168]);
    expect(periodsOf({ freq: 24 })).toEqual([24, 168]);
    expect(periodsOf({ freq: 168 })).toEqual([24, 168]);
    expect(periodsOf({ freq: [24, 168] })).toEqual([24, 168]);
    expect(periodsOf({ freq: 24, period: 'half-monthly' })).toEqual([24]);
    expect(periodsOf({ freq: 7, period: 'daily' })).toEqual([7]);
  });

  it.each([
    [[5], 'Row 1 is no object'],
    [[{ ...row, id: undefined }], 'Row 1 has no id'],
    [[{ ...row, h: 0 }], 'Row 1 (orders): h is 0'],
    [[{ ...row, freq: 'week' }], 'Row 1 (orders): freq is "week"'],
    [[{ ...row, train: 'x' }], 'Row 1 (orders) has no list "train"'],
    [{ series: [] }, 'rows.json holds no list of rows'],
  ])('%j are refused in words', (rows, words) => expect(read(rows)).toContain(words));
});
