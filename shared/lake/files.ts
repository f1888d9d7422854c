/** Which files has the lake, and what is in them? Listing, reading whole or by its end, putting and deleting, each one call to S3. */
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Lake } from './store.ts';

export interface LakeFile {
  key: string;
  etag: string;
  size: number;
  /** When it was put (ms). */
  modified: number;
}

/** S3 asks for five megabytes at least; the embedded server takes eleven at most. */
const partSize = 8 * 1024 * 1024;

const isAnswer = (error: unknown, status: number): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === status;

/** The arrival days under a table's prefix, in order. */
export async function listDays({ bucket, send }: Lake, prefix: string): Promise<string[]> {
  const days: string[] = [];
  let token: string | undefined;
  do {
    const page = await send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/`, Delimiter: '/', ContinuationToken: token }),
    );
    for (const { Prefix = '' } of page.CommonPrefixes ?? []) {
      const day = /\/dt=(\d{4}-\d\d-\d\d)\/$/.exec(Prefix)?.[1];
      if (day) days.push(day);
    }
    token = page.NextContinuationToken;
  } while (token);
  return days.sort();
}

/** The files under a prefix, by key. */
export async function listFiles({ bucket, send }: Lake, prefix: string): Promise<LakeFile[]> {
  const files: LakeFile[] = [];
  let token: string | undefined;
  do {
    const page = await send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    for (const { Key = '', ETag = '', Size = 0, LastModified } of page.Contents ?? [])
      files.push({ key: Key, etag: ETag, size: Size, modified: LastModified?.getTime() ?? Number.POSITIVE_INFINITY });
    token = page.NextContinuationToken;
  } while (token);
  return files;
}

/** A whole file with the tag of exactly these bytes; undefined where it is gone. */
export async function readWhole({ bucket, send }: Lake, key: string): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
  try {
    const { Body, ETag = '' } = await send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag };
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}

/** The last bytes of a file, all of a shorter one; undefined where it is gone. */
export async function readEnd({ bucket, send }: Lake, { key, size }: LakeFile, length: number): Promise<Uint8Array | undefined> {
  try {
    const range = `bytes=${Math.max(0, size - length)}-${Math.max(0, size - 1)}`;
    const { Body } = await send(new GetObjectCommand({ Bucket: bucket, Key: key, ...(size ? { Range: range } : {}) }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}

/** The object is there, whole, when the last call is answered; parts of an upload cut short are forgotten by the bucket after a day. */
async function putInParts({ bucket, send }: Lake, key: string, body: Uint8Array): Promise<void> {
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await send(new CreateMultipartUploadCommand(target));
  const Parts: CompletedPart[] = [];
  for (let start = 0; start < body.length; start += partSize) {
    const PartNumber = Parts.length + 1;
    const part = new UploadPartCommand({ ...target, UploadId, PartNumber, Body: body.subarray(start, start + partSize) });
    const { ETag, ChecksumCRC32 } = await send(part);
    Parts.push({ PartNumber, ETag, ...(ChecksumCRC32 ? { ChecksumCRC32 } : {}) });
  }
  await send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' }));
}

/** Puts a file whose name tells its content: one that is there already is the same, and a query may be reading it. */
export async function putOnce(lake: Lake, key: string, body: Uint8Array): Promise<void> {
  try {
    if (body.length > partSize) await putInParts(lake, key, body);
    else await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  } catch (error) {
    if (!isAnswer(error, 412)) throw error;
  }
}

/** Deletes a file as it was listed: one that was written anew meanwhile stays. */
export async function deleteFile({ bucket, send }: Lake, { key, etag }: LakeFile): Promise<void> {
  try {
    await send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag }));
  } catch (error) {
    if (!isAnswer(error, 412) && !isAnswer(error, 404)) throw error;
  }
}
