/** Is the lake described as it is written, and asked only by whom it may be, at a price that has a limit? */
import { describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { lakeTables } from '../../shared/lake/columns.ts';
import { dailySnapshotTables, dailySnapshotViews } from '../../shared/lake/daily-snapshot-tables.ts';
import { kpiViews } from '../../shared/lake/kpi-views.ts';
import { questions } from '../../shared/lake/questions.ts';
import { newestViews } from '../../shared/lake/views.ts';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { lake, service } = makeTemplates();
const inputs = Object.values(resources(lake, 'AWS::Glue::Table')).map((table) => table.TableInput);
const tables = inputs.filter((input) => input.TableType === 'EXTERNAL_TABLE');
const groups = Object.values(resources(lake, 'AWS::Athena::WorkGroup'));
const group = (name: string) => groups.find((one) => one.Name === name)!;

describe('the database', () => {
  it('is named after the deployment', () => {
    expect(only(lake, 'AWS::Glue::Database').DatabaseInput.Name).toBe('creator_analytics');
    expect(only(makeTemplates({ name: 'Trial2Shop' }).lake, 'AWS::Glue::Database').DatabaseInput.Name).toBe('trial2_shop');
  });
});

describe('tables', () => {
  const stored = dailySnapshotTables(dictionary);
  it('are those that archive writes, and those that are stored every night', () => {
    expect(tables.map((table) => table.Name).sort()).toEqual([...lakeTables, ...stored].map(({ name }) => name).sort());
  });
  it.each([...lakeTables, ...stored])('$name has the columns of its files, each with a comment', ({ name, columns }) => {
    const { Columns } = tables.find((table) => table.Name === name)!.StorageDescriptor;
    expect(Columns).toEqual(columns.map((one) => ({ Name: one.name, Type: one.type, Comment: one.comment })));
    // Glue takes no longer comment.
    for (const { Comment } of Columns) expect(Comment.length).toBeLessThanOrEqual(255);
  });
  it.each(lakeTables)('$name lies where archive puts its files', ({ name, prefix }) => {
    const { StorageDescriptor, Parameters } = tables.find((table) => table.Name === name)!;
    const bucket = { 'Fn::ImportValue': expect.stringContaining('LakeBucket') };
    expect(StorageDescriptor.Location).toEqual({ 'Fn::Join': ['', ['s3://', bucket, `/${prefix}/`]] });
    expect(Parameters['storage.location.template']).toEqual({
      'Fn::Join': ['', ['s3://', bucket, `/${prefix}/dt=$\{dt}`]],
    });
  });
  it.each(lakeTables)('$name finds its days without a crawler', ({ name }) => {
    const { PartitionKeys, Parameters } = tables.find((table) => table.Name === name)!;
    expect(PartitionKeys).toMatchObject([{ Name: 'dt', Type: 'string' }]);
    expect(Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': '2026-01-01,NOW+1DAYS',
    });
  });
});

