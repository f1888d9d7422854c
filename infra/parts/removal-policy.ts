/** What becomes of a thing with data in it when it leaves the template? */
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Config } from '../config.ts';

/**
 * Kept, unless the deployment was declared a trial. What a failed first deployment has made goes with it: there is nothing in it yet,
 * and left behind it would be an orphan that the next deployment makes a second time.
 */
export function removalOf(config: Config): RemovalPolicy {
  return config.removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/**
 * Gives a thing with data in it a logical id of its own. A generated one follows the construct's place in the code, and moving
 * code would then replace a table by an empty one.
 */
export function pin(construct: IConstruct, logicalId: string): void {
  (construct.node.defaultChild as CfnResource).overrideLogicalId(logicalId);
}
