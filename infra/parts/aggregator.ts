/** How do events become totals, and who notices when they do not? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { customMetric } from './custom-metric.ts';
import { ServiceFunction } from './service-function.ts';
import { type Around, readStream, streamEnvironment } from './stream-reader.ts';

/** The one writer of totals. It reads the oldest stream that is not drained. */
export class Aggregator extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Around & { table: Table }) {
    super(scope, id);
    const { table } = props;
    this.fn = new ServiceFunction(this, 'Aggregate', {
      ...props,
      name: 'aggregate',
      description: 'Adds to the totals what each event changes, exactly once',
      memory: 1024,
      // A full batch of strangers writes a few thousand items; what was not reached is sent again, and again recognised.
      timeout: Duration.minutes(2),
      environment: {
        TABLE_NAME: table.tableName,
        ...streamEnvironment(props),
      },
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allowKey(props.key);
    readStream(this, this.fn, props, {
      batchSize: 500,
      window: Duration.seconds(5),
      parallelizationFactor: 1,
      behind: { after: Duration.minutes(5), description: 'Numbers are more than five minutes behind the events.' },
    });
    this.watchTotals(props);
  }

  private watchTotals({ alarms: topic, config }: Around): void {
    alarm(this, 'Quarantine', {
      topic,
      description: 'Events were put into quarantine: the reason stands with each object in the quarantine bucket.',
      metric: customMetric(config, 'QuarantinedRecords'),
      threshold: 1,
    });
    alarm(this, 'Waiting', {
      topic,
      description:
        'Events wait for KPI definitions that aggregate does not know: deploy the version that stamped them, or set them aside with quarantineDefinitionsAbove.',
      metric: customMetric(config, 'UnknownDefinitions'),
      threshold: 1,
    });
    alarm(this, 'NotMerged', {
      topic,
      description:
        'What events changed could not be merged into the pages of totals: it counts all the same, and the next batch tries again; reports get slower until it succeeds.',
      metric: customMetric(config, 'NotMerged'),
      threshold: 1,
    });
    alarm(this, 'Disorder', {
      topic,
      description: "A creator's records came in another order than the exactly-once scheme assumes: replay the newest snapshots.",
      metric: customMetric(config, 'SequenceDisorder'),
      threshold: 1,
    });
  }
}
