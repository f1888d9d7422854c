/** Does the import say, as a person sees it, when its numbers are right, and how to look where it does not wait? */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { type Reply, standIn } from './stand-in-api.ts';

const root = join(import.meta.dirname, '../..');

function folderOf(files: { [name: string]: string[] }): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return folder;
}
const creators = ['creator_id,name,time_zone,currency', 'c-7,Shop,America/New_York,USD'];

/** A service that takes everything in and is as far as `position` says. */
function service(position: () => string, quarantined = 0) {
  return standIn((batch: CloudEvent[], _, path): Reply => {
    if (path.startsWith('/v1/events/progress'))
      return { status: 200, body: { creators: [{ creatorId: 'c-7', position: position(), lagSeconds: 4, quarantined }] } };
    if (path.startsWith('/v1/health')) return { status: 200, body: { sources: [{ name: 'archive', lagSeconds: 30 }] } };
    const positions = [{ creatorId: 'c-7', position: 'b', quarantined: 0 }];
    return { status: 202, body: { accepted: batch.length, rejected: [], positions } };
  });
}

/** Runs the command to its end; `onError` gets what it says on the way, and may stop it with a signal. */
function importTo(
  url: string,
  flags: string[] = [],
  onError: (text: string, stop: () => void) => void = () => {},
  files: { [name: string]: string[] } = { 'creators.csv': creators },
) {
  const folder = folderOf(files);
  const args = [join(root, 'commands/import.ts'), 'csv', folder, '--to', url, '--token', 'a-token', ...flags];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, said] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    said += data;
    onError(said, () => child.kill('SIGINT'));
  });
  return new Promise<{ code: number | null; out: string; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, said })),
  );
}

test('an import ends when everything is counted, and says so', async () => {
  const { url } = await service(() => 'b');
  const { code, out, said } = await importTo(url);
  expect(said).toContain('counted 1 of 1');
  expect(out).toContain('accepted 1\n');
  expect(out).toContain('counted 1 of 1; reports are complete\nThe lake (SQL) follows: its oldest event waits 30 s.');
  expect(code).toBe(0);
});

test('with --no-wait it ends at accepted, and says how to look', async () => {
  const { url } = await service(() => 'a');
  const { code, out } = await importTo(url, ['--no-wait']);
  expect(out).toContain('accepted 1\n');
  expect(out).toContain(`Look at ${url}/v1/health`);
  expect(code).toBe(0);
});

test('Ctrl-C while it waits says that nothing is lost, and how to look', async () => {
  const { url } = await service(() => 'a');
  const { code, out } = await importTo(url, [], (text, stop) => {
    if (text.includes('counted 0 of 1')) stop();
  });
  expect(out).toContain('No longer waiting; nothing is lost: all 1 are accepted and go on being counted.');
  expect(out).toContain(`${url}/v1/health`);
  expect(code).toBe(130);
});

test('it ends with events in quarantine too, and says how many', async () => {
  const { url } = await service(() => 'b', 1);
  const { code, out } = await importTo(url);
  expect(out).toMatch(/counted 0 of 1; reports are complete\n1 is in quarantine/);
  expect(code).toBe(0);
});

test('a creator that the service refuses and a wrong row stop nothing else, and come back together', async () => {
  const head = 'creator_id,order_id,placed_at,product_id,quantity,unit_price';
  const row = (creator: string, price: string) => `${creator},o-1,2026-03-01T10:00:00Z,p-1,1,${price}`;
  const files = {
    'creators.csv': [...creators, 'c-8,Other,America/New_York,USD'],
    'orders.csv': [head, row('c-7', 'x'), row('c-8', '1.00')],
  };
  const { url } = await standIn((batch: CloudEvent[], _, path): Reply => {
    if (path.startsWith('/v1/health')) return { status: 200, body: { sources: [] } };
    const rejected = batch.flatMap(({ subject }, index) =>
      subject === 'creator/c-7' ? [{ index, code: 'currency_change', message: 'no' }] : [],
    );
    return { status: 202, body: { accepted: batch.length - rejected.length, rejected, positions: [] } };
  });
  const back = join(folderOf({}), 'new', 'back');
  const { code, out, said } = await importTo(url, ['--rejected', back, '--no-wait'], undefined, files);
  expect(said).not.toContain('stopped');
  expect(out).toContain('accepted 2\nrejected 2\n');
  expect(out).toContain(`then, with --token as before: npm run import -- csv ${back} --to ${url}`);
  expect(readFileSync(join(back, 'creators.csv'), 'utf8')).toMatch(/^c-7,.*currency_change: no/m);
  expect(readFileSync(join(back, 'orders.csv'), 'utf8')).toMatch(/^c-7,o-1,.*unit_price x is not an amount/m);
  expect(code).toBe(1);
});

test('a folder for refused rows that holds something is refused in words, before anything is sent', async () => {
  const { url, batches } = await service(() => 'b');
  const { code, said } = await importTo(url, ['--rejected', folderOf({ 'orders.csv': ['mine'] })]);
  expect(said).toMatch(/^--rejected .* holds files already.*: name a new folder with --rejected, or leave the flag out\./);
  expect([code, batches]).toEqual([2, []]);
});

test('where nothing was accepted, nothing is said of what was', async () => {
  const { url } = await service(() => 'b');
  const { said } = await importTo(url, [], undefined, { 'creators.csv': ['creator_id'] });
  expect(said).toMatch(/^Import stopped: .*Nothing was sent\.\n$/s);
});
