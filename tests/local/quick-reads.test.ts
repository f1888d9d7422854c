/** Does the embedded DynamoDB answer reads of one item without another thread, and as before? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readAtOnce, storeOfDynalite } from '../../local/servers/quick-reads.ts';

interface Store {
  open(): Promise<void>;
  close(): Promise<void>;
  put(key: string, value: object): Promise<void>;
  get(key: string): Promise<unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'reads-'));
const Level = storeOfDynalite() as unknown as new (path: string, options: object) => Store;
const store = new Level(folder, { valueEncoding: 'json' });
beforeAll(async () => {
  readAtOnce();
  await store.open();
});
afterEach(() => void vi.restoreAllMocks());
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

test('what was written is read, at once', async () => {
  const atOnce = vi.spyOn(storeOfDynalite().prototype, '_getSync');
  await store.put('clé', { name: '–'.repeat(100) });
  expect(await store.get('clé')).toEqual({ name: '–'.repeat(100) });
  expect(atOnce).toHaveBeenCalledTimes(1);
});

test('what is not there is undefined', async () => {
  expect(await store.get('nothing')).toBeUndefined();
});

test('a read that fails is rejected, not thrown', async () => {
  vi.spyOn(storeOfDynalite().prototype, '_getSync').mockImplementation(() => {
    throw new Error('IO error');
  });
  await expect(store.get('key')).rejects.toThrow('IO error');
});
