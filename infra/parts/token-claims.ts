/** Who writes creator_id and roles into a token? */
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ServiceFunction, type Surroundings } from './service-function.ts';

/** The function that the user pool asks before it signs a token. It reads nothing but what the pool hands it. */
export class TokenClaims extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, props: Surroundings) {
    super(scope, id);
    this.fn = new ServiceFunction(this, 'PreToken', {
      ...props,
      name: 'pre-token',
      description: 'Adds creator_id and roles to a token',
      memory: 256,
      // Cognito waits five seconds at most.
      timeout: Duration.seconds(5),
      alarmsAtOnce: true,
      // Nobody signs in without it: its runs are out of reach for a flood of questions.
      share: 0.05,
    });
  }
}
