/** What does the template ask the embedded runtime to make and to drive? */
import { basename } from 'node:path';
import type { AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { type AthenaCatalog, catalogOf } from './athena/catalog.ts';
import { makeNext } from './invokers/cron.ts';
import { localNaming } from './naming.ts';
import { makeResolver, type Resource, type Stack } from './template.ts';

export interface TableSpec {
  name: string;
  keys: KeySchemaElement[];
  attributes: AttributeDefinition[];
  indexes: GlobalSecondaryIndex[];
}

export interface StreamSpec {
  name: string;
  arn: string;
  shards: number;
}

export interface BucketSpec {
  name: string;
}

export interface FunctionSpec {
  /** The short name: the folder in functions/. Logs are filed under it. */
  name: string;
  physicalName: string;
  arn: string;
  /** Folder of the bundle and the exported handler (`index.handler`). */
  code: string;
  handler: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Record<string, string>;
  /** Works off a queue: whoever waits for an answer goes first. */
  yields?: boolean;
}

/** A Kinesis event source mapping, with AWS's defaults filled in. */
export interface EventSourceSpec {
  id: string;
  /** Name or ARN. */
  functionName: string;
  streamArn: string;
  batchSize: number;
  windowSeconds: number;
  parallelization: number;
  isBisecting: boolean;
  isReportingItems: boolean;
}

/** A queue that a function works off. */
export interface QueueSpec {
  /** What the template's functions know it by. */
  name: string;
  functionName: string;
  batchSize: number;
  windowSeconds: number;
  /** Runs of the function at once. */
  concurrency: number;
  isReportingItems: boolean;
}

/** AWS begins with so many runs at once. */
const QUEUE_CONCURRENCY = 5;

export interface RouteSpec {
  /** `GET /v1/creators/{creatorId}` */
  key: string;
  functionArn: string;
  isPublic: boolean;
  /** Requests per second and how many at once; absent = unlimited. */
  limit?: { rate: number; burst: number };
}

export interface ApiSpec {
  id: string;
  routes: RouteSpec[];
  /** Client ids whose tokens are accepted. */
  audience: string[];
}

/** An EventBridge schedule. */
export interface ScheduleSpec {
  id: string;
  functionArn: string;
  /** `rate(1 hour)`, `cron(2 * * * ? *)`; in UTC. */
  expression: string;
  /** What the function is handed. */
  input: unknown;
}

export interface Deployment {
  region: string;
  account: string;
  tables: TableSpec[];
  streams: StreamSpec[];
  buckets: BucketSpec[];
  functions: FunctionSpec[];
  eventSources: EventSourceSpec[];
  schedules: ScheduleSpec[];
  queues: QueueSpec[];
  athena: AthenaCatalog;
  api: ApiSpec | undefined;
}

/** A resource with its properties resolved. */
interface Found {
  id: string;
  name: string;
  arn: string;
  properties: Record<string, unknown>;
}

/**
 * Reads all stacks of one app into what is to be made. Resource types that need nothing on a laptop are passed over.
 * `bundleNames` tells which function each asset folder holds; without it a function goes by its logical id.
 */
export function planDeployment(stacks: Stack[], bundleNames: Record<string, string> = {}): Deployment {
  const resolve = makeResolver(stacks, localNaming);
  const found = (...types: string[]): Found[] =>
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources ?? {})
        .filter(([, resource]) => types.includes(resource.Type))
        .map(([id, resource]) => ({
          id,
          name: localNaming.ref(stack, id, resource),
          arn: String(arnOf(stack, id, resource)),
          properties: (resolve(stack, resource.Properties ?? {}) ?? {}) as Record<string, unknown>,
        })),
    );
  const bundles = new Map(stacks.flatMap((stack) => [...stack.assets]));
  const mappings = found('AWS::Lambda::EventSourceMapping');
  return {
    region: localNaming.region,
    account: localNaming.account,
    tables: found('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(tableOf),
    streams: found('AWS::Kinesis::Stream').map(({ name, arn, properties }) => ({
      name,
      arn,
      shards: Number(properties.ShardCount ?? 1),
    })),
    buckets: found('AWS::S3::Bucket').map(({ name }) => ({ name })),
    functions: found('AWS::Lambda::Function').flatMap((each) => functionOf(each, bundles, bundleNames)),
    eventSources: mappings.filter((each) => !isOfQueue(each)).map(eventSourceOf),
    queues: mappings.filter(isOfQueue).map((each) => queueOf(each, found('AWS::SQS::Queue'))),
    schedules: found('AWS::Scheduler::Schedule').map(scheduleOf),
    athena: catalogOf(found),
    api: apiOf(found),
  };
}

function arnOf(stack: Stack, id: string, resource: Resource): unknown {
  return localNaming.attribute(stack, id, resource, 'Arn');
}

