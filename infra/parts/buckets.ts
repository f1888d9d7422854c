/** Which buckets are there, and how long do they keep what? */
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, HttpMethods, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { uploadsRoot } from '../../shared/imports/keys.ts';
import { uploadDays } from '../../shared/imports/limits.ts';
import type { Config } from '../config.ts';
import { PrivateBucket } from './private-bucket.ts';
import { suppress } from './suppress.ts';

/** The lake (kept for good), the quarantine (kept for its repair), results and uploaded files (kept for a month, and for days). */
export class Buckets extends Construct {
  readonly lake: Bucket;
  readonly quarantine: Bucket;
  readonly results: Bucket;

  constructor(scope: Construct, id: string, { config, key }: { config: Config; key?: IKey }) {
    super(scope, id);
    // Log delivery writes with S3's own keys only: the log bucket never takes the customer's.
    const { bucket: accessLogs } = new PrivateBucket(this, 'AccessLogs', {
      config,
      lifecycle: [{ expiration: Duration.days(90) }],
    });
    suppress(accessLogs, 'S1', 'This is the bucket that access logs go to: its own log would write to itself without end.');
    const shared = { config, key };

    this.lake = new PrivateBucket(this, 'Lake', {
      ...shared,
      accessLogs: { bucket: accessLogs, prefix: 'lake' },
      // The lake is what everything can be replayed from: a wrong overwrite must be reversible for a while.
      isVersioned: true,
      lifecycle: [
        { noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
        // Daily snapshots: whoever needs an older one can have it computed again.
        { prefix: 'nightly/', expiration: Duration.days(35), noncurrentVersionExpiration: Duration.days(1) },
        // Closed months are read seldom, and what is read comes back to the fast tier by itself.
        { transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }] },
      ],
    }).bucket;

    this.quarantine = new PrivateBucket(this, 'Quarantine', {
      ...shared,
      accessLogs: { bucket: accessLogs, prefix: 'quarantine' },
      // What was refused may hold what should never have been sent. 90 days are three monthly closings to notice and replay it.
      lifecycle: [{ expiration: Duration.days(90) }],
    }).bucket;

    this.results = new PrivateBucket(this, 'Results', {
      ...shared,
      accessLogs: { bucket: accessLogs, prefix: 'results' },
      lifecycle: [
        // Every result can be asked for again.
        { expiration: Duration.days(30) },
        // Files of sellers name buyers: they go when they are counted, and after this where nobody confirmed them.
        { prefix: uploadsRoot, expiration: Duration.days(uploadDays) },
      ],
      // The signed address is all that a page needs to put a file: no origin may do more than another, and none may read.
      cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: ['*'], allowedHeaders: ['content-type'], maxAge: 3600 }],
    }).bucket;
  }
}
