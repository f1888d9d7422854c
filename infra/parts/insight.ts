/** What computes the reports that totals cannot say? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { allowToAskLake, type LakeAccess } from './lake-access.ts';
import { lakeNames } from './lake-names.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** Looks every five minutes for creators with news, and asks the lake once for all of them. It fails, and says so, where there is no lake stack. */
export class Insight extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & Omit<LakeAccess, 'as'> & { table: Table }) {
    super(scope, id);
    const { config, buckets, key, table } = props;
    const { database, jobs } = lakeNames(config);
    this.fn = new ServiceFunction(this, 'Compute', {
      ...props,
      name: 'compute-insight',
      description: 'Computes reports from the lake that totals cannot say',
      memory: 512,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName, ATHENA_DATABASE: database, ATHENA_WORK_GROUP: jobs },
      isAsynchronous: true,
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'], table.tableArn);
    this.fn.allowKey(key);
    allowToAskLake(this.fn.role, { config, buckets, key, as: 'jobs' });
    new Schedule(this, 'Often', {
      fn: this.fn,
      deadLetters: props.deadLetters,
      expression: 'rate(5 minutes)',
      description: 'Computes reports of whoever has something new',
    });
  }
}
