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

export async function makeBucket(name = 'lake'): Promise<MadeBucket> {
  const folder = mkdtempSync(join(tmpdir(), 'bucket-'));
  const fail = (reason: Error): never => {
    throw reason;
  };
  const server = await startServerThread(new URL('../../local/servers/s3-worker.ts', import.meta.url), { path: folder }, fail);
  const client = clientOf(server.url);
  const another = async (bucket: string): Promise<Lake> => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return openLake(bucket, client);
  };
  return {
    lake: await another(name),
    url: server.url,
    pathIn: (bucket) => (key) => join(folder, 'buckets', bucket, 'objects', `${key}.data`),
    another,
    close: async () => {
      client.destroy();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
