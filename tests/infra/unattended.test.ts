/** What becomes of an event at which a function fails to the end, and who hears of it? For everything that runs unattended. */
import { describe, expect, it } from 'vitest';
import { makeConfig } from '../../infra/config.ts';
import { reserved } from '../../infra/parts/concurrency.ts';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { data, service } = makeTemplates();
const functions = resources(service, 'AWS::Lambda::Function');
const policies = Object.values(resources(service, 'AWS::IAM::Policy'));
const text = (value: unknown) => JSON.stringify(value);
/** The queue as the service stack imports it. */
const DEAD_LETTERS = /ExportsOutputFnGetAttDeadLettersArn\w+/;

/** Who may put into the queue: logical ids of roles. */
const senders = policies
  .filter(({ PolicyDocument }) =>
    PolicyDocument.Statement.some(
      ({ Action, Resource }: { Action: string; Resource: unknown }) =>
        [Action].flat().includes('sqs:SendMessage') && DEAD_LETTERS.test(text(Resource)),
    ),
  )
  .flatMap(({ Roles }) => Roles.map(({ Ref }: { Ref: string }) => Ref));

describe('every function', () => {
  const waitedFor = [
    ...Object.values(resources(service, 'AWS::Lambda::EventSourceMapping')).map(({ FunctionName }) => FunctionName.Ref),
    ...Object.values(resources(service, 'AWS::ApiGatewayV2::Integration')).map(
      ({ IntegrationUri }) => text(IntegrationUri).match(/GetAtt":\["(\w+)"/)?.[1],
    ),
    only(service, 'AWS::Cognito::UserPool').LambdaConfig.PreTokenGenerationConfig.LambdaArn['Fn::GetAtt'][0],
  ];
  const attempts = Object.values(resources(service, 'AWS::Lambda::EventInvokeConfig'));
  const keeping = attempts.map(({ FunctionName }) => FunctionName.Ref);

  it('is either waited for, or keeps what it fails at', () =>
    expect([...new Set(waitedFor), ...keeping].sort()).toEqual(Object.keys(functions).sort()));
  it.each(attempts.map((one) => [one.FunctionName.Ref, one]))('%s: three runs, then its event is a dead letter', (id, one) => {
    expect(one).toMatchObject({ Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 });
    expect(text(one.DestinationConfig.OnFailure.Destination)).toMatch(DEAD_LETTERS);
    expect(senders).toContain(functions[id]?.Role['Fn::GetAtt'][0]);
    // Three runs and the pauses between them fit into the age.
    expect(3 * functions[id]?.Timeout + 180).toBeLessThanOrEqual(one.MaximumEventAgeInSeconds);
  });
  it('gets its destination after its role may write to it', () => {
    for (const { DependsOn = [] } of Object.values(service.findResources('AWS::Lambda::EventInvokeConfig')))
      expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/DefaultPolicy/)]));
  });
});

describe('every schedule', () => {
  it.each(Object.entries(resources(service, 'AWS::Scheduler::Schedule')))(
    '%s keeps what it cannot hand over',
    (_, { Target }) => {
      expect(text(Target.DeadLetterConfig.Arn)).toMatch(DEAD_LETTERS);
      expect(senders).toContain(Target.RoleArn['Fn::GetAtt'][0]);
    },
  );
});

describe('the queue of dead letters', () => {
  it('keeps for as long as it can, encrypted, past the stack', () => {
    expect(resources(data, 'AWS::SQS::Queue').DeadLetters).toMatchObject({
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
    });
    data.allResources('AWS::SQS::Queue', { DeletionPolicy: 'RetainExceptOnCreate' });
  });
  it('takes TLS only', () =>
    expect(
      Object.values(resources(data, 'AWS::SQS::QueuePolicy')).map(({ PolicyDocument }) =>
        text(PolicyDocument).includes('"aws:SecureTransport":"false"'),
      ),
    ).toEqual([true, true, true]));
  it('is watched', () => {
    const [alarm] = Object.values(resources(data, 'AWS::CloudWatch::Alarm')).filter(({ Namespace }) => Namespace === 'AWS/SQS');
    expect(alarm).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
  });
});

describe('runs at once', () => {
  const shares = (accountConcurrency?: number) => {
    const made = resources(makeTemplates(accountConcurrency ? { accountConcurrency } : {}).service, 'AWS::Lambda::Function');
    return Object.entries(made)
      .filter(([, fn]) => fn.ReservedConcurrentExecutions !== undefined)
      .map(([id, fn]) => [id.replace(/Function\w+$/, ''), fn.ReservedConcurrentExecutions]);
  };
  it('are set apart for nobody by default: a new account has ten', () => expect(shares()).toEqual([]));
  it('are half for questions, and some for signing in, where the account has a thousand', () =>
    expect(shares(1000)).toEqual([
      ['ReporterReport', 450],
      ['TokenClaimsPreToken', 45],
    ]));
  it.each([10, 50, 199, 200, 201, 1000, 10_000])('of %i leave 100 to functions without a share', (accountConcurrency) => {
    const config = makeConfig({ accountConcurrency });
    const taken = [0.5, 0.05].map((share) => reserved(config, share) ?? 0).reduce((sum, one) => sum + one);
    expect(accountConcurrency - taken).toBeGreaterThanOrEqual(Math.min(accountConcurrency, 100));
  });
});
