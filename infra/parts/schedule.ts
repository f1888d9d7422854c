/** When does a function run by itself? */
import { Aws } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface ScheduleProps {
  fn: ServiceFunction;
  /** `rate(1 hour)` or `cron(2 * * * ? *)`, in UTC: what local/drive/cron.ts understands, so that a laptop runs it too. */
  expression: string;
  description: string;
  /** The event that the function is handed; `{}` by default. */
  input?: Record<string, unknown>;
}

/** Hands an event to a function again and again; a run that fails is tried again by Lambda, twice. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { fn, expression, description, input = {} }: ScheduleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      // Schedules of other accounts get nowhere with it.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] })],
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
      },
    });
    schedule.node.addDependency(policy);
  }
}
