/** What are the physical names and ARNs of resources that no cloud has ever made? */
import { createHash } from 'node:crypto';
import type { Naming, Resource, Stack } from './template.ts';

/** kinesalite and dynalite say these in their own ARNs. */
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

interface Kind {
  /** The property that fixes the name, if the template sets it; a dot leads into an object. */
  named?: string;
  longest: number;
  lowerCase?: boolean;
  attributes: (name: string) => Record<string, string>;
}

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const table: Kind = { named: 'TableName', longest: 255, attributes: (name) => ({ Arn: arn('dynamodb', `table/${name}`) }) };

/** One entry per resource type that a function's environment or a driver may refer to. */
const KINDS: Record<string, Kind> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Kinesis::Stream': { named: 'Name', longest: 128, attributes: (name) => ({ Arn: arn('kinesis', `stream/${name}`) }) },
  'AWS::S3::Bucket': {
    named: 'BucketName',
    longest: 63,
    lowerCase: true,
    attributes: (name) => ({ Arn: `arn:aws:s3:::${name}`, DomainName: `${name}.s3.amazonaws.com` }),
  },
  'AWS::Lambda::Function': {
    named: 'FunctionName',
    longest: 64,
    attributes: (name) => ({ Arn: arn('lambda', `function:${name}`) }),
  },
  'AWS::SNS::Topic': {
    named: 'TopicName',
    longest: 256,
    attributes: (name) => ({ TopicArn: arn('sns', name), TopicName: name }),
  },
  'AWS::SQS::Queue': { named: 'QueueName', longest: 80, attributes: (name) => ({ Arn: arn('sqs', name), QueueName: name }) },
  'AWS::SecretsManager::Secret': { named: 'Name', longest: 255, attributes: () => ({}) },
  'AWS::Glue::Database': { named: 'DatabaseInput.Name', longest: 255, lowerCase: true, attributes: () => ({}) },
  'AWS::Athena::WorkGroup': { named: 'Name', longest: 128, attributes: () => ({}) },
  'AWS::Cognito::UserPool': {
    longest: 55,
    attributes: (name) => ({
      Arn: arn('cognito-idp', `userpool/${name}`),
      ProviderName: `cognito-idp.${REGION}.amazonaws.com/${name}`,
      ProviderURL: `https://cognito-idp.${REGION}.amazonaws.com/${name}`,
    }),
  },
};

/** Names are the template's own where it gives one, else stack and logical id: the same at every start. */
export const localNaming: Naming = {
  region: REGION,
  account: ACCOUNT,
  ref: (stack, id, resource) => nameOf(stack, id, resource),
  attribute: (stack, id, resource, attribute) => {
    const value = KINDS[resource.Type]?.attributes(nameOf(stack, id, resource))[attribute];
    if (value !== undefined) return value;
    if (attribute.endsWith('Arn')) return arn(resource.Type.split('::')[1]?.toLowerCase() ?? 'unknown', id);
    throw new Error(`${stack.name} asks for ${id}.${attribute} (${resource.Type}): add it to local/naming.ts.`);
  },
};

function nameOf(stack: Stack, id: string, resource: Resource): string {
  const kind = KINDS[resource.Type];
  if (!kind) return id;
  const given = kind.named?.split('.').reduce<unknown>(propertyOf, resource.Properties);
  if (typeof given === 'string') return given;
  const name = `${stack.name}-${id}`;
  return shorten(kind.lowerCase ? name.toLowerCase() : name, kind.longest);
}

const propertyOf = (value: unknown, key: string): unknown => (value as Record<string, unknown> | undefined)?.[key];

function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 9)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