function tableOf({ name, properties }: Found): TableSpec {
  const indexes = (properties.GlobalSecondaryIndexes ?? []) as GlobalSecondaryIndex[];
  return {
    name,
    keys: properties.KeySchema as KeySchemaElement[],
    attributes: properties.AttributeDefinitions as AttributeDefinition[],
    indexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}

/** Functions whose code is no bundle of ours (CDK's own helpers, inline code) have no work on a laptop. */
function functionOf(
  { id, arn, name, properties }: Found,
  bundles: Map<string, string>,
  names: Record<string, string>,
): FunctionSpec[] {
  const { S3Key } = properties.Code as { S3Key?: string };
  const code = S3Key ? bundles.get(S3Key.replace(/\.zip$/, '')) : undefined;
  const environment = (properties.Environment as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  if (!code || !String(properties.Runtime).startsWith('nodejs')) return [];
  return [
    {
      name: names[basename(code)] ?? id,
      physicalName: name,
      arn,
      code,
      handler: String(properties.Handler),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memoryMegabytes: Number(properties.MemorySize ?? 128),
      environment: {
        ...environment,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize ?? 128),
      },
    },
  ];
}

function eventSourceOf({ id, properties }: Found): EventSourceSpec {
  for (const unknown of ['FilterCriteria', 'TumblingWindowInSeconds', 'StartingPositionTimestamp']) {
    if (properties[unknown] !== undefined) throw new Error(`${id} sets ${unknown}, which the local Kinesis driver does not do.`);
  }
  for (const limit of ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds']) {
    if (Number(properties[limit] ?? -1) !== -1)
      throw new Error(`${id} sets ${limit}: the local Kinesis driver never gives a record up.`);
  }
  if (properties.StartingPosition !== 'TRIM_HORIZON')
    throw new Error(`${id} does not start at TRIM_HORIZON: records would be passed over.`);
  return {
    id,
    functionName: String(properties.FunctionName),
    streamArn: String(properties.EventSourceArn),
    batchSize: Number(properties.BatchSize ?? 100),
    windowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
    parallelization: Number(properties.ParallelizationFactor ?? 1),
    isBisecting: properties.BisectBatchOnFunctionError === true,
    isReportingItems: isReportingItems(properties),
  };
}

const isReportingItems = ({ FunctionResponseTypes }: Found['properties']): boolean =>
  ((FunctionResponseTypes ?? []) as string[]).includes('ReportBatchItemFailures');

const isOfQueue = ({ properties }: Found): boolean => String(properties.EventSourceArn).includes(':sqs:');

function queueOf({ id, properties }: Found, queues: Found[]): QueueSpec {
  const queue = queues.find(({ arn }) => arn === properties.EventSourceArn);
  if (!queue) throw new Error(`${id} reads a queue that the template does not make.`);
  const { MaximumConcurrency } = (properties.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
  return {
    name: queue.name,
    functionName: String(properties.FunctionName),
    batchSize: Number(properties.BatchSize ?? 10),
    windowSeconds: Number(properties.MaximumBatchingWindowInSeconds ?? 0),
    concurrency: Number(MaximumConcurrency ?? QUEUE_CONCURRENCY),
    isReportingItems: isReportingItems(properties),
  };
}

function scheduleOf({ id, properties }: Found): ScheduleSpec {
  const { ScheduleExpression, ScheduleExpressionTimezone = 'UTC', State = 'ENABLED', Target } = properties;
  if (ScheduleExpressionTimezone !== 'UTC') throw new Error(`${id} is in a time zone; the local scheduler knows UTC only.`);
  if (State !== 'ENABLED') throw new Error(`${id} is disabled, which the local scheduler does not do.`);
  const { Arn, Input } = Target as { Arn: string; Input?: string };
  makeNext(String(ScheduleExpression));
  return { id, functionArn: Arn, expression: String(ScheduleExpression), input: Input ? JSON.parse(Input) : {} };
}

function apiOf(found: (...types: string[]) => Found[]): ApiSpec | undefined {
  const [api, second] = found('AWS::ApiGatewayV2::Api');
  if (second) throw new Error('The template has two HTTP APIs; the embedded runtime serves one.');
  if (!api) return undefined;
  const targets = new Map(found('AWS::ApiGatewayV2::Integration').map((each) => [each.name, functionArnIn(each)]));
  const [stage] = found('AWS::ApiGatewayV2::Stage');
  const limits = (stage?.properties.RouteSettings ?? {}) as Record<string, Throttle>;
  const jwt = found('AWS::ApiGatewayV2::Authorizer').map(
    ({ properties }) => properties.JwtConfiguration as { Audience?: string[] } | undefined,
  );
  return {
    id: api.name,
    audience: jwt.flatMap((each) => each?.Audience ?? []),
    routes: found('AWS::ApiGatewayV2::Route').map(({ id, properties }) => {
      const key = String(properties.RouteKey);
      const functionArn = targets.get(String(properties.Target).replace(/^integrations\//, ''));
      if (!functionArn) throw new Error(`Route ${key} (${id}) has no function.`);
      const throttle = limits[key] ?? (stage?.properties.DefaultRouteSettings as Throttle | undefined);
      return { key, functionArn, isPublic: properties.AuthorizationType !== 'JWT', ...limitOf(throttle) };
    }),
  };
}

interface Throttle {
  ThrottlingRateLimit?: number;
  ThrottlingBurstLimit?: number;
}

function limitOf(throttle: Throttle | undefined): { limit?: { rate: number; burst: number } } {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = throttle ?? {};
  return rate === undefined || burst === undefined ? {} : { limit: { rate: Number(rate), burst: Number(burst) } };
}

/** The integration names the function by ARN, alone or inside the invocation URI of API Gateway. */
function functionArnIn({ properties }: Found): string {
  const uri = String(properties.IntegrationUri);
  return uri.match(/arn:aws:lambda:[^/]*:function:[^/]+/)?.[0] ?? uri;
}
