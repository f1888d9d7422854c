/** Where do the dashboard's files lie, and where is it kept who fetched them? */
import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { PrivateBucket } from './private-bucket.ts';
import { suppress } from './suppress.ts';

/** Both under S3's own keys: the files are no secret, and log delivery writes with no other. */
export class SiteBuckets extends Construct {
  readonly site: Bucket;
  readonly logs: Bucket;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.logs = new PrivateBucket(this, 'SiteLogs', {
      config,
      takesAccessLists: true,
      // CloudFront's log has addresses and paths, which the log of the API leaves out on purpose: it goes as soon as that one does.
      lifecycle: [{ expiration: Duration.days(config.logRetentionDays) }],
    }).bucket;
    suppress(this.logs, 'S1', 'This is the bucket that access logs go to: its own log would write to itself without end.');
    this.site = new PrivateBucket(this, 'Site', { config, accessLogs: { bucket: this.logs, prefix: 'site' } }).bucket;
  }
}
