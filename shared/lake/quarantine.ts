/** Where does a record go that cannot count? To the quarantine bucket with its reason, under its sequence number, so a retry overwrites. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

export interface Quarantine {
  bucket: string;
  send: S3Client['send'];
}

/** The quarantine bucket by name. */
export function openQuarantine(bucket: string, client = new S3Client({})): Quarantine {
  return { bucket, send: ((command: PutObjectCommand) => client.send(command)) as S3Client['send'] };
}

export interface Quarantined {
  sequenceNumber: string;
  shardId: string;
  reason: string;
  /** The bytes as they came, base64. */
  data: string;
}

/** Puts one record aside. Throws when the bucket does not take it: the batch is then sent again, so nothing is lost. */
export async function quarantine({ bucket, send }: Quarantine, record: Quarantined): Promise<void> {
  const key = `quarantine/${record.shardId}/${record.sequenceNumber}.json`;
  await send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(record), ContentType: 'application/json' }));
}