describe('tables of daily snapshots', () => {
  const found = (name: string) => tables.find((table) => table.Name === name)!;
  it.each(dailySnapshotTables(dictionary).filter(({ partitions }) => partitions.length))(
    '$name lies in a folder of each attempt, under what expires',
    ({ name, prefix }) => {
      const { Parameters } = found(name);
      expect(prefix).toMatch(/^nightly\//);
      expect(JSON.stringify(Parameters['storage.location.template'])).toContain(
        `/${prefix}/night=$\{night}/attempt=$\{attempt}${name.startsWith('kpi_') ? `/kpi=$\{kpi}` : ''}"`,
      );
      expect(Parameters).toMatchObject({
        'projection.enabled': 'true',
        'projection.night.type': 'date',
        // Out of sight before the first of it expires.
        'projection.night.range': 'NOW-33DAYS,NOW+1DAYS',
        'projection.attempt.type': 'integer',
        'projection.attempt.range': '1,5',
      });
    },
  );
  it('have a partition for each KPI that adds up', () => {
    const { PartitionKeys, Parameters } = found('kpi_nightly_raw');
    expect(PartitionKeys.map(({ Name }: { Name: string }) => Name)).toEqual(['night', 'attempt', 'kpi']);
    expect(Parameters).toMatchObject({ 'projection.kpi.type': 'enum' });
    expect(Parameters['projection.kpi.values'].split(',')).toEqual(expect.arrayContaining(['orders', 'gmv', 'timeToDeliver']));
  });
  it('are read through views that know whole nights only', () => {
    for (const { sql } of dailySnapshotViews(dictionary))
      expect(sql).toContain('JOIN nights ON nights.night = stored.night AND nights.attempt = stored.attempt');
  });
});

describe('views', () => {
  const made = inputs.filter((input) => input.TableType === 'VIRTUAL_VIEW');
  const expected = [...newestViews(), ...kpiViews(dictionary), ...dailySnapshotViews(dictionary)];
  /** What Athena reads out of the comment. */
  const definitionOf = ({ ViewOriginalText }: { ViewOriginalText: string }) => {
    const [, text] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText)!;
    return JSON.parse(Buffer.from(text!, 'base64').toString()) as {
      originalSql: string;
      columns: { name: string; type: string }[];
    };
  };

  it('are the newest snapshots and the KPIs, of now and of daily snapshots', () => {
    expect(made.map((view) => view.Name).sort()).toEqual(expected.map(({ name }) => name).sort());
    expect(made.map((view) => view.Name)).toEqual(expect.arrayContaining(['orders', 'order_lines', 'kpi_daily', 'kpi_hourly']));
  });
  it.each(expected)('$name is its statement, in the database of the lake, with columns that Athena and Glue know', (view) => {
    const input = made.find((one) => one.Name === view.name)!;
    expect(definitionOf(input)).toEqual({
      originalSql: view.sql,
      catalog: 'awsdatacatalog',
      schema: 'creator_analytics',
      columns: view.columns.map(({ name, type }) => ({
        name,
        type: type === 'string' ? 'varchar' : type === 'timestamp' ? 'timestamp(3)' : type,
      })),
    });
    expect(input.StorageDescriptor.Columns.map((one: { Name: string }) => one.Name)).toEqual(
      view.columns.map(({ name }) => name),
    );
    expect(input).toMatchObject({ ViewExpandedText: '/* Presto View */', Parameters: { presto_view: 'true' } });
  });
  it('are no larger than Glue and CloudFormation take', () => {
    for (const { ViewOriginalText } of made) expect(ViewOriginalText.length).toBeLessThan(409_600);
    // The template that CDK uploads has no blanks beyond one for each level.
    expect(JSON.stringify(lake.toJSON(), undefined, 1).length).toBeLessThan(1_000_000);
  });
  it('have no name that a table has', () => {
    for (const { Name } of made) expect(tables.map((table) => table.Name)).not.toContain(Name);
  });
});

describe('workgroups', () => {
  it('are one for jobs and one for people', () => {
    expect(groups.map((one) => one.Name).sort()).toEqual(['creator-analytics-analysts', 'creator-analytics-jobs']);
  });
  it.each(groups)('$Name decides where answers go, and encrypts them', ({ Name, WorkGroupConfiguration }) => {
    expect(WorkGroupConfiguration).toMatchObject({ EnforceWorkGroupConfiguration: true, PublishCloudWatchMetricsEnabled: true });
    const { OutputLocation, EncryptionConfiguration } = WorkGroupConfiguration.ResultConfiguration;
    expect(JSON.stringify(OutputLocation)).toContain(`"/athena/${Name.split('-').at(-1)}/"`);
    expect(EncryptionConfiguration).toEqual({ EncryptionOption: 'SSE_S3' });
  });
  it('encrypt under the key of the customer, where one is asked for', () => {
    const keyed = makeTemplates({ customerKey: true }).lake;
    for (const one of Object.values(resources(keyed, 'AWS::Athena::WorkGroup')))
      expect(one.WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption).toBe('SSE_KMS');
  });
  it('stop a person’s query at 10 GB, or where the configuration says', () => {
    const limit = (one: { WorkGroupConfiguration: { BytesScannedCutoffPerQuery?: number } }) =>
      one.WorkGroupConfiguration.BytesScannedCutoffPerQuery;
    expect(limit(group('creator-analytics-analysts') as never)).toBe(10_000_000_000);
    expect(limit(group('creator-analytics-jobs') as never)).toBeUndefined();
    const small = Object.values(resources(makeTemplates({ analystScanGigabytes: 0.5 }).lake, 'AWS::Athena::WorkGroup'));
    expect(small.map((one) => limit(one as never)).filter(Boolean)).toEqual([500_000_000]);
  });
});

