/** Does every start that cannot be, and every command without a service, say what is wrong and what to do, and leave alone what is there? */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'starts-'));
const at = (name: string): string => join(folder, name);
const readOnly = at('read-only');
let canMount = false;
let taken: Server;
let port = 0;

beforeAll(async () => {
  writeFileSync(at('a-file'), 'mine');
  mkdirSync(at('photos'));
  for (const name of ['one.jpg', 'two.jpg']) writeFileSync(join(at('photos'), name), 'mine');
  // What a start would empty, in a folder that is somebody's.
  mkdirSync(join(at('photos'), 'athena'));
  writeFileSync(join(at('photos'), 'athena', 'three.jpg'), 'mine');
  mkdirSync(at('newer'));
  writeFileSync(join(at('newer'), 'layout.json'), '{"layout":99}');
  mkdirSync(at('damaged'));
  writeFileSync(join(at('damaged'), 'layout.json'), '{"lay');
  mkdirSync(at('ended'));
  // Numbers of processes go up to 4,194,304: this one is nobody's.
  writeFileSync(
    join(at('ended'), 'runtime.json'),
    JSON.stringify({ url: 'http://127.0.0.1:9', issuer: 'http://127.0.0.1:9/issuer', pid: 99_999_999 }),
  );
  mkdirSync(at('half'));
  writeFileSync(join(at('half'), 'runtime.json'), '{"url":');
  symlinkSync(at('loop'), at('loop'));
  mkdirSync(readOnly);
  canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', readOnly]).status === 0;
  if (!canMount) console.error('Nothing can be mounted here (it needs root on Linux): a read-only disk is SKIPPED.');
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  port = (taken.address() as AddressInfo).port;
});
afterAll(() => {
  taken.close();
  if (canMount) spawnSync('umount', ['-l', readOnly]);
  rmSync(folder, { recursive: true, force: true });
});

type Ran = SpawnSyncReturns<string>;
const run = (command: string, flags: string[], environment: Record<string, string> = {}): Ran =>
  spawnSync(process.execPath, [`commands/${command}.ts`, ...flags], {
    encoding: 'utf8',
    timeout: 200_000,
    env: { ...process.env, CREATOR_ANALYTICS_TOKEN: '', ...environment },
  });
/** Words for a person: no stack, nothing of the system's own. */
const expectWords = ({ stderr, status }: Ran, words: RegExp, code: number): void => {
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(status).toBe(code);
};

describe('npm start', () => {
  it.each<[string, () => string[], RegExp]>([
    ['a folder that is a file', () => ['--data-dir', at('a-file')], /a-file is a file.*--data-dir/],
    ['a folder below a file', () => ['--data-dir', at('a-file/below/it')], /a-file is a file.*--data-dir/],
    [
      'a folder of somebody',
      () => ['--data-dir', at('photos')],
      /photos is no data folder.*holds one\.jpg, two\.jpg.*--data-dir/,
    ],
    ['a folder of a newer layout', () => ['--data-dir', at('newer')], /has layout 99; this version reads layout 2.*--data-dir/],
    ['a folder whose layout is torn', () => ['--data-dir', at('damaged')], /layout\.json cannot be read.*--data-dir/],
    [
      'a folder that cannot be',
      () => ['--data-dir', '/proc/no-such-thing'],
      /cannot be (made|written)|may not be written.*--data-dir/,
    ],
    ['a folder that leads to itself', () => ['--data-dir', at('loop')], /leads back to itself.*--data-dir/],
    ['a name that is too long', () => ['--data-dir', at('x'.repeat(300))], /too long a name.*--data-dir/],
    ['no name', () => ['--data-dir', ''], /--data-dir is empty.*name a folder/],
    [
      'a port in use',
      () => ['--port', String(port), '--data-dir', at('new-1')],
      /Port \d+ is in use. Choose another: npm start -- --port \d+/,
    ],
    ['a port of letters', () => ['--port', 'abc'], /--port abc is no port: a number from 0 to 65535/],
    ['no port', () => ['--port', ''], /is no port/],
    ['a port in another writing', () => ['--port', '0x50'], /--port 0x50 is no port/],
    ['a port that there is not', () => ['--port', '65536'], /--port 65536 is no port/],
    ['a flag that there is not', () => ['--prot', '1'], /--prot.*[\s\S]*--port 8787/],
    ['a word too much', () => ['demo'], /demo.*[\s\S]*--port 8787/],
  ])('on %s is refused in words', (_, flags, words) => expectWords(run('start', ['--no-open', ...flags()]), words, 1));

  it('on a disk that cannot be written to is refused in words', () => {
    if (!canMount) return;
    expectWords(run('start', ['--no-open', '--data-dir', join(readOnly, 'data')]), /cannot be written to.*--data-dir/, 1);
  });

  it('leaves a folder that is somebody’s as it was', () => {
    expect(readFileSync(join(at('photos'), 'athena', 'three.jpg'), 'utf8')).toBe('mine');
    expect(existsSync(join(at('photos'), 'lock'))).toBe(false);
  });

  it.each([
    ['port', { npm_config_port: 'true' }],
    ['no-open', { npm_config_open: '' }],
    ['empty', { npm_config_empty: 'true' }],
  ])('whose --%s was kept by npm is refused: it would start something else', (flag, environment) =>
    expectWords(
      run('start', ['9000'], environment),
      new RegExp(`npm kept --${flag} for itself. Write -- before the flags: npm start -- --port`),
      1,
    ),
  );
});

