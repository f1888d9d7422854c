/** How does an object come to lie on the disk of a function? In a stream, up to the bytes that are expected of it. */
import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { Lake } from './store.ts';

/** Thrown at the first byte too many. */
export class TooLong extends Error {}

/** Writes an object to a path; answers its bytes, or undefined where there is no such object. Throws TooLong beyond `most` bytes. */
export async function download(lake: Lake, key: string, path: string, most: number): Promise<number | undefined> {
  let body: Readable;
  try {
    const { Body } = await lake.send(new GetObjectCommand({ Bucket: lake.bucket, Key: key }));
    body = Body as Readable;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > most ? new TooLong(`more than ${most} bytes`) : null, chunk);
    },
  });
  await pipeline(body, count, createWriteStream(path));
  return bytes;
}

export const deleteObject = async (lake: Lake, key: string): Promise<void> =>
  void (await lake.send(new DeleteObjectCommand({ Bucket: lake.bucket, Key: key })));

/** What a small JSON document says; undefined where there is none. */
export async function readJson<Value>(lake: Lake, key: string): Promise<Value | undefined> {
  try {
    const { Body } = await lake.send(new GetObjectCommand({ Bucket: lake.bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '') as Value;
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}
