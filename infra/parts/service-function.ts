/** How is a Lambda function made here? The only place that makes one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type Size } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, CfnEventInvokeConfig, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../build.ts';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { reserved } from './concurrency.ts';
import { removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** What every function finds around it. */
export interface Surroundings {
  config: Config;
  alarms: ITopic;
  /** Takes the events at which a function failed to the end. */
  deadLetters: IQueue;
  /** Folder with one bundle per function. */
  bundles: string;
}

export interface ServiceFunctionProps extends Surroundings {
  name: FunctionName;
  /** What it does, for whoever meets it in the console. */
  description: string;
  memory: number;
  /** Of its disk; half a gigabyte where absent. */
  storage?: Size;
  timeout: Duration;
  environment?: Record<string, string>;
  /** Invoked by schedules and other functions, which do not wait for it: a failed run is tried twice more, then its event is a dead letter. */
  isAsynchronous?: boolean;
  /** One failed run is told already; without it, as many as are no bad luck. */
  alarmsAtOnce?: boolean;
  /** Part of the runs at once that the account may set apart (parts/concurrency.ts); the rest of them is out of its reach. */
  share?: number;
}

/**
 * How many failed runs, within which time, are no bad luck; a function that fails every time gets there.
 * TRICKY: Lambda dates a failure at the start of its run and tells of it at the end. The time must be longer than three runs and the
 * pauses between them: within a shorter one, a slow run's failure is over before anyone hears of it.
 */
const BAD_LUCK = {
  /** Requests and batches: a batch that fails comes again within a minute or so, and there is a request every five minutes. */
  awaited: { errors: 3, within: Duration.minutes(15) },
  /** Three runs of up to a quarter of an hour, one minute and two minutes apart. */
  asynchronous: { errors: 2, within: Duration.hours(1) },
};
/** Tries after the first. */
const RETRIES = 2;

/** One bundle as a function with its own log group and a role that may, at first, do nothing but write to it. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { config, name } = props;
    const logGroup = new LogGroup(this, 'Logs', { retention: config.logRetentionDays, removalPolicy: removalOf(config) });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundle(props.bundles, name),
      memorySize: props.memory,
      ...(props.storage ? { ephemeralStorageSize: props.storage } : {}),
      timeout: props.timeout,
      environment: { METRICS_NAMESPACE: config.name, ...props.environment },
      role: this.role,
      logGroup,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      reservedConcurrentExecutions: props.share ? reserved(config, props.share) : undefined,
    });
    if (config.tracing) {
      suppress(this.role, 'IAM5[Resource::*]', 'X-Ray has no resources that its two write actions could be narrowed to.');
    }
    if (props.isAsynchronous) this.keepFailed(props.deadLetters);
    this.watch(props);
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(actions: string[], ...resources: string[]): void {
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  }

  /** Lets the function read and write what lies under the customer's key, where there is one. */
  allowKey(key: IKey | undefined, actions: string[] = WRITE_WITH_KEY): void {
    if (key) this.allow(actions, key.keyArn);
  }

  /** What Lambda gives up, for failures or for age, goes to the queue. */
  private keepFailed(queue: IQueue): void {
    const send = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
    const { policyDependable } = this.role.addToPrincipalPolicy(send);
    const attempts = new CfnEventInvokeConfig(this, 'Attempts', {
      functionName: this.lambda.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: RETRIES,
      // None begins an hour late: the next is due by then, or whoever asked has asked again.
      maximumEventAgeInSeconds: 3600,
      destinationConfig: { onFailure: { destination: queue.queueArn } },
    });
    // Lambda refuses a destination that the role may not write to yet.
    if (policyDependable) attempts.node.addDependency(policyDependable);
  }

  private watch({ name, alarms, isAsynchronous, alarmsAtOnce }: ServiceFunctionProps): void {
    const { errors, within } = isAsynchronous ? BAD_LUCK.asynchronous : BAD_LUCK.awaited;
    alarm(this, 'Errors', {
      topic: alarms,
      description: `${name} fails: its log group says why.`,
      metric: this.lambda.metricErrors({ period: within }),
      threshold: alarmsAtOnce ? 1 : errors,
    });
    alarm(this, 'Throttles', {
      topic: alarms,
      description: `${name} is refused for want of concurrency: raise the account's limit, then accountConcurrency.`,
      metric: this.lambda.metricThrottles({ period: Duration.minutes(5) }),
      threshold: 1,
    });
  }
}

// DynamoDB asks for all of these in the name of whoever writes.
const WRITE_WITH_KEY = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
];

function bundle(bundles: string, name: FunctionName): Code {
  const folder = join(bundles, name);
  if (!existsSync(folder)) throw new Error(`There is no bundle of ${name} at ${folder}: run npm run build first.`);
  return Code.fromAsset(folder, { exclude: ['*.map'] });
}
