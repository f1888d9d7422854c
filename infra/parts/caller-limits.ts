/** How does a function count its callers? It may write their counters, and by this nothing else of the table. */
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Gate } from '../../shared/api/endpoint.ts';
import { callerPrefix } from '../../shared/store/caller-counts.ts';
import { callerLimitsOf } from '../routes.ts';
import type { ServiceFunction } from './service-function.ts';

/** Gives a function the limits of its routes, and its role the right to count. */
export function limitCallers({ lambda, role }: ServiceFunction, name: Gate['to'], table: Table): void {
  lambda.addEnvironment('CALLER_LIMITS', JSON.stringify(callerLimitsOf(name)));
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${callerPrefix}*`] } },
    }),
  );
}