describe('a command', () => {
  const sample = 'samples/old-shop';
  const calls: [string, string[], number][] = [
    ['token', ['--role', 'analyst'], 1],
    ['athena', ['select 1'], 1],
    ['reconcile', [], 2],
    ['replay', ['--all'], 2],
    ['import', ['csv', sample], 2],
  ];
  describe.each(calls)('%s', (command, flags, code) => {
    it.each<[string, string, RegExp]>([
      [
        'a folder that is not there',
        'nowhere',
        /No service runs on .*nowhere, which is not there: start it with npm start -- --data-dir .*nowhere/,
      ],
      ['a folder that is a file', 'a-file', /a-file is a file, not the data folder/],
      ['a folder on which none runs', 'newer', /No service runs on .*newer: start it with npm start/],
      ['a folder whose word is torn', 'half', /No service runs on .*half: start it with npm start/],
    ])('on %s says what to do', (_, name, words) => expectWords(run(command, [...flags, '--data-dir', at(name)]), words, code));

    it('with a flag that there is not says which there are', () =>
      expectWords(run(command, [...flags, '--colour']), /--colour/, code));
  });

  it.each(calls.filter(([name]) => name !== 'import'))(
    '%s on a folder whose service was killed says so',
    (command, flags, code) =>
      expectWords(run(command, [...flags, '--data-dir', at('ended')]), /ended without saying so|was stopped or killed/, code),
  );

  it.each<[string, string[], RegExp]>([
    ['of a kind that there is not', ['xml', sample], /Say what to import: olist, uci, csv/],
    ['of nothing', ['csv'], /Name one folder or file/],
    [
      'of a path that is not there',
      ['csv', 'my-orders.csv', '--data-dir', 'x'],
      /There is no my-orders\.csv in .*npm run import -- csv samples\/old-shop/,
    ],
    [
      'to an address that is none',
      ['csv', sample, '--to', '127.0.0.1:8787', '--token', 'x'],
      /--to 127\.0\.0\.1:8787 is no address.*http:\/\/127/,
    ],
    [
      'to a service elsewhere without a token',
      ['csv', sample, '--to', 'http://127.0.0.1:9', '--data-dir', 'nowhere'],
      /--token or CREATOR_ANALYTICS_TOKEN/,
    ],
  ])('an import %s is refused in words', (_, flags, words) => expectWords(run('import', flags), words, 2));

  it.each<[string, string[], Record<string, string>]>([
    ['token', ['c-1'], { npm_config_creator: 'true' }],
    ['import', ['csv', sample, 'x'], { npm_config_data_dir: 'true' }],
    ['reconcile', [], { npm_config_all: 'true' }],
  ])('%s whose flags npm kept says how to write them', (command, flags, environment) => {
    const { stderr, status } = run(command, flags, environment);
    expect(stderr).toMatch(/npm kept --[a-z-]+ for itself\. Write -- before the flags/);
    expect(status).not.toBe(0);
  });

  it('an import that is interrupted says how to go on, and ends as a shell expects', async () => {
    // A service that takes its time for every batch: the import is under way when it is interrupted.
    const slow = createServer((request) => void request.resume());
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const asked = once(slow, 'request');
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, ['commands/import.ts', 'csv', sample, '--to', url, '--token', 'x'], { stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    await asked;
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    slow.closeAllConnections();
    slow.close();
    expect(errors).toMatch(/Interrupted\. What was accepted is kept: the same command goes on/);
    expect(code).toBe(130);
  });
});
