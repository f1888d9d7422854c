/** Does the embedded S3 take files that are larger than its server takes at once, byte for byte? */
import { createHash, randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('what is large', () => {
  const body = randomBytes(9_000_001);
  const named = (Key: string) => ({ Bucket: bucket.lake.bucket, Key });
  const put = (Key: string, Body = body) =>
    bucket.lake.send(new PutObjectCommand({ ...named(Key), Body, ContentType: 'text/csv' }));

  test('is listed and asked about with its size, type and hash', async () => {
    await put('large/told');
    const head = await bucket.lake.send(new HeadObjectCommand(named('large/told')));
    const { Contents } = await bucket.lake.send(new ListObjectsV2Command({ Bucket: bucket.lake.bucket, Prefix: 'large/told' }));
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    expect([head.ContentLength, head.ETag, head.ContentType]).toEqual([9_000_001, etag, 'text/csv']);
    expect(Contents?.map(({ Size, ETag }) => [Size, ETag])).toEqual([[9_000_001, etag]]);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=8000000-8999999', 8_000_000, 9_000_000],
    ['bytes=9000000-', 9_000_000, 9_000_001],
    ['bytes=-8', 8_999_993, 9_000_001],
    ['bytes=0-99999999', 0, 9_000_001],
  ])('is read from place to place (%s)', async (Range, from, to) => {
    await put('large/read');
    const { Body, ContentRange } = await bucket.lake.send(new GetObjectCommand({ ...named('large/read'), Range }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body.subarray(from, to))).toBe(true);
    expect(ContentRange).toBe(`bytes ${from}-${to - 1}/9000001`);
  });

  test('keeps what it was put with', async () => {
    const told = { CacheControl: 'no-store', ContentDisposition: 'attachment; filename="x.csv"', Metadata: { made: 'by hand' } };
    await bucket.lake.send(new PutObjectCommand({ ...named('large/with'), Body: body, ...told }));
    const { Body, CacheControl, ContentDisposition, Metadata } = await bucket.lake.send(
      new GetObjectCommand(named('large/with')),
    );
    await Body?.transformToByteArray();
    expect({ CacheControl, ContentDisposition, Metadata }).toEqual(told);
  });

  test('is not read behind its end', async () => {
    await put('large/end');
    const read = bucket.lake.send(new GetObjectCommand({ ...named('large/end'), Range: 'bytes=9000001-' }));
    await expect(read).rejects.toThrow(/not satisfiable/);
  });

  test('is gone once it is deleted, and gives way to what is put over it', async () => {
    await put('large/gone');
    await bucket.lake.send(new DeleteObjectCommand(named('large/gone')));
    await expect(read('large/gone')).rejects.toThrow(/does not exist/);
    await put('large/over');
    await put('large/over', Buffer.from('small'));
    expect((await read('large/over')).toString()).toBe('small');
  });

  test('goes into no bucket that is not there', async () => {
    const lost = bucket.lake.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'large', Body: body }));
    await expect(lost).rejects.toThrow(/bucket does not exist/);
  });
});
