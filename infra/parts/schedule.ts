/** When does a function run by itself? */
import { Aws } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface ScheduleProps {
  fn: ServiceFunction;
  /** Takes the event where the function could not even be handed it. */
  deadLetters: IQueue;
  /** `rate(1 hour)` or `cron(2 * * * ? *)`, in UTC: what local/invokers/cron.ts understands, so that a laptop runs it too. */
  expression: string;
  description: string;
  /** The event that the function is handed; `{}` by default. */
  input?: Record<string, unknown>;
}

/** Hands an event to a function again and again; a run that fails is tried again by Lambda, twice, and what fails to the end is a dead letter. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { fn, deadLetters, expression, description, input = {} }: ScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      // Schedules of other accounts get nowhere with it.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
      ],
    });
    const schedule = new CfnSchedule(this, 'Schedule', {
      description,
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: fn.lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify(input),
        // After an hour the next run is due anyway.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    schedule.node.addDependency(policy);
  }
}
