/** May a page put files to the embedded S3, and do nothing else there? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MadeBucket } from '../make/bucket.ts';
import { shareBucket } from '../make/shared-bucket.ts';

let bucket: MadeBucket;
beforeAll(async () => {
  bucket = await shareBucket('results');
});
afterAll(() => bucket.close());

const own = 'http://127.0.0.1:8787';
const asked = async (method: string, key: string, origin: string, wanted = 'PUT') => {
  const headers = { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': wanted } : {}) };
  const body = method === 'PUT' ? 'a,b' : null;
  const response = await fetch(`${bucket.url}/${bucket.lake.bucket}/${key}`, { method, headers, body });
  return [response.ok, response.headers.get('access-control-allow-origin')];
};

it('a page of this machine may ask to put, and put, below uploads/', async () => {
  expect(await asked('OPTIONS', 'uploads/c-1/i/0', own)).toEqual([true, own]);
  expect(await asked('PUT', 'uploads/c-1/i/0', own)).toEqual([true, own]);
});

it.each([
  ['a page of elsewhere', 'OPTIONS', 'uploads/c-1/i/0', 'https://evil.example', 'PUT'],
  ['a page that begins like one of ours', 'OPTIONS', 'uploads/c-1/i/0', 'http://127.0.0.1.evil.example', 'PUT'],
  ['another folder', 'OPTIONS', 'exports/c-1/x.csv', own, 'PUT'],
  ['reading', 'OPTIONS', 'uploads/c-1/i/0', own, 'GET'],
  ['deleting', 'OPTIONS', 'uploads/c-1/i/0', own, 'DELETE'],
  ['the content of a file', 'GET', 'uploads/c-1/i/0', own, 'PUT'],
])('%s is not let through', async (_, method, key, origin, wanted) => {
  expect((await asked(method, key, origin, wanted))[1]).toBeNull();
});
