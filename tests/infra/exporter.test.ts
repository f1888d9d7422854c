/** May the functions of exports do what they have to, and nothing else; and does the hourly run happen? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, resources } from './make-stacks.ts';
import { actionsIn, statementsOf } from './policies.ts';

const { service } = makeTemplates();
const { service: mailing } = makeTemplates({ mailFrom: 'files@shop.example.com', mailIdentity: 'example.com' });

const statements = (part: string, template = service) => statementsOf(template, part);
const actions = (part: string, template = service) => actionsIn(statements(part, template));

describe('the function that writes files', () => {
  it('reads the table, changes its jobs, and puts files of exports', () => {
    expect(actions('ExporterWrite')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      's3:AbortMultipartUpload',
      's3:PutObject',
      'sqs:SendMessage',
    ]);
  });
  it('reaches exports/ in the results bucket only', () => {
    for (const line of statements('ExporterWrite').filter((each) => each.startsWith('s3:')))
      expect(line).toMatch(/ResultsBucket.*"\/exports\/\*"/);
  });
  it('is run three times at most, within an hour', () => {
    const [config] = Object.entries(resources(service, 'AWS::Lambda::EventInvokeConfig')).filter(([id]) =>
      id.startsWith('ExporterWrite'),
    );
    expect(config?.[1]).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 });
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

describe('with a sender', () => {
  const policies = Object.entries(resources(mailing, 'AWS::IAM::Policy'));
  const environmentOf = (part: string, template = mailing) =>
    Object.entries(resources(template, 'AWS::Lambda::Function')).find(([id]) => id.startsWith(part))?.[1].Environment.Variables;

  it('only the function that writes files may send mail, from that address, by that identity', () => {
    const sending = policies.flatMap(([id, policy]) =>
      policy.PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) => JSON.stringify(Action).includes('ses:')).map(
        (statement: object) => [id.startsWith('ExporterWrite'), statement],
      ),
    );
    expect(sending).toEqual([
      [
        true,
        {
          Effect: 'Allow',
          Action: 'ses:SendEmail',
          Resource: { 'Fn::Join': ['', expect.arrayContaining([':ses:', ':identity/example.com'])] },
          Condition: { StringEquals: { 'ses:FromAddress': 'files@shop.example.com' } },
        },
      ],
    ]);
  });

  it('the function that writes files knows sender and API, the one that takes requests that mail is sent', () => {
    expect(environmentOf('ExporterWrite')).toMatchObject({ MAIL_FROM: 'files@shop.example.com', API_URL: expect.anything() });
    expect(environmentOf('ExporterRequests')).toMatchObject({ MAIL_FROM: 'files@shop.example.com' });
    expect(environmentOf('ExporterDue')).not.toHaveProperty('MAIL_FROM');
  });

  it('without one nothing is allowed and nothing is known', () => {
    expect(actions('Exporter').filter((action) => action?.startsWith('ses:'))).toEqual([]);
    for (const part of ['ExporterWrite', 'ExporterRequests'])
      expect(environmentOf(part, service)).not.toHaveProperty('MAIL_FROM');
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
    expect(actions('ExporterHourlyPolicy')).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  });
});
