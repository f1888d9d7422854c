/** May the functions of exports do what they have to, and nothing else; and does the hourly run happen? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { service } = makeTemplates();

/** Action and resource of every statement of a part's policies, beside its log. */
function statements(part: string): string[] {
  const policies = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith(part));
  return policies
    .flatMap(([, policy]) => policy.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`))
    .filter((line) => !line.startsWith('logs:'));
}
const actions = (part: string) => [...new Set(statements(part).map((line) => line.split(' ', 1)[0]))].sort();

describe('the function that writes files', () => {
  it('reads the table, changes its jobs, and puts files of exports', () => {
    expect(actions('ExporterWrite')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
  });
  it('reaches exports/ in the results bucket only', () => {
    for (const line of statements('ExporterWrite').filter((each) => each.startsWith('s3:')))
      expect(line).toMatch(/ResultsBucket.*"\/exports\/\*"/);
  });
  it('is run three times at most, within an hour', () => {
    expect(only(service, 'AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
    });
  });
});

describe('the function that takes requests', () => {
  it('keeps jobs and schedules, reads files, and starts that one function', () => {
    expect(actions('ExporterRequests')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'lambda:InvokeFunction',
      's3:GetObject',
    ]);
    const [start] = statements('ExporterRequests').filter((line) => line.startsWith('lambda:'));
    expect(start).toMatch(/"Fn::GetAtt":\["ExporterWriteFunction\w+","Arn"\]/);
  });
});

describe('the hourly run', () => {
  const hourly = Object.values(resources(service, 'AWS::Scheduler::Schedule')).find(({ Target }) =>
    JSON.stringify(Target.Arn).includes('ExporterDueFunction'),
  );
  it('happens two minutes past every hour', () => {
    expect(hourly).toMatchObject({ ScheduleExpression: 'cron(2 * * * ? *)', FlexibleTimeWindow: { Mode: 'OFF' } });
  });
  it('may invoke its function, by a role that only our own schedules can take', () => {
    const roles = Object.entries(resources(service, 'AWS::IAM::Role'));
    const [, role] = roles.find(([id]) => id.startsWith('ExporterHourlyRole')) ?? [];
    expect(role?.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
    expect(actions('ExporterHourlyPolicy')).toEqual(['lambda:InvokeFunction']);
  });
});
