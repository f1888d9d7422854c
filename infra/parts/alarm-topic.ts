/** Where do alarms go? */
import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

/** An encrypted topic that takes TLS only, with a mail subscription where an address is configured. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    // TRICKY: CloudWatch cannot publish to a topic under the service's own key, whose policy cannot be changed: the topic needs one of ours.
    const key = new Key(this, 'Key', {
      description: 'Alarm messages',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    // TRICKY: the rule that enforces TLS replaces the topic's default policy, and with it the leave of the account's own alarms to publish.
    this.topic.grantPublish(cloudWatch.withConditions({ StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }));
    if (config.alarmEmail) this.topic.addSubscription(new EmailSubscription(config.alarmEmail));
  }
}
