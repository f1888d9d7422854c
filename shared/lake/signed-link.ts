/** How may someone without credentials read or put one object for a while? */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** Signs a link to an object that is good for so many seconds from `now` (ms); nothing is asked of S3. */
export type SignLink = (key: string, seconds: number, now: number) => Promise<string>;

export function openLinks(bucket: string, client = new S3Client({})): SignLink {
  return (key, expiresIn, now) =>
    getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn, signingDate: new Date(now) });
}

/** Signs an address at which one object of exactly so many bytes can be put, for so many seconds from `now` (ms). */
export type SignUpload = (key: string, bytes: number, seconds: number, now: number) => Promise<string>;

export function openUploads(bucket: string, client = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' })): SignUpload {
  return (key, bytes, expiresIn, now) =>
    getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key, ContentLength: bytes }), {
      expiresIn,
      signingDate: new Date(now),
      // The length is signed: S3 refuses a body of another one.
      signableHeaders: new Set(['content-length', 'host']),
    });
}
