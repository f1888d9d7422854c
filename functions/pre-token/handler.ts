/** What does a token say of its bearer? Adds creator_id and roles to the access token before the user pool signs it. */
import type { Handler } from 'aws-lambda';

/** Groups that are roles. `service` is none of them: no person can be put into a machine's role. */
const peoplesRoles = ['creator', 'analyst', 'admin'];

/** What is read of the pool's request, version 2 or 3. */
export interface TokenRequest {
  triggerSource: string;
  request: {
    userAttributes?: { [name: string]: string };
    groupConfiguration?: { groupsToOverride?: string[] };
  };
  response: { claimsAndScopeOverrideDetails?: unknown };
}

const isMachine = ({ triggerSource }: TokenRequest): boolean => triggerSource === 'TokenGeneration_ClientCredentials';

function claimsOf(event: TokenRequest): { roles: string[]; creator_id?: string } {
  if (isMachine(event)) return { roles: ['service'] };
  const { userAttributes, groupConfiguration } = event.request;
  const roles = peoplesRoles.filter((role) => groupConfiguration?.groupsToOverride?.includes(role));
  const creatorId = userAttributes?.['custom:creator_id'];
  return creatorId ? { creator_id: creatorId, roles } : { roles };
}

/** Answers the request with the claims added; a token without roles opens nothing. */
export const handler: Handler<TokenRequest, TokenRequest> = async (event) => ({
  ...event,
  response: {
    claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claimsOf(event) } },
  },
});
