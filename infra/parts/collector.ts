/** What takes events in? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { limitCallers } from './caller-limits.ts';
import type { EventStreams } from './event-streams.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

interface CollectorProps extends Surroundings {
  table: Table;
  streams: EventStreams;
  vendorKeys: ISecret;
  key?: IKey;
}

/** The function that checks and stamps events and puts them on the stream. */
export class Collector extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: CollectorProps) {
    super(scope, id);
    const { table, streams, vendorKeys, key } = props;
    this.fn = new ServiceFunction(this, 'Collect', {
      ...props,
      name: 'collect-events',
      description: 'Checks events, stamps them and puts them on the stream',
      // 500 events of 1 MB are parsed, checked and hashed at once: processor time is what memory buys here.
      memory: 1024,
      // Below the gateway's 30 s, so that the caller hears of it from us.
      timeout: Duration.seconds(25),
      environment: {
        TABLE_NAME: table.tableName,
        STREAM_NAME: streams.written.streamName,
        STREAM_EPOCH: String(props.config.streamEpoch),
        VENDOR_KEYS: vendorKeys.secretArn,
      },
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allow(['kinesis:PutRecords'], streams.written.streamArn);
    // The key under which tracking numbers are kept is derived from the deployment's own.
    this.fn.allow(['secretsmanager:GetSecretValue'], vendorKeys.secretArn);
    limitCallers(this.fn, 'collect-events', table);
    this.fn.allowKey(key);
  }
}
