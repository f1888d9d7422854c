/** Which server do the tests of the service share? One S3, on which each has buckets of its own. */
import type { TestProject } from 'vitest/node';
import { type S3Server, startS3 } from './make/bucket.ts';

declare module 'vitest' {
  interface ProvidedContext {
    s3: S3Server;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, folder, stop } = await startS3();
  project.provide('s3', { url, folder });
  return stop;
}
