/** How is a Lambda function made here? The only place that makes one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionName } from '../build.ts';
import type { Config } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { alarm } from './alarm.ts';
import { disposal } from './disposal.ts';

/** What every function finds around it. */
export interface Surroundings {
  config: Config;
  alarms: ITopic;
  /** Folder with one bundle per function. */
  bundles: string;
}

export interface ServiceFunctionProps extends Surroundings {
  name: FunctionName;
  /** What it does, for whoever meets it in the console. */
  description: string;
  memory: number;
  timeout: Duration;
  environment?: Record<string, string>;
  /** Failed runs within five minutes before someone is told. */
  errorsBeforeAlarm: number;
}

/** One bundle as a function with its own log group and a role that may, at first, do nothing but write to it. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { config, name } = props;
    const logGroup = new LogGroup(this, 'Logs', { retention: config.logRetentionDays, removalPolicy: disposal(config) });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundle(props.bundles, name),
      memorySize: props.memory,
      timeout: props.timeout,
      environment: props.environment,
      role: this.role,
      logGroup,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    if (config.tracing) {
      acknowledge(this.role, 'IAM5[Resource::*]', 'X-Ray has no resources that its two write actions could be narrowed to.');
    }
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

  private watch({ name, alarms, errorsBeforeAlarm }: ServiceFunctionProps): void {
    const period = Duration.minutes(5);
    alarm(this, 'Errors', {
      topic: alarms,
      tells: `${name} fails: its log group says why.`,
      metric: this.lambda.metricErrors({ period }),
      threshold: errorsBeforeAlarm,
    });
    alarm(this, 'Throttles', {
      topic: alarms,
      tells: `${name} is refused for want of concurrency: raise the account's limit.`,
      metric: this.lambda.metricThrottles({ period }),
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
