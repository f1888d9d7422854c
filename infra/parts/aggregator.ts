/** How do events become totals, and who notices when they do not? */
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnEventSourceMapping, EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { alarm } from './alarm.ts';
import { type EventStreams, STREAM_RETENTION } from './event-streams.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** Namespace of the metrics that functions write into their logs (embedded metric format, without dimensions). */
const NAMESPACE = 'CreatorAnalytics';

const FIVE_MINUTES = Duration.minutes(5);

/** The one writer of totals. It reads the oldest stream that is not drained. */
export class Aggregator extends Construct {
  readonly fn: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    props: Surroundings & { table: Table; streams: EventStreams; quarantine: Bucket; key?: IKey },
  ) {
    super(scope, id);
    const { config, table, streams, quarantine } = props;
    const epoch = config.drainedEpoch + 1;
    this.fn = new ServiceFunction(this, 'Aggregate', {
      ...props,
      name: 'aggregate',
      description: 'Adds to the totals what each event changes, exactly once',
      memory: 1024,
      // A full batch of strangers writes a few thousand items; what was not reached is sent again, and again recognised.
      timeout: Duration.minutes(2),
      environment: { TABLE_NAME: table.tableName, QUARANTINE_BUCKET: quarantine.bucketName, STREAM_EPOCH: String(epoch) },
      // Failed batches come again until they succeed: one failure is nothing, a row of them is.
      errorsBeforeAlarm: 5,
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      streams.read.streamArn,
    );
    this.fn.allow(['s3:PutObject'], quarantine.arnForObjects('*'));
    const everyObject = `${config.name}Data:ExportsOutputFnGetAttQuarantineBucketArnCCFE4120/*`;
    acknowledge(
      this.fn.role,
      `IAM5[Resource::${everyObject}]`,
      'Objects of one bucket, which holds nothing else; their keys are not known before.',
    );
    this.fn.allowKey(props.key);
    this.readStream(streams, epoch);
    this.watchTotals(props.alarms);
  }

  // Nothing is ever given up: a record that cannot be understood is quarantined by the function, so what fails here is a call,
  // and that succeeds one day. A limit on retries or age would drop records, after which totals are wrong for good.
  private readStream(streams: EventStreams, epoch: number): void {
    const mapping = new EventSourceMapping(this, `Events${epoch}Source`, {
      target: this.fn.lambda,
      eventSourceArn: streams.read.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      // Order holds per partition key also when a shard is read in four lanes.
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: -1,
    });
    // A Duration cannot say "no limit", which is -1 here.
    (mapping.node.defaultChild as CfnEventSourceMapping).maximumRecordAgeInSeconds = -1;
  }

  private watchTotals(topic: ITopic): void {
    const behind = this.fn.lambda.metric('IteratorAge', { statistic: 'Maximum', period: FIVE_MINUTES });
    alarm(this, 'Behind', {
      topic,
      tells: 'Numbers are more than five minutes behind the events.',
      metric: behind,
      threshold: FIVE_MINUTES.toMilliseconds(),
      periods: 3,
    });
    alarm(this, 'Losing', {
      topic,
      tells: 'Events will be lost: half of the time that the stream keeps them has gone by without their being read.',
      metric: behind,
      threshold: STREAM_RETENTION.toMilliseconds() / 2,
    });
    alarm(this, 'Quarantine', {
      topic,
      tells: 'Events were put into quarantine: the reason stands with each object in the quarantine bucket.',
      metric: new Metric({ namespace: NAMESPACE, metricName: 'QuarantinedRecords', statistic: 'Sum', period: FIVE_MINUTES }),
      threshold: 1,
    });
    alarm(this, 'Disorder', {
      topic,
      tells: "A creator's records came in another order than the exactly-once scheme assumes: tell the newest snapshots again.",
      metric: new Metric({ namespace: NAMESPACE, metricName: 'SequenceDisorder', statistic: 'Sum', period: FIVE_MINUTES }),
      threshold: 1,
    });
  }
}
