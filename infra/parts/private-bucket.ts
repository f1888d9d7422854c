/** How is a bucket made here? Encrypted, TLS only, closed to the public, its reads on record. */
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CorsRule,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { pin, removalOf } from './removal-policy.ts';

export interface PrivateBucketProps {
  config: Config;
  key?: IKey;
  /** Where its access log goes, under its own name; absent for the log bucket itself. */
  accessLogs?: { bucket: IBucket; prefix: string };
  isVersioned?: boolean;
  /** CloudFront delivers its log by access list, which a bucket that owns all its objects does not take. */
  takesAccessLists?: boolean;
  /** Beside these, unfinished uploads always go after a day. */
  lifecycle?: LifecycleRule[];
  /** What pages of other origins may do. */
  cors?: CorsRule[];
}

/** A bucket with the settings that all of ours share. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: props.key ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey: props.key,
      bucketKeyEnabled: props.key !== undefined,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: props.takesAccessLists ? ObjectOwnership.BUCKET_OWNER_PREFERRED : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: props.isVersioned ?? false,
      serverAccessLogsBucket: props.accessLogs?.bucket,
      serverAccessLogsPrefix: props.accessLogs && `${props.accessLogs.prefix}/`,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }, ...(props.lifecycle ?? [])],
      cors: props.cors,
      removalPolicy: removalOf(props.config),
    });
    pin(this.bucket, `${id}Bucket`);
  }
}
