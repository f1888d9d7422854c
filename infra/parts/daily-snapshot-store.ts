/** What stores every night, so that common questions about the lake are cheap? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { allowToAskLake, type LakeAccess } from './lake-access.ts';
import { lakeNames } from './lake-names.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

/** Athena writes the files in the name of this function. It fails, and says so, where there is no lake stack. */
export class DailySnapshotStore extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & Omit<LakeAccess, 'as'> & { table: Table }) {
    super(scope, id);
    const { config, buckets, key, table } = props;
    const { database, jobs } = lakeNames(config);
    this.fn = new ServiceFunction(this, 'Store', {
      ...props,
      name: 'store-nightly',
      description: 'Stores the newest snapshots and KPIs of a night in the lake',
      // It waits for Athena and holds one row.
      memory: 256,
      timeout: Duration.minutes(15),
      environment: {
        TABLE_NAME: table.tableName,
        LAKE_BUCKET: buckets.lake.bucketName,
        ATHENA_DATABASE: database,
        ATHENA_WORK_GROUP: jobs,
      },
      isAsynchronous: true,
      // One run a night: whoever asks is answered with an older one until it succeeds.
      alarmsAtOnce: true,
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], table.tableArn);
    this.fn.allow(
      ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      buckets.lake.arnForObjects('nightly/*'),
    );
    suppress(
      this.fn.role,
      `IAM5[Resource::${config.name}Data:ExportsOutputFnGetAttLakeBucketArn4B06F64C/nightly/*]`,
      'Files of the daily snapshots; Athena chooses their names.',
    );
    this.fn.allowKey(key);
    allowToAskLake(this.fn.role, { config, buckets, key, as: 'jobs' });
    new Schedule(this, 'Nightly', {
      fn: this.fn,
      deadLetters: props.deadLetters,
      // After compaction, when what the stream held back of the day before has long arrived.
      expression: 'cron(30 3 * * ? *)',
      description: 'Stores the night',
    });
  }
}
