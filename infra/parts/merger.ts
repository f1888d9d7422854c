/** What merges what waits of creators who send little? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** Every day: what is pending expires after 35, and each report reads what is pending. */
export class Merger extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & { table: Table; key: IKey | undefined }) {
    super(scope, id);
    const { table, key } = props;
    this.fn = new ServiceFunction(this, 'Merge', {
      ...props,
      name: 'merge',
      description: 'Merges what has waited for long into the pages of totals',
      memory: 512,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName },
      isAsynchronous: true,
    });
    this.fn.allow(
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      table.tableArn,
    );
    this.fn.allowKey(key);
    new Schedule(this, 'Daily', {
      fn: this.fn,
      deadLetters: props.deadLetters,
      expression: 'cron(0 2 * * ? *)',
      description: 'Merges what has waited for long',
    });
  }
}
