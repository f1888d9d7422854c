/** What holds the totals against the lake? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { customMetric } from './custom-metric.ts';
import { allowToAskLake, type LakeAccess } from './lake-access.ts';
import { lakeNames } from './lake-names.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** Compares every cell of the creators of whom something arrived, every night. It fails, and says so, where there is no lake stack. */
export class Reconciler extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & Omit<LakeAccess, 'as'> & { table: Table }) {
    super(scope, id);
    const { config, buckets, key, table } = props;
    const { database, jobs } = lakeNames(config);
    this.fn = new ServiceFunction(this, 'Reconcile', {
      ...props,
      name: 'reconcile',
      description: 'Holds the totals against the lake',
      // A portion of creators with 250,000 cells is in memory at a time, or one creator that has more.
      memory: 1769,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName, ATHENA_DATABASE: database, ATHENA_WORK_GROUP: jobs },
      isAsynchronous: true,
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'], table.tableArn);
    this.fn.allowKey(key);
    allowToAskLake(this.fn.role, { config, buckets, key, as: 'jobs' });
    new Schedule(this, 'Nightly', {
      fn: this.fn,
      deadLetters: props.deadLetters,
      // After compaction: fewer files are cheaper to ask.
      expression: 'cron(0 3 * * ? *)',
      description: 'Holds the totals against the lake',
    });
    alarm(this, 'Differing', {
      topic: props.alarms,
      description: 'Totals and lake differ: npm run reconcile names the cells and the entities behind them.',
      metric: customMetric(props.config, 'DifferingCells'),
      threshold: 1,
    });
  }
}
