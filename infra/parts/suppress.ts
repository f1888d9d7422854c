/** How is a security finding accepted? Only one by one, and with its reason. */
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts one finding of the AwsSolutions rules for one construct and what lies below it.
 * @param finding the rule and, where a rule has several findings, the finding: `S1`, `IAM5[Resource::*]`
 * @param reason why it is right here, in a sentence a reviewer can check
 */
export function suppress(construct: IConstruct, finding: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
}
