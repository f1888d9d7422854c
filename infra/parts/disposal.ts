/** What becomes of a thing with data in it when it leaves the template? */
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Config } from '../config.ts';

/** Kept, unless the deployment was declared a trial. */
export function disposal(config: Config): RemovalPolicy {
  return config.removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}

/**
 * Gives a thing with data in it a logical id of its own. A generated one follows the construct's place in the code, and moving
 * code would then replace a table by an empty one.
 */
export function pin(construct: IConstruct, logicalId: string): void {
  (construct.node.defaultChild as CfnResource).overrideLogicalId(logicalId);
}
