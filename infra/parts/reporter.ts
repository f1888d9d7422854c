/** What answers questions about the numbers? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { limitCallers } from './caller-limits.ts';
import { OPEN_ORDERS } from './kpi-table.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** The function behind every GET. It can change nothing but the counters of its callers. */
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
      // Half of what can be set apart: questions without end leave the other half, and what cannot, to the counting.
      share: 0.5,
      environment: { TABLE_NAME: table.tableName, API_VERSION: props.version },
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], table.tableArn);
    this.fn.allow(['dynamodb:Query'], `${table.tableArn}/index/${OPEN_ORDERS}`);
    limitCallers(this.fn, 'report', table);
    this.fn.allowKey(props.key);
  }
}
