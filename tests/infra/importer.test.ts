/** May the functions of imports do what they have to, and nothing else; and do uploaded files go? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, resources } from './make-stacks.ts';

const { service, data } = makeTemplates();

/** Action and resource of every statement of a part's policies, beside its log. */
function statements(part: string): string[] {
  const policies = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith(part));
  return policies
    .flatMap(([, policy]) => policy.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
    .flatMap(({ Action, Resource }) => [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`))
    .filter((line) => !line.startsWith('logs:'));
}
const actions = (part: string) => [...new Set(statements(part).map((line) => line.split(' ', 1)[0]))].sort();

describe('the function that reads uploaded files', () => {
  it('reads and deletes uploads, keeps its imports, and puts events on the stream', () => {
    expect(actions('ImporterRead')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kinesis:PutRecords',
      's3:DeleteObject',
      's3:GetObject',
      'sqs:SendMessage',
    ]);
  });
});

describe('the function that takes announcements', () => {
  it('keeps imports, signs addresses of uploads, and starts that one function', () => {
    expect(actions('ImporterRequests')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'lambda:InvokeFunction',
      's3:PutObject',
    ]);
    const [start] = statements('ImporterRequests').filter((line) => line.startsWith('lambda:'));
    expect(start).toMatch(/"Fn::GetAtt":\["ImporterReadFunction\w+","Arn"\]/);
  });
});

it('both reach uploads/ in the results bucket only', () => {
  const lines = statements('Importer').filter((each) => each.startsWith('s3:'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/ResultsBucket.*"\/uploads\/\*"/);
});

it('uploaded files go after three days, and a page may put them and nothing else', () => {
  const { ResultsBucket } = resources(data, 'AWS::S3::Bucket');
  expect(ResultsBucket?.LifecycleConfiguration.Rules).toContainEqual(
    expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 3, Status: 'Enabled' }),
  );
  expect(ResultsBucket?.CorsConfiguration.CorsRules).toEqual([
    { AllowedMethods: ['PUT'], AllowedOrigins: ['*'], AllowedHeaders: ['content-type'], MaxAge: 3600 },
  ]);
});
