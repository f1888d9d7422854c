/** Where do notifications of vendors wait until they are worked off? */
import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { pin, removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** Six times the timeout of the function that works them off, as AWS advises. */
const HIDDEN = Duration.minutes(12);

/** A queue, and one for what failed five times. A message holds ids, or what became of a parcel or an order; nothing of a person. */
export class WebhookQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { config, alarms }: { config: Config; alarms: ITopic }) {
    super(scope, id);
    const common = {
      // The key of the service, as of the dead letters: a message holds nothing of a person.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: removalOf(config),
    };
    const failed = new Queue(this, 'Failed', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: HIDDEN,
      deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
    });
    pin(this.queue, 'Webhooks');
    pin(failed, 'FailedWebhooks');
    suppress(failed, 'SQS3', 'This is the queue for what failed; nothing consumes it but people.');
    alarm(this, 'Failed', {
      topic: alarms,
      description:
        'Notifications of vendors failed five times. Polling reads what TikTok Shop named; what a carrier or Shopify said is in these messages alone: mend, then redrive them.',
      metric: failed.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: 1,
    });
    alarm(this, 'Waiting', {
      topic: alarms,
      description: 'Notifications of vendors wait for a quarter of an hour: the function behind the queue does not keep up.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: 900,
    });
  }
}
