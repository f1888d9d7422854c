/** How do events reach the lake? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ServiceFunction } from './service-function.ts';
import { type Around, readStream, streamEnvironment } from './stream-reader.ts';
import { suppress } from './suppress.ts';

/** Writes every record as Parquet, beside aggregate and independent of it. At least once: readers keep the newest of each entity. */
export class Archiver extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Around & { lake: Bucket; table: Table }) {
    super(scope, id);
    const { config, lake, table } = props;
    this.fn = new ServiceFunction(this, 'Archive', {
      ...props,
      name: 'archive',
      description: 'Writes the stream into the lake, as Parquet',
      // 6 MB of records are some 60 MB once they are parsed and laid out in columns; the rest buys processor time.
      memory: 1024,
      timeout: Duration.minutes(2),
      environment: {
        TABLE_NAME: table.tableName,
        LAKE_BUCKET: lake.bucketName,
        ...streamEnvironment(props),
      },
    });
    this.fn.allow(['s3:PutObject'], lake.arnForObjects('raw/*'));
    suppress(
      this.fn.role,
      `IAM5[Resource::${config.name}Data:ExportsOutputFnGetAttLakeBucketArn4B06F64C/raw/*]`,
      'Files of the raw tables, which it alone writes; their keys are not known before.',
    );
    // It says how far it is, and reaches nothing of any creator: their partitions begin otherwise.
    this.fn.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        resources: [table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['P#archive#*'] } },
      }),
    );
    this.fn.allowKey(props.key, ['kms:Decrypt', 'kms:GenerateDataKey']);
    readStream(this, this.fn, props, {
      // The most a mapping takes, and one batch at a time per shard: few large files are cheaper to write and much cheaper to read.
      batchSize: 10_000,
      window: Duration.seconds(config.archiveWindowSeconds),
      parallelizationFactor: 1,
      behind: { after: Duration.minutes(15), description: 'The lake is more than fifteen minutes behind the events.' },
    });
  }
}
