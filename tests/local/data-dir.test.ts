/** Is the data folder used by one runtime only, and only in a layout it knows? */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDataDir, readRuntimeAddress, writeWhole } from '../../local/data-dir.ts';
import { dropTornObjects } from '../../local/servers/s3-tidy.ts';

const folder = mkdtempSync(join(tmpdir(), 'data-'));
let count = 0;
const fresh = (): string => join(folder, String(++count));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a data folder', () => {
  test('is refused to a second runtime, and free again after release', () => {
    const path = fresh();
    const first = openDataDir(path);
    first.announce({
      url: 'http://127.0.0.1:1',
      issuer: 'x',
      endpoints: { dynamodb: '', kinesis: '', s3: '' },
      environment: {},
      pid: 42,
      startedAt: '',
    });
    expect(() => openDataDir(path)).toThrow(`${path} is used by another runtime (process 42, http://127.0.0.1:1)`);
    first.release();
    expect(readRuntimeAddress(path)).toBeUndefined();
    openDataDir(path).release();
  });

  test('is refused while another process has it, and free once that one was killed', async () => {
    const path = fresh();
    const script = `import { openDataDir } from '${join(process.cwd(), 'local/data-dir.ts')}'; openDataDir('${path}'); console.log('has it'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(() => openDataDir(path)).toThrow('is used by another runtime');
    child.kill('SIGKILL');
    await once(child, 'exit');
    openDataDir(path).release();
  });

  test('of a layout that is not ours is refused and left alone', () => {
    const path = fresh();
    mkdirSync(path);
    writeFileSync(join(path, 'layout.json'), '{"layout":99}');
    expect(() => openDataDir(path)).toThrow(/has layout 99; this version reads layout 2.*--data-dir/);
    expect(readFileSync(join(path, 'layout.json'), 'utf8')).toBe('{"layout":99}');
  });

  test('that a first start left half made begins anew; a complete one is kept', () => {
    const path = fresh();
    const file = join(path, 'dynamodb', 'CURRENT');
    const first = openDataDir(path);
    writeFileSync(file, 'half');
    first.release();
    const second = openDataDir(path);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'whole');
    second.markComplete();
    second.release();
    openDataDir(path).release();
    expect(readFileSync(file, 'utf8')).toBe('whole');
  });

  test('never shows half a file', () => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'file');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
  });
});

describe('stored objects', () => {
  test('of which only half is on disk are removed, whole ones are kept', () => {
    const storage = fresh();
    const objects = join(storage, 'buckets', 'lake', 'objects', 'a');
    mkdirSync(objects, { recursive: true });
    const put = (name: string, data: string | undefined, meta: string | undefined): void => {
      if (data !== undefined) writeFileSync(join(objects, `${name}.data`), data);
      if (meta !== undefined) writeFileSync(join(objects, `${name}.meta.json`), meta);
    };
    put('whole', 'abc', '{"contentLength":3}');
    put('no-meta', 'abc', undefined);
    put('torn-meta', 'abc', '{"contentLe');
    put('no-data', undefined, '{"contentLength":3}');
    put('other-length', 'abcd', '{"contentLength":3}');
    const removed = dropTornObjects(storage).map((path) => path.slice(objects.length + 1));
    expect(removed.sort()).toEqual(['no-data', 'no-meta', 'other-length', 'torn-meta']);
    expect(existsSync(join(objects, 'whole.data'))).toBe(true);
    expect(existsSync(join(objects, 'no-meta.data'))).toBe(false);
    expect(dropTornObjects(storage)).toEqual([]);
  });
});
