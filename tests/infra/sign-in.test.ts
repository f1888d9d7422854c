/** Can someone sign in as somebody else, or past the sign-in page? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { service } = makeTemplates();
const pool = only(service, 'AWS::Cognito::UserPool');
const clients = Object.values(resources(service, 'AWS::Cognito::UserPoolClient'));
const dashboard = clients.find((client) => !client.GenerateSecret)!;
const machine = clients.find((client) => client.GenerateSecret)!;

describe('the user pool', () => {
  it('is kept, and protected once its first deployment stands', () => {
    expect(pool.DeletionProtection).toBe('INACTIVE');
    expect(only(makeTemplates({ protectUsers: true }).service, 'AWS::Cognito::UserPool').DeletionProtection).toBe('ACTIVE');
    service.allResources('AWS::Cognito::UserPool', { DeletionPolicy: 'RetainExceptOnCreate' });
  });
  it('takes nobody who was not invited', () => expect(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true));
  it('has claims added to the tokens of people and machines', () => {
    expect(pool.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe('V3_0');
    expect(pool.UserPoolTier).toBe('ESSENTIALS');
  });
  it('has a group for each role that people have', () => {
    const groups = Object.values(resources(service, 'AWS::Cognito::UserPoolGroup')).map((group) => group.GroupName);
    expect(groups.sort()).toEqual(['admin', 'analyst', 'creator']);
  });
});

describe('clients', () => {
  it('of the dashboard have no secret and use the code flow', () => expect(dashboard.AllowedOAuthFlows).toEqual(['code']));
  it('of machines ask for the one scope', () => {
    expect(machine.AllowedOAuthFlows).toEqual(['client_credentials']);
    expect(JSON.stringify(machine.AllowedOAuthScopes)).toContain('/write');
  });
  it('cannot set whose numbers a person sees', () => expect(dashboard.WriteAttributes).toEqual(['email']));
  it('take no password past the sign-in page', () => {
    for (const client of clients) expect(client.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
  });
});
