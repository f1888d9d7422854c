/** What keeps the lake in few large files? */
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { customMetric } from './custom-metric.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

/** Merges the files of closed arrival days, every night. What it deletes can be had back for 30 days: the bucket is versioned. */
export class Compactor extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & { lake: Bucket; key?: IKey }) {
    super(scope, id);
    const { config, lake } = props;
    this.fn = new ServiceFunction(this, 'Compact', {
      ...props,
      name: 'compact',
      description: 'Merges the files of closed days in the lake',
      // Measured: 0.9 GB where a day is larger than what is held in memory at once; the rest buys processor time.
      memory: 2048,
      // The longest there is: what is not reached waits for the next night.
      timeout: Duration.minutes(15),
      environment: { LAKE_BUCKET: lake.bucketName },
      isAsynchronous: true,
    });
    // TRICKY: on the whole bucket. With a condition on the prefix S3 answers 403 instead of 404 for a file that another run deleted.
    this.fn.allow(['s3:ListBucket'], lake.bucketArn);
    this.fn.allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], lake.arnForObjects('raw/*'));
    suppress(
      this.fn.role,
      `IAM5[Resource::${config.name}Data:ExportsOutputFnGetAttLakeBucketArn4B06F64C/raw/*]`,
      'Files of the raw tables; their keys are not known before.',
    );
    this.fn.allowKey(props.key, ['kms:Decrypt', 'kms:GenerateDataKey']);
    new Schedule(this, 'Nightly', {
      fn: this.fn,
      deadLetters: props.deadLetters,
      // The day before is closed. The second run deletes what the first has merged, after its grace and before the lake is asked.
      expression: 'cron(30 0,2 * * ? *)',
      description: 'Merges the files of closed days',
    });
    alarm(this, 'Unreadable', {
      topic: props.alarms,
      description: 'Files of the lake cannot be read: the log of compact names them. They stay where they are.',
      metric: customMetric(props.config, 'LakeUnreadable'),
      threshold: 1,
    });
  }
}
