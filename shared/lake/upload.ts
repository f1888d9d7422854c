/** How does a file of any size become an object? Part by part, one of them on its way while the next one fills. */
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Lake } from './store.ts';

export interface Upload {
  /** Resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>;
  /** The object is there, whole, when this resolves; before, nothing is. */
  complete(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

export interface ObjectAbout {
  key: string;
  /** Media type. */
  type: string;
  /** Under which name a browser saves it. */
  fileName: string;
}

/** S3 takes 10,000 parts of at least five megabytes: 80 GB in parts of this size. */
const partSize = 8 * 1024 * 1024;

/** Begins an upload; an object under the same key is replaced when it completes. */
export async function openUpload(lake: Lake, { key, type, fileName }: ObjectAbout): Promise<Upload> {
  const target = { Bucket: lake.bucket, Key: key };
  const begin = { ...target, ContentType: type, ContentDisposition: `attachment; filename="${fileName}"` };
  const { UploadId } = await lake.send(new CreateMultipartUploadCommand(begin));
  const parts: CompletedPart[] = [];
  // Two, in turn: a new one for each part is garbage of any amount, which the collector does not see as its own.
  let part = Buffer.allocUnsafe(partSize);
  let other: typeof part | undefined;
  let filled = 0;
  let underWay: Promise<void> = Promise.resolve();

  async function send(Body: Buffer, PartNumber: number): Promise<void> {
    const { ETag, ChecksumCRC32 } = await lake.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body }));
    parts.push({ PartNumber, ETag, ...(ChecksumCRC32 ? { ChecksumCRC32 } : {}) });
  }
  let number = 0;
  async function sendFilled(): Promise<void> {
    await underWay;
    const body = part.subarray(0, filled);
    [part, other] = [other ?? Buffer.allocUnsafe(partSize), part];
    filled = 0;
    number += 1;
    underWay = send(body, number);
    // Its failure is met where it is waited for.
    underWay.catch(() => {});
  }

  return {
    write: async (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const some = bytes.subarray(from, from + partSize - filled);
        part.set(some, filled);
        filled += some.length;
        from += some.length;
        if (filled === partSize) await sendFilled();
      }
    },
    complete: async () => {
      if (filled || !number) await sendFilled();
      await underWay;
      await lake.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }));
    },
    abort: async () => {
      await underWay.catch(() => {});
      await lake.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    },
  };
}

/** Puts a small JSON document. */
export async function putJson(lake: Lake, key: string, value: unknown): Promise<void> {
  const Body = `${JSON.stringify(value, null, 2)}\n`;
  await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body, ContentType: 'application/json' }));
}
