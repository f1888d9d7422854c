/** May the functions of connectors do what they have to, and nothing else; and is what fails kept and told? */
import { describe, expect, it } from 'vitest';
import { makeTemplates, resources } from './make-stacks.ts';
import { actionsIn, statementsOf } from './policies.ts';

const { data, service } = makeTemplates();

/** Beside the counting of callers, which has a condition. */
const statements = (part: string) => statementsOf(service, part, false);
const actions = (part: string) => actionsIn(statements(part));
const reading = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'kinesis:PutRecords',
];
const secrets = ['secretsmanager:CreateSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];

describe('roles', () => {
  it('have a condition on nothing but the counting of callers', () => {
    for (const line of statementsOf(service, 'Connectors', true)) expect(line).toMatch(/^dynamodb:UpdateItem /);
  });
  it('let the function at the door leave what came on the queue, write nothing, and read no token', () => {
    expect(actions('ConnectorsReceive')).toEqual(['dynamodb:GetItem', 'secretsmanager:GetSecretValue', 'sqs:SendMessage']);
    expect(statements('ConnectorsReceive').join()).not.toContain('/connections/');
  });
  it('let the one behind the queue read shops and work off that queue', () =>
    expect(actions('ConnectorsApply')).toEqual(
      [
        ...reading,
        'dynamodb:BatchWriteItem',
        ...secrets,
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
      ].sort(),
    ));
  it('let the poller read shops and start itself', () => {
    expect(actions('ConnectorsPoll')).toEqual([...reading, 'lambda:InvokeFunction', ...secrets, 'sqs:SendMessage']);
    for (const line of statements('ConnectorsPoll').filter((each) => each.startsWith('lambda:')))
      expect(line).toMatch(/"Fn::GetAtt":\["ConnectorsPollFunction\w+","Arn"\]/);
  });
  it('let the one that people connect shops with start the poller', () =>
    expect(actions('ConnectorsConnect')).toEqual([...reading, 'lambda:InvokeFunction', ...secrets]));
  it('reach no secret but the keys of vendors and tokens of this deployment', () => {
    for (const line of statements('Connectors').filter((each) => each.startsWith('secretsmanager:')))
      expect(line).toMatch(/VendorKeys|:secret:CreatorAnalytics\/connections\/\*/);
    for (const line of statements('Connectors').filter((each) => /Create|Put.*Secret/.test(each)))
      expect(line).toContain('/connections/*');
  });
});

describe('notifications', () => {
  const queues = resources(data, 'AWS::SQS::Queue');
  it('that fail five times are kept for 14 days, apart', () =>
    expect(queues.Webhooks).toMatchObject({
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': ['FailedWebhooks', 'Arn'] } },
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
    }));
  it('come many at once and again one by one, and are hidden six times as long as a run may take', () => {
    const [mapping] = Object.values(resources(service, 'AWS::Lambda::EventSourceMapping')).filter(({ EventSourceArn }) =>
      JSON.stringify(EventSourceArn).includes('Webhooks'),
    );
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 50,
      MaximumBatchingWindowInSeconds: 1,
    });
    const apply = Object.entries(resources(service, 'AWS::Lambda::Function')).find(([id]) => id.startsWith('ConnectorsApply'));
    expect(queues.Webhooks?.VisibilityTimeout).toBe(6 * Number(apply?.[1].Timeout));
  });
});

it('connected shops are read every ten minutes', () => {
  const schedules = Object.values(resources(service, 'AWS::Scheduler::Schedule'));
  const poll = schedules.find(({ Target }) => JSON.stringify(Target.Arn).includes('ConnectorsPollFunction'));
  expect(poll?.ScheduleExpression).toBe('rate(10 minutes)');
});

it('the keys of vendors are kept, and no key stands in the template', () => {
  const [secret] = Object.values(resources(data, 'AWS::SecretsManager::Secret'));
  expect(secret?.GenerateSecretString).toMatchObject({ SecretStringTemplate: '{}', GenerateStringKey: 'ownKey' });
});
