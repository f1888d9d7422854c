/** Where does an event wait that a function nobody waits for has failed at to the end? */
import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { pin, removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** One queue for every function and schedule; a message names the function and holds its event, so that it can be invoked again. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { config, alarms }: { config: Config; alarms: ITopic }) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      // The key of the service: a message holds ids, and a key of ours would have to be opened to every sender.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is.
      retentionPeriod: Duration.days(14),
      removalPolicy: removalOf(config),
    });
    pin(this.queue, 'DeadLetters');
    suppress(this.queue, 'SQS3', 'This is the queue for what failed; nothing consumes it but people.');
    alarm(this, 'Waiting', {
      topic: alarms,
      description:
        'A job failed to the end: its event waits in the queue of dead letters for 14 days; invoke the function with it again.',
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: 1,
    });
  }
}
