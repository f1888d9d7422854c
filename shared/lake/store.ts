/** How is the lake reached? One narrow function that sends a command to S3, so that tests can put faults at every call. */
import { S3Client } from '@aws-sdk/client-s3';

export interface Lake {
  bucket: string;
  send: S3Client['send'];
}

/** The lake bucket by name; region, endpoint and credentials come from the environment, as everywhere in AWS. */
export function openLake(bucket: string, client = new S3Client({})): Lake {
  return { bucket, send: ((command: Parameters<S3Client['send']>[0]) => client.send(command)) as S3Client['send'] };
}
