/** Does the embedded S3 take files that are larger than its server takes at once, byte for byte? */
import { randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openUploads } from '../../shared/lake/signed-link.ts';
import { clientOf, type MadeBucket } from '../make/bucket.ts';
import { shareBucket } from '../make/shared-bucket.ts';

let bucket: MadeBucket;
beforeAll(async () => {
  bucket = await shareBucket('large');
});
afterAll(() => bucket.close());

const read = async (key: string): Promise<Buffer> => {
  const { Body } = await bucket.lake.send(new GetObjectCommand({ Bucket: bucket.lake.bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

test.each([1000, 8 * 2 ** 20, 8 * 2 ** 20 + 1, 20_000_001])(
  'a file of %i bytes put by its address is there as it was',
  async (bytes) => {
    const body = randomBytes(bytes);
    const sign = openUploads(bucket.lake.bucket, clientOf(bucket.url));
    const response = await fetch(await sign(`uploads/c-1/x/${bytes}`, bytes, 600, Date.now()), { method: 'PUT', body });
    expect(response.status).toBe(200);
    expect((await read(`uploads/c-1/x/${bytes}`)).equals(body)).toBe(true);
  },
);

test('so is one that the client of AWS puts', async () => {
  const body = randomBytes(13_000_000);
  await bucket.lake.send(new PutObjectCommand({ Bucket: bucket.lake.bucket, Key: 'a/b c', Body: body }));
  expect((await read('a/b c')).equals(body)).toBe(true);
});
