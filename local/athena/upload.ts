/** How do answers and tables get into the embedded S3? */
import type { Put } from './engine.ts';

/** Uploads in parts: the embedded S3 takes eleven megabytes at once, and answers have no limit. */
export function makePut(endpoint: string, region: string): Put {
  return async (bucket, key, body) => {
    // Loaded by the first result: a query without one waits for nothing that it does not need.
    const [{ S3Client }, { openLake }, { openUpload }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../../shared/lake/store.ts'),
      import('../../shared/lake/upload.ts'),
    ]);
    const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const upload = await openUpload(openLake(bucket, s3), {
      key,
      type: 'application/octet-stream',
      fileName: key.split('/').at(-1) ?? key,
    });
    await upload.write(body);
    await upload.complete();
    s3.destroy();
  };
}
