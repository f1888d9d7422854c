/** What keeps what people set for themselves? */
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { limitCallers } from './caller-limits.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** The function behind a creator's settings: it reads profiles and puts single items, and can neither query nor delete. */
export class Settings extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings & { table: Table; key?: IKey }) {
    super(scope, id);
    const { table } = props;
    this.fn = new ServiceFunction(this, 'Settings', {
      ...props,
      name: 'settings',
      description: 'Keeps what a creator sets: saved views, calendar',
      memory: 512,
      timeout: Duration.seconds(15),
      environment: { TABLE_NAME: table.tableName },
    });
    this.fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'], table.tableArn);
    limitCallers(this.fn, 'settings', table);
    this.fn.allowKey(props.key);
  }
}
