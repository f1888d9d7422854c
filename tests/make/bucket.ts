/** How does a test get a lake? A real S3 server in a thread, on a folder of its own, as the embedded runtime starts it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startServerThread } from '../../local/servers/thread.ts';
import { type Lake, openLake } from '../../shared/lake/store.ts';

export interface MadeBucket {
  lake: Lake;
  url: string;
  /** Where the objects of a bucket lie on disk: one file each, as it was put. */
  pathIn(bucket: string): (key: string) => string;
  /** Another, empty bucket on the same server. */
  another(name: string): Promise<Lake>;
  close(): Promise<void>;
}

export const clientOf = (endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

/** An S3 server and the folder that it keeps everything in. */
export interface S3Server {
  url: string;
  folder: string;
}

/** Starts a server in a thread, as the embedded runtime does. */
export async function startS3(): Promise<S3Server & { stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bucket-'));
  const fail = (reason: Error): never => {
    throw reason;
  };
  const server = await startServerThread(new URL('../../local/servers/s3-worker.ts', import.meta.url), { path: folder }, fail);
  return {
    url: server.url,
    folder,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

let made = 0;
/** An empty bucket on a server that is there; others beside it as they are asked for. Closing it removes what is in them. */
export async function bucketOn({ url, folder }: S3Server, name: string): Promise<MadeBucket> {
  const client = clientOf(url);
  const pathOf = (bucket: string) => join(folder, 'buckets', bucket);
  const names: string[] = [];
  const another = async (wanted: string): Promise<Lake> => {
    const bucket = `${wanted}-${process.pid}-${++made}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    names.push(bucket);
    return openLake(bucket, client);
  };
  return {
    lake: await another(name),
    url,
    pathIn: (bucket) => (key) => join(pathOf(bucket), 'objects', `${key}.data`),
    another,
    close: async () => {
      client.destroy();
      for (const bucket of names) rmSync(join(pathOf(bucket), 'objects'), { recursive: true, force: true });
    },
  };
}

/** A bucket on a server of its own. */
export async function makeBucket(name = 'lake'): Promise<MadeBucket> {
  const server = await startS3();
  const bucket = await bucketOn(server, name);
  return {
    ...bucket,
    close: async () => {
      await bucket.close();
      await server.stop();
    },
  };
}
