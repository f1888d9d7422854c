/** How may someone without credentials read one object for a while? */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** Signs a link to an object that is good for so many seconds from `now` (ms); nothing is asked of S3. */
export type SignLink = (key: string, seconds: number, now: number) => Promise<string>;

export function openLinks(bucket: string, client = new S3Client({})): SignLink {
  return (key, expiresIn, now) =>
    getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn, signingDate: new Date(now) });
}
