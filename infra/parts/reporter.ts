/** What answers questions about the numbers? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { OPEN_ORDERS } from './kpi-table.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** The function behind every GET. It can change nothing. */
export class Reporter extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & { table: Table; key?: IKey; version: string }) {
    super(scope, id);
    const { table } = props;
    this.fn = new ServiceFunction(this, 'Report', {
      ...props,
      name: 'report',
      description: 'Answers every GET of the API',
      // A year of daily points is decoded per answer: processor time is what memory buys here.
      memory: 1769,
      timeout: Duration.seconds(15),
      environment: { TABLE_NAME: table.tableName, API_VERSION: props.version },
      errorsBeforeAlarm: 5,
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], table.tableArn);
    this.fn.allow(['dynamodb:Query'], `${table.tableArn}/index/${OPEN_ORDERS}`);
    this.fn.allowKey(props.key, ['kms:Decrypt', 'kms:DescribeKey']);
  }
}