describe('the role of analysts', () => {
  const { Statement } = only(lake, 'AWS::IAM::Policy').PolicyDocument;
  /** What may be done on what, in words: accounts, Regions and the hashes of imports left out. */
  const granted = (
    Statement as { Effect: string; Action: string | string[]; Resource: object | object[]; Condition?: object }[]
  ).map(({ Effect, Action, Resource, Condition }) => ({
    Effect,
    actions: [Action].flat(),
    on: [Resource].flat().map(inWords),
    ...(Condition ? { Condition } : {}),
  }));
  it('may ask in one workgroup, read the catalog of one database and the lake, and keep its answers: nothing else', () => {
    const Effect = 'Allow';
    expect(granted).toEqual([
      { Effect, actions: expect.any(Array), on: ['athena:workgroup/creator-analytics-analysts'] },
      {
        Effect,
        actions: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
        on: ['glue:catalog', 'glue:database/creator_analytics', 'glue:table/creator_analytics/*'],
      },
      { Effect, actions: ['s3:GetBucketLocation', 's3:ListBucket'], on: ['LakeBucket'] },
      { Effect, actions: ['s3:GetObject'], on: ['LakeBucket/*'] },
      { Effect, actions: ['s3:GetBucketLocation'], on: ['ResultsBucket'] },
      {
        Effect,
        actions: ['s3:ListBucket'],
        on: ['ResultsBucket'],
        Condition: { StringLike: { 's3:prefix': 'athena/analysts/*' } },
      },
      {
        Effect,
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        on: ['ResultsBucket/athena/analysts/*'],
      },
    ]);
  });
  it('may start, follow and stop queries, and change no workgroup', () => {
    for (const action of granted[0]!.actions)
      expect(action).toMatch(
        /^athena:(Start|Stop|Get|BatchGet|List)(QueryExecutions?|QueryResults|QueryRuntimeStatistics|WorkGroup|NamedQuer(y|ies))$/,
      );
  });
  it('has no policy beside this one', () => expect(only(lake, 'AWS::IAM::Role')).not.toHaveProperty('ManagedPolicyArns'));
  it('is assumed from within the account only', () => {
    const { Statement: trust } = only(lake, 'AWS::IAM::Role').AssumeRolePolicyDocument;
    expect(trust).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: {
          AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] },
        },
      },
    ]);
  });
});

describe('named queries', () => {
  const named = Object.values(resources(lake, 'AWS::Athena::NamedQuery'));
  it('are the questions, for analysts', () => {
    expect(named).toEqual(
      questions.map(({ name, question, sql }) => ({
        Name: name,
        Description: question,
        QueryString: sql,
        Database: 'creator_analytics',
        WorkGroup: 'creator-analytics-analysts',
      })),
    );
  });
});

describe('the service stack', () => {
  it('can be deployed where there is no lake stack', () =>
    expect(JSON.stringify(service.toJSON())).not.toContain('AnalyticsLake'));
});

function inWords(resource: object): string {
  const text = JSON.stringify(resource);
  const imported = /ExportsOutputFnGetAtt(\w+?Bucket)Arn\w{8}"}(?:,"([^"]*)")?/.exec(text);
  if (imported) return `${imported[1]}${imported[2] ?? ''}`;
  const [, kind, rest] = /":(\w+):",.*":([^"]+)"/.exec(text) ?? [];
  return kind ? `${kind}:${rest}` : text;
}
