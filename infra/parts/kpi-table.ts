/** Where do entities and totals live? */
import { Duration } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { pin, removalOf } from './removal-policy.ts';

/** The index that lists what is still to be done, by when it is due. An item is in it only while it carries both attributes. */
export const OPEN_ORDERS = 'open-orders';

/** One table on demand, restorable to any second of the last 35 days and protected against deletion. */
export class KpiTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: { config: Config; key?: IKey; alarms: ITopic }) {
    super(scope, id);
    const isRetained = props.config.removal === 'retain';
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: props.key ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.AWS_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isRetained,
      removalPolicy: removalOf(props.config),
      timeToLiveAttribute: 'expires',
    });
    pin(this.table, 'KpiTable');
    this.table.addGlobalSecondaryIndex({
      indexName: OPEN_ORDERS,
      partitionKey: { name: 'open', type: AttributeType.STRING },
      sortKey: { name: 'due', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    for (const side of ['Read', 'Write'] as const) {
      alarm(this, `${side}Throttles`, {
        topic: props.alarms,
        description: `The kpi table refuses ${side.toLowerCase()}s: look for one creator with far more traffic than the others.`,
        metric: this.table.metric(`${side}ThrottleEvents`, { statistic: 'Sum', period: Duration.minutes(5) }),
        threshold: 10,
      });
    }
  }
}
