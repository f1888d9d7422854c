/** What does a token say of a person, and of a machine? */
import { describe, expect, it } from 'vitest';
import { handler, type TokenRequest } from '../../functions/pre-token/handler.ts';

async function claims(request: TokenRequest['request'], triggerSource = 'TokenGeneration_HostedAuth') {
  const answer = (await handler({ triggerSource, request, response: {} }, {} as never, () => {})) as TokenRequest;
  const details = answer.response.claimsAndScopeOverrideDetails as { accessTokenGeneration: { claimsToAddOrOverride: unknown } };
  expect(answer.request).toBe(request);
  return details.accessTokenGeneration.claimsToAddOrOverride;
}

describe('an access token', () => {
  it('of a person carries the creator of the account and the groups that are roles', async () => {
    const request = {
      userAttributes: { 'custom:creator_id': 'c-1', email: 'rosa@example.com' },
      groupConfiguration: { groupsToOverride: ['creator', 'analyst', 'newsletter'] },
    };
    expect(await claims(request)).toEqual({ creator_id: 'c-1', roles: ['creator', 'analyst'] });
  });

  it('of a machine carries the role service and nobody’s creator', async () => {
    expect(await claims({ userAttributes: {} }, 'TokenGeneration_ClientCredentials')).toEqual({ roles: ['service'] });
  });

  it('never makes a person a service, and without groups opens nothing', async () => {
    expect(await claims({ groupConfiguration: { groupsToOverride: ['service'] } })).toEqual({ roles: [] });
    expect(await claims({})).toEqual({ roles: [] });
  });
});
