/** What connects shops, hears from them, and reads them? */
import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { limitCallers } from './caller-limits.ts';
import { customMetric } from './custom-metric.ts';
import type { EventStreams } from './event-streams.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

export interface ConnectorsProps extends Surroundings {
  table: Table;
  streams: EventStreams;
  /** Notifications of vendors. */
  webhooks: IQueue;
  vendorKeys: ISecret;
  key?: IKey;
}

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const READ_AND_WRITE = [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** The function at the door, the one behind the queue, the one that reads by the clock, and the one that people connect shops with. */
export class ConnectorFunctions extends Construct {
  readonly receive: ServiceFunction;
  readonly connect: ServiceFunction;

  constructor(scope: Construct, id: string, props: ConnectorsProps) {
    super(scope, id);
    this.receive = this.makeReceive(props);
    this.makeApply(props);
    const poll = this.makePoll(props);
    this.connect = this.makeConnect(props, poll);
  }

  private makeReceive(props: ConnectorsProps): ServiceFunction {
    const { config, table, webhooks, vendorKeys, key } = props;
    const fn = new ServiceFunction(this, 'Receive', {
      ...props,
      name: 'receive-webhook',
      description: 'Checks signatures of webhooks and leaves what they name on a queue',
      // A vendor waits three seconds for the answer: a small function would take one of them to start.
      memory: 1024,
      timeout: Duration.seconds(10),
      environment: { TABLE_NAME: table.tableName, WEBHOOK_QUEUE: webhooks.queueUrl, VENDOR_KEYS: vendorKeys.secretArn },
    });
    // Which creator a shop of Shopify belongs to.
    fn.allow(['dynamodb:GetItem'], table.tableArn);
    fn.allow(['sqs:SendMessage'], webhooks.queueArn);
    fn.allow(['secretsmanager:GetSecretValue'], vendorKeys.secretArn);
    limitCallers(fn, 'receive-webhook', table);
    fn.allowKey(key);
    alarm(this, 'RefusedWebhooks', {
      topic: props.alarms,
      description: 'Webhooks with wrong signatures come in: the app secret has changed at the vendor, or somebody tries doors.',
      metric: customMetric(config, 'RefusedWebhooks'),
      threshold: 20,
      periods: 3,
    });
    alarm(this, 'UnclassifiedTracking', {
      topic: props.alarms,
      description:
        'A tenth of what carrier services say of parcels is in words that nobody knows here: a service has new words. The parcels keep them, and count neither as delivered nor as lost.',
      metric: customMetric(config, 'UnclassifiedTracking').with({ statistic: 'Average', period: Duration.hours(1) }),
      threshold: 10,
    });
    return fn;
  }

  private makeApply(props: ConnectorsProps): void {
    const { webhooks } = props;
    const fn = new ServiceFunction(this, 'Apply', {
      ...props,
      name: 'apply-webhook',
      description: 'Reads from the vendor what a notification names',
      memory: 1024,
      timeout: Duration.minutes(2),
      environment: this.environment(props),
    });
    this.allowReading(fn, props);
    fn.allow(['dynamodb:BatchWriteItem'], props.table.tableArn);
    fn.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      webhooks.queueArn,
    );
    new EventSourceMapping(this, 'Notifications', {
      target: fn.lambda,
      eventSourceArn: webhooks.queueArn,
      // One call of the vendor reads fifty orders, and one of the table says what came before.
      batchSize: 50,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      // Each run keeps to a share of what a vendor lets through; more of them would only be refused. Fewer AWS does not take.
      maxConcurrency: 2,
    }).node.addDependency(fn.role);
  }

  private makePoll(props: ConnectorsProps): ServiceFunction {
    const fn = new ServiceFunction(this, 'Poll', {
      ...props,
      name: 'poll-shops',
      description: 'Reads what has changed in connected shops',
      memory: 1024,
      // The longest there is: a first reading goes on in the next run.
      timeout: Duration.minutes(15),
      environment: this.environment(props),
      isAsynchronous: true,
    });
    this.allowReading(fn, props);
    // It starts runs of itself. In its role's own policy that would be a circle: the function waits for that one.
    new Policy(this, 'PollAgain', {
      roles: [fn.role],
      statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] })],
    });
    new Schedule(this, 'Regularly', {
      fn,
      deadLetters: props.deadLetters,
      expression: 'rate(10 minutes)',
      description: 'Reads what has changed in connected shops',
    });
    alarm(this, 'LateShops', {
      topic: props.alarms,
      description: 'Connected shops have not been read for two hours: GET /v1/health says how many, and the last error.',
      metric: customMetric(props.config, 'LateShops'),
      threshold: 1,
    });
    return fn;
  }

  private makeConnect(props: ConnectorsProps, poll: ServiceFunction): ServiceFunction {
    const fn = new ServiceFunction(this, 'Connect', {
      ...props,
      name: 'connect',
      description: 'Connects shops, and says how sources fare',
      memory: 1024,
      timeout: Duration.seconds(25),
      environment: { ...this.environment(props), POLL_FUNCTION: poll.lambda.functionName },
    });
    this.allowReading(fn, props);
    fn.allow(['lambda:InvokeFunction'], poll.lambda.functionArn);
    limitCallers(fn, 'connect', props.table);
    return fn;
  }

  private environment({ config, table, streams, vendorKeys }: ConnectorsProps): Record<string, string> {
    return {
      TABLE_NAME: table.tableName,
      STREAM_NAME: streams.written.streamName,
      STREAM_EPOCH: String(config.streamEpoch),
      VENDOR_KEYS: vendorKeys.secretArn,
      SECRETS_PREFIX: config.name,
    };
  }

  /** What reading a shop takes: its connection and token, and the stream for what was read. */
  private allowReading(fn: ServiceFunction, { config, table, streams, vendorKeys, key }: ConnectorsProps): void {
    const { account, region } = Stack.of(this);
    const tokens = `arn:aws:secretsmanager:${region}:${account}:secret:${config.name}/connections/*`;
    fn.allow(READ_AND_WRITE, table.tableArn);
    fn.allow(['kinesis:PutRecords'], streams.written.streamArn);
    fn.allow(['secretsmanager:GetSecretValue'], vendorKeys.secretArn);
    fn.allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:CreateSecret'], tokens);
    suppress(
      fn.role,
      `IAM5[Resource::arn:aws:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${config.name}/connections/*]`,
      'Tokens of sellers have secrets of their own, which nobody knows before they connect.',
    );
    fn.allowKey(key);
  }
}
