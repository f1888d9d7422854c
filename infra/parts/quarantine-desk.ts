/** What lets operators look into quarantine, replay and discard? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { limitCallers } from './caller-limits.ts';
import type { EventStreams } from './event-streams.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

export interface QuarantineDeskProps extends Surroundings {
  table: Table;
  streams: EventStreams;
  quarantine: IBucket;
  key?: IKey;
}

/** Takes events in as collect does, and is the only one that takes something out of quarantine. */
export class QuarantineDesk extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: QuarantineDeskProps) {
    super(scope, id);
    const { config, table, streams, quarantine, key } = props;
    this.fn = new ServiceFunction(this, 'Desk', {
      ...props,
      name: 'quarantine',
      description: 'Shows operators what could not be counted, replays and discards it',
      memory: 1024,
      timeout: Duration.seconds(25),
      environment: {
        TABLE_NAME: table.tableName,
        STREAM_NAME: streams.written.streamName,
        STREAM_EPOCH: String(config.streamEpoch),
        QUARANTINE_BUCKET: quarantine.bucketName,
      },
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allow(['kinesis:PutRecords'], streams.written.streamArn);
    this.fn.allow(['s3:ListBucket'], quarantine.bucketArn);
    this.fn.allow(['s3:GetObject', 's3:DeleteObject'], `${quarantine.bucketArn}/quarantine/*`);
    this.fn.allow(['s3:PutObject'], `${quarantine.bucketArn}/replayed/*`);
    const bucket = `${config.name}Data:ExportsOutputFnGetAttQuarantineBucketArnCCFE4120`;
    const reason = 'What lies in quarantine, and what was replayed, has keys that nobody knows before.';
    for (const prefix of ['quarantine', 'replayed']) suppress(this.fn.role, `IAM5[Resource::${bucket}/${prefix}/*]`, reason);
    limitCallers(this.fn, 'quarantine', table);
    this.fn.allowKey(key);
  }
}
