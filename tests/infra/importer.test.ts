/** May the functions of imports do what they have to, and nothing else; and do uploaded files go? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, resources } from './make-stacks.ts';
import { actionsIn, statementsOf } from './policies.ts';

const { service, data } = makeTemplates();

const statements = (part: string) => statementsOf(service, part);
const actions = (part: string) => actionsIn(statements(part));

describe('the function that reads uploaded files', () => {
  it('reads and deletes uploads, keeps its imports, and puts events on the stream, or as history into the table and the lake', () => {
    const asksLake = /^(athena|glue):|^s3:(GetBucketLocation|ListBucket|ListMultipartUploadParts)$/;
    expect(actions('ImporterRead').filter((action) => !asksLake.test(action))).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kinesis:PutRecords',
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
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
      's3:GetObject',
      's3:PutObject',
    ]);
    const [start] = statements('ImporterRequests').filter((line) => line.startsWith('lambda:'));
    expect(start).toMatch(/"Fn::GetAtt":\["ImporterReadFunction\w+","Arn"\]/);
  });
});

it('both reach uploads/ and what imports changed in the results bucket, and one the lake that an undo asks and history is put into', () => {
  const lines = statements('Importer').filter((each) => each.startsWith('s3:'));
  expect(lines.length).toBeGreaterThan(0);
  const asksLake = /LakeBucket|athena\/jobs|GetBucketLocation|ListBucket|ListMultipartUploadParts/;
  const others = lines.filter((line) => !asksLake.test(line));
  for (const line of others) expect(line).toMatch(/ResultsBucket.*"\/(uploads|import-changes)\/\*"/);
  expect(others.some((line) => line.includes('import-changes'))).toBe(true);
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
