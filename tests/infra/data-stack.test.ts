/** Is what must not be lost kept, encrypted and restorable? */
import type { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { makeApp, makeTemplates, only, resources } from './make-stacks.ts';

const { data } = makeTemplates();

describe('the kpi table', () => {
  const table = only(data, 'AWS::DynamoDB::Table');
  it('is keyed by pk and sk', () => {
    expect(table.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
  });
  it('is billed on demand', () => expect(table.BillingMode).toBe('PAY_PER_REQUEST'));
  it('can be restored to a point in time', () =>
    expect(table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true));
  it('is protected against deletion', () => expect(table.DeletionProtectionEnabled).toBe(true));
  it('is encrypted', () => expect(table.SSESpecification.SSEEnabled).toBe(true));
  it('forgets items by their attribute expires', () => {
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
  });
  it('lists open orders by when they are due, keys only', () => {
    expect(table.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'open-orders',
        KeySchema: [
          { AttributeName: 'open', KeyType: 'HASH' },
          { AttributeName: 'due', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });
  it('has string keys everywhere', () => {
    expect(table.AttributeDefinitions.map((one: { AttributeType: string }) => one.AttributeType)).toEqual(['S', 'S', 'S', 'S']);
  });
});

describe('buckets', () => {
  const buckets = resources(data, 'AWS::S3::Bucket');
  it('are four: lake, quarantine, results and the access logs of these', () => {
    expect(Object.keys(buckets).sort()).toEqual(['AccessLogsBucket', 'LakeBucket', 'QuarantineBucket', 'ResultsBucket']);
  });
  it.each(Object.entries(buckets))('%s is encrypted, private, and drops unfinished uploads', (_, bucket) => {
    expect(bucket.BucketEncryption).toBeDefined();
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket.LifecycleConfiguration.Rules[0].AbortIncompleteMultipartUpload.DaysAfterInitiation).toBe(1);
  });
  it.each(Object.keys(buckets))('%s takes TLS only', (id) => {
    const policies = Object.values(resources(data, 'AWS::S3::BucketPolicy')).filter((policy) => policy.Bucket.Ref === id);
    expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
  });
  it('keep results for 30 days and the quarantine for 90', () => {
    expect(buckets.ResultsBucket!.LifecycleConfiguration.Rules[1].ExpirationInDays).toBe(30);
    expect(buckets.QuarantineBucket!.LifecycleConfiguration.Rules[1].ExpirationInDays).toBe(90);
  });
  it('never expire the lake but its daily snapshots, and what is overwritten can be had back', () => {
    const rules = buckets.LakeBucket!.LifecycleConfiguration.Rules as { Prefix?: string; ExpirationInDays?: number }[];
    const expiring = rules.filter((rule) => 'ExpirationInDays' in rule);
    expect(expiring).toMatchObject([{ Prefix: 'nightly/', ExpirationInDays: 35 }]);
    expect(buckets.LakeBucket!.VersioningConfiguration.Status).toBe('Enabled');
  });
});

describe('the data stack', () => {
  const half = (config = {}) => makeApp(config).node.findChild('CreatorAnalyticsData') as Stack;
  it('cannot be deleted by mistake', () => expect(half().terminationProtection).toBe(true));
  it('of a trial can', () => expect(half({ removal: 'destroy' }).terminationProtection).toBe(false));
});

describe('stateful resources', () => {
  const stateful = ['AWS::DynamoDB::Table', 'AWS::Kinesis::Stream', 'AWS::S3::Bucket'];
  it.each(stateful)('%s survives its removal from the template', (type) => {
    data.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });
  it('have logical ids that do not depend on where the code stands', () => {
    const ids = stateful.flatMap((type) => Object.keys(data.findResources(type)));
    expect(ids.sort()).toEqual(['AccessLogsBucket', 'Events1', 'KpiTable', 'LakeBucket', 'QuarantineBucket', 'ResultsBucket']);
  });
  it('are under one key of the customer, where one is asked for', () => {
    const { data: keyed } = makeTemplates({ customerKey: true });
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
    expect(only(keyed, 'AWS::DynamoDB::Table').SSESpecification).toMatchObject({ SSEType: 'KMS', KMSMasterKeyId: key });
    expect(only(keyed, 'AWS::Kinesis::Stream').StreamEncryption.KeyId).toEqual(key);
    const encryption = resources(keyed, 'AWS::S3::Bucket').LakeBucket!.BucketEncryption.ServerSideEncryptionConfiguration[0];
    expect(encryption.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key });
  });
});

describe('the topic of alarms', () => {
  it('is encrypted under a key that CloudWatch may use', () => {
    expect(only(data, 'AWS::SNS::Topic').KmsMasterKeyId).toBeDefined();
    expect(JSON.stringify(only(data, 'AWS::KMS::Key').KeyPolicy)).toContain('cloudwatch.amazonaws.com');
  });
  it('takes TLS only, and alarms of this account', () => {
    const [denied, allowed] = only(data, 'AWS::SNS::TopicPolicy').PolicyDocument.Statement;
    expect(denied).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allowed).toMatchObject({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } });
  });
  it('mails to the address that is configured', () => {
    data.resourceCountIs('AWS::SNS::Subscription', 0);
    const mailed = makeTemplates({ alarmEmail: 'owner@example.com' }).data;
    expect(only(mailed, 'AWS::SNS::Subscription')).toMatchObject({ Protocol: 'email', Endpoint: 'owner@example.com' });
  });
});
