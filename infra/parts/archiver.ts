/** How do events reach the lake? */
import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { ServiceFunction } from './service-function.ts';
import { type Around, epochRead, readStream } from './stream-reader.ts';

/** Writes every record as Parquet, beside aggregate and independent of it. At least once: readers keep the newest of each entity. */
export class Archiver extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Around & { lake: Bucket }) {
    super(scope, id);
    const { config, lake, quarantine } = props;
    this.fn = new ServiceFunction(this, 'Archive', {
      ...props,
      name: 'archive',
      description: 'Writes the stream into the lake, as Parquet',
      // 6 MB of records are some 60 MB once they are parsed and laid out in columns; the rest buys processor time.
      memory: 1024,
      timeout: Duration.minutes(2),
      environment: {
        LAKE_BUCKET: lake.bucketName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        STREAM_EPOCH: String(epochRead(props)),
      },
      // Failed batches come again until they succeed: one failure is nothing, a row of them is.
      errorsBeforeAlarm: 5,
    });
    this.fn.allow(['s3:PutObject'], lake.arnForObjects('raw/*'));
    acknowledge(
      this.fn.role,
      `IAM5[Resource::${config.name}Data:ExportsOutputFnGetAttLakeBucketArn4B06F64C/raw/*]`,
      'Files of the raw tables, which it alone writes; their keys are not known before.',
    );
    this.fn.allowKey(props.key, ['kms:Decrypt', 'kms:GenerateDataKey']);
    readStream(this, this.fn, props, {
      // The most a mapping takes, and one lane: few large files are cheaper to write and much cheaper to read.
      batchSize: 10_000,
      window: Duration.seconds(config.archiveWindowSeconds),
      lanes: 1,
      behind: { after: Duration.minutes(15), tells: 'The lake is more than fifteen minutes behind the events.' },
    });
  }
}
