/** How do events become totals, and who notices when they do not? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { ownMetric } from './own-metric.ts';
import { ServiceFunction } from './service-function.ts';
import { type Around, epochRead, readStream } from './stream-reader.ts';

/** The one writer of totals. It reads the oldest stream that is not drained. */
export class Aggregator extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Around & { table: Table }) {
    super(scope, id);
    const { table, quarantine } = props;
    this.fn = new ServiceFunction(this, 'Aggregate', {
      ...props,
      name: 'aggregate',
      description: 'Adds to the totals what each event changes, exactly once',
      memory: 1024,
      // A full batch of strangers writes a few thousand items; what was not reached is sent again, and again recognised.
      timeout: Duration.minutes(2),
      environment: {
        TABLE_NAME: table.tableName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        STREAM_EPOCH: String(epochRead(props)),
      },
      // Failed batches come again until they succeed: one failure is nothing, a row of them is.
      errorsBeforeAlarm: 5,
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allowKey(props.key);
    readStream(this, this.fn, props, {
      batchSize: 500,
      window: Duration.seconds(5),
      lanes: 4,
      behind: { after: Duration.minutes(5), tells: 'Numbers are more than five minutes behind the events.' },
    });
    this.watchTotals(props.alarms);
  }

  private watchTotals(topic: ITopic): void {
    alarm(this, 'Quarantine', {
      topic,
      tells: 'Events were put into quarantine: the reason stands with each object in the quarantine bucket.',
      metric: ownMetric('QuarantinedRecords'),
      threshold: 1,
    });
    alarm(this, 'Disorder', {
      topic,
      tells: "A creator's records came in another order than the exactly-once scheme assumes: tell the newest snapshots again.",
      metric: ownMetric('SequenceDisorder'),
      threshold: 1,
    });
  }
}
