/** Is every function made alike, allowed little, and watched? */
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/build.ts';
import { makeTemplates, resources } from './make-stacks.ts';

const { service } = makeTemplates();
const functions = Object.entries(resources(service, 'AWS::Lambda::Function'));
const alarms = Object.values(resources(service, 'AWS::CloudWatch::Alarm'));

/** May a statement do nothing but count callers? It reaches partitions of that kind alone. */
const countsCallers = (statement: object): boolean =>
  JSON.stringify(statement).includes('"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["Q#*"]}');

/** The actions a function's role may do, beside writing its log and counting its callers. */
function allowed(part: string): string[] {
  const policies = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith(part));
  const statements = policies.flatMap(([, policy]) => policy.PolicyDocument.Statement as { Action: string | string[] }[]);
  return statements
    .filter((statement) => !countsCallers(statement))
    .flatMap((statement) => statement.Action)
    .filter((action) => !action.startsWith('logs:'))
    .sort();
}

describe('functions', () => {
  it('are those of functions/', () => expect(functions).toHaveLength(FUNCTIONS.length));
  it.each(functions)('%s runs on Node 24 and arm64 from its own bundle', (_, fn) => {
    expect(fn).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });
  it.each(functions)('%s writes into its own log group, which forgets', (_, fn) => {
    const group = resources(service, 'AWS::Logs::LogGroup')[fn.LoggingConfig.LogGroup.Ref];
    expect(group!.RetentionInDays).toBe(30);
  });
  it.each(functions)('%s has memory and time set on purpose', (_, fn) => {
    expect(fn.MemorySize).toBeGreaterThan(128);
    expect(fn.Timeout).toBeGreaterThan(3);
  });
  it.each(functions)('%s is not sent elsewhere by its environment', (_, fn) => {
    expect(Object.keys(fn.Environment?.Variables ?? {}).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });
  it.each(functions)('%s has alarms on errors and on throttling', (id) => {
    const watched = alarms
      .filter((alarm) => JSON.stringify(alarm.Dimensions ?? []).includes(`"${id}"`))
      .map((alarm) => alarm.MetricName);
    expect(watched).toEqual(expect.arrayContaining(['Errors', 'Throttles']));
  });
});

describe('the way out for events that wait for a release that will not come', () => {
  const aboveOf = (config: object) =>
    Object.values(resources(makeTemplates(config).service, 'AWS::Lambda::Function')).flatMap(
      (fn) => fn.Environment?.Variables?.QUARANTINE_DEFINITIONS_ABOVE ?? [],
    );
  it('is given to both readers of the stream', () => expect(aboveOf({ quarantineDefinitionsAbove: 3 })).toEqual(['3', '3']));
  it('is closed where nothing is said', () => expect(aboveOf({})).toEqual([]));
});

describe('roles', () => {
  const WRITE = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
  it('let collect put records on the stream, and read the key that numbers are hashed with', () =>
    expect(allowed('Collector')).toEqual([...WRITE, 'kinesis:PutRecords', 'secretsmanager:GetSecretValue']));
  it('let aggregate put objects into quarantine, and delete nothing', () => {
    expect(allowed('Aggregator').filter((action) => !action.startsWith('kinesis:'))).toEqual([...WRITE, 's3:PutObject']);
  });
  it('let archive put objects into lake and quarantine, and read none', () => {
    const others = allowed('Archiver').filter((action) => !action.startsWith('kinesis:'));
    expect(others).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem', 's3:PutObject']);
  });
  it('let archive reach its own marks in the kpi table, and nothing of a creator', () => {
    const [policy] = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('Archiver'));
    expect(JSON.stringify(policy)).toContain('{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["P#archive#*"]}}');
  });
  it('let archive write nothing in the lake but raw tables', () => {
    const [policy] = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('Archiver'));
    expect(JSON.stringify(policy)).toMatch(/LakeBucketArn\w+"},"\/raw\/\*"/);
  });
  it('let compact merge raw tables', () => {
    expect(allowed('Compactor').filter((action) => action.startsWith('s3:'))).toEqual([
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
    ]);
  });
  it('let reconcile change no totals: it keeps what it found', () => {
    expect(allowed('Reconciler').filter((action) => action.startsWith('dynamodb:'))).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    ]);
  });
  it('let store-nightly write daily snapshots and delete nothing', () => {
    const actions = allowed('NightStore').filter((action) => /^(dynamodb|s3):/.test(action));
    expect([...new Set(actions)].filter((action) => /Put|Update|Delete/.test(action))).toEqual([
      'dynamodb:UpdateItem',
      's3:PutObject',
    ]);
    const policies = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith('NightStore'));
    const statements = policies.flatMap(([, policy]) => policy.PolicyDocument.Statement as { Action: string | string[] }[]);
    const writing = statements.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
    expect(writing.map((one) => /BucketArn\w+"},"([^"]*)"/.exec(JSON.stringify(one))?.[1])).toEqual([
      '/nightly/*',
      '/athena/jobs/*',
    ]);
  });
  it('let report read', () => {
    expect([...new Set(allowed('Reporter'))]).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']);
  });
  it.each(['Collector', 'ExporterRequests', 'Reporter', 'Settings'])('let %s count its callers', (part) => {
    const [policy] = Object.entries(resources(service, 'AWS::IAM::Policy')).filter(([id]) => id.startsWith(part));
    const counting = policy?.[1].PolicyDocument.Statement.filter(countsCallers);
    expect(counting).toMatchObject([{ Action: 'dynamodb:UpdateItem', Effect: 'Allow' }]);
  });
  it('let settings read and put single items, nothing else', () =>
    expect(allowed('Settings')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem']));
  it('let pre-token do nothing', () => expect(allowed('TokenClaims')).toEqual([]));
});

describe('alarms', () => {
  const metrics = alarms.map((alarm) => alarm.MetricName);
  it.each([
    'IteratorAge',
    'QuarantinedRecords',
    'UnknownDefinitions',
    'SequenceDisorder',
    'DifferingCells',
    'LakeUnreadable',
    '5xx',
  ])('watch %s', (name) => expect(metrics).toContain(name));
  it('warn of numbers five minutes old, of a lake a quarter of an hour old, and of half the retention gone for either', () => {
    const ages = alarms.filter((alarm) => alarm.MetricName === 'IteratorAge').map((alarm) => Number(alarm.Threshold));
    expect(ages.sort((a, b) => a - b)).toEqual([300_000, 900_000, 3.5 * 86_400_000, 3.5 * 86_400_000]);
  });
  it('all tell someone, when they begin and when they end', () => {
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toHaveLength(1);
      expect(alarm.OKActions).toHaveLength(1);
      expect(alarm.AlarmDescription).toMatch(/\w\.$/);
    }
  });
});
