/** What must outlive every deployment: table, streams, buckets, failed events, and who is told when they are not well. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { AlarmTopic } from './parts/alarm-topic.ts';
import { Buckets } from './parts/buckets.ts';
import { DeadLetters } from './parts/dead-letters.ts';
import { EventStreams } from './parts/event-streams.ts';
import { KpiTable } from './parts/kpi-table.ts';
import { removalOf } from './parts/removal-policy.ts';
import { VendorKeys } from './parts/vendor-keys.ts';
import { WebhookQueue } from './parts/webhook-queue.ts';

/** The stateful half. Its parts are retained: deleting the stack deletes no data. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly streams: EventStreams;
  readonly buckets: Buckets;
  readonly alarms: Topic;
  readonly deadLetters: Queue;
  readonly webhooks: Queue;
  readonly vendorKeys: Secret;
  /** The customer's key, where one is configured. */
  readonly key?: Key;

  constructor(scope: Construct, id: string, { config, ...props }: StackProps & { config: Config }) {
    super(scope, id, props);
    if (config.customerKey) {
      this.key = new Key(this, 'Key', {
        description: 'Creator Analytics data',
        enableKeyRotation: true,
        removalPolicy: removalOf(config),
      });
    }
    this.alarms = new AlarmTopic(this, 'Alarms', config).topic;
    const shared = { config, key: this.key, alarms: this.alarms };
    this.table = new KpiTable(this, 'Kpi', shared).table;
    this.streams = new EventStreams(this, 'Streams', shared);
    this.buckets = new Buckets(this, 'Buckets', shared);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', shared).queue;
    this.webhooks = new WebhookQueue(this, 'WebhookQueue', shared).queue;
    this.vendorKeys = new VendorKeys(this, 'VendorKeys', shared).secret;
    // Last: the table is protected against deletion, so a first deployment that fails over another part could not take it away again.
    this.table.node.addDependency(this.streams, this.buckets, this.deadLetters);
    this.table.node.addDependency(this.node.findChild('WebhookQueue'), this.vendorKeys);
    this.exportStreams();
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'LakeBucketName', { value: this.buckets.lake.bucketName });
    new CfnOutput(this, 'DeadLettersUrl', { value: this.deadLetters.queueUrl });
    new CfnOutput(this, 'VendorKeysName', { value: this.vendorKeys.secretName });
    new CfnOutput(this, 'ResultsBucketName', { value: this.buckets.results.bucketName });
  }

  // An export that the service stack no longer needs would vanish before that stack was updated, and CloudFormation refuses
  // to delete one that is still imported. So streams stay exported for as long as they stay in the template.
  private exportStreams(): void {
    for (const stream of this.streams.streams.values()) {
      this.exportValue(stream.streamArn);
      this.exportValue(stream.streamName);
    }
  }
}
