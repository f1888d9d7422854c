/** What does it take to ask the lake? Exactly this, for a person's role as for a function's. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Config } from '../config.ts';
import type { Buckets } from './buckets.ts';
import { answersOf, lakeNames } from './lake-names.ts';
import { suppress } from './suppress.ts';

export interface LakeAccess {
  config: Config;
  buckets: Buckets;
  key?: IKey;
  as: 'jobs' | 'analysts';
}

const RUN_QUERIES = [
  'athena:BatchGetNamedQuery',
  'athena:BatchGetQueryExecution',
  'athena:GetNamedQuery',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetQueryRuntimeStatistics',
  'athena:GetWorkGroup',
  'athena:ListNamedQueries',
  'athena:ListQueryExecutions',
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
];

/** Lets a role run queries in one workgroup, over the lake's database and bucket, with answers under that workgroup's prefix. */
export function allowToAskLake(role: Role, { config, buckets: { lake, results }, key, as }: LakeAccess): void {
  const stack = Stack.of(role);
  const names = lakeNames(config);
  const allow = (actions: string[], ...resources: string[]): PolicyStatement => {
    const statement = new PolicyStatement({ actions, resources });
    role.addToPolicy(statement);
    return statement;
  };
  const glue = (resource: string): string =>
    stack.formatArn({ service: 'glue', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });

  allow(RUN_QUERIES, stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: names[as] }));
  allow(
    ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
    glue('catalog'),
    glue(`database/${names.database}`),
    glue(`table/${names.database}/*`),
  );
  allow(['s3:GetBucketLocation', 's3:ListBucket'], lake.bucketArn);
  allow(['s3:GetObject'], lake.arnForObjects('*'));
  allow(['s3:GetBucketLocation'], results.bucketArn);
  allow(['s3:ListBucket'], results.bucketArn).addConditions({ StringLike: { 's3:prefix': `${answersOf(as)}/*` } });
  allow(
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
    results.arnForObjects(`${answersOf(as)}/*`),
  );
  if (key) allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn);
  explain(role, config, names.database, as);
}

function explain(role: Role, config: Config, database: string, as: LakeAccess['as']): void {
  const exported = (bucket: string): string => `${config.name}Data:ExportsOutputFnGetAtt${bucket}`;
  suppress(
    role,
    `IAM5[Resource::arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${database}/*]`,
    'Every table of one database, which holds nothing but the lake.',
  );
  suppress(
    role,
    `IAM5[Resource::${exported('LakeBucketArn4B06F64C')}/*]`,
    'Reading the lake means reading any of its files; their keys are not known before.',
  );
  suppress(
    role,
    `IAM5[Resource::${exported('ResultsBucketArn64D1118C')}/${answersOf(as)}/*]`,
    'Answers of one workgroup; Athena chooses their keys.',
  );
}
