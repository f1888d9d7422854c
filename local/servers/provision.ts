/** Do the tables, streams and buckets of the template exist on the embedded servers? */
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException as NoSuchTable,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  ResourceNotFoundException as NoSuchStream,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BucketSpec, StreamSpec, TableSpec } from '../deployment.ts';

/** A laptop may be closed for weeks with events not yet applied: keep them as long as AWS would let anyone. */
const RETENTION_HOURS = 8760;

/** Makes the table if it is absent. Throws when a table of that name has other keys or indexes than the template. */
export async function ensureTable(client: DynamoDBClient, table: TableSpec): Promise<void> {
  const made = await findTable(client, table.name);
  if (!made) {
    await client.send(
      new CreateTableCommand({
        TableName: table.name,
        KeySchema: table.keys,
        AttributeDefinitions: table.attributes,
        GlobalSecondaryIndexes: table.indexes.length ? table.indexes : undefined,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  } else if (shapeOf(made.KeySchema, made.GlobalSecondaryIndexes) !== shapeOf(table.keys, table.indexes)) {
    throw new Error(
      `Table ${table.name} on disk has other keys or indexes than the template. Delete the data folder, or use another one.`,
    );
  }
  await until(async () => (await findTable(client, table.name))?.TableStatus === 'ACTIVE', `table ${table.name}`);
}

/** Makes the stream if it is absent, and keeps its records for as long as possible. */
export async function ensureStream(client: KinesisClient, stream: StreamSpec): Promise<void> {
  const describe = new DescribeStreamSummaryCommand({ StreamName: stream.name });
  const find = async () => {
    try {
      return (await client.send(describe)).StreamDescriptionSummary;
    } catch (reason) {
      if (reason instanceof NoSuchStream) return undefined;
      throw reason;
    }
  };
  if (!(await find())) await client.send(new CreateStreamCommand({ StreamName: stream.name, ShardCount: stream.shards }));
  await until(async () => (await find())?.StreamStatus === 'ACTIVE', `stream ${stream.name}`);
  await client.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: stream.name, RetentionPeriodHours: RETENTION_HOURS }));
}

/** Makes the bucket if it is absent. */
export async function ensureBucket(client: S3Client, bucket: BucketSpec): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket.name }));
  } catch {
    await client.send(new CreateBucketCommand({ Bucket: bucket.name }));
  }
}

async function findTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (reason) {
    if (reason instanceof NoSuchTable) return undefined;
    throw reason;
  }
}

interface Key {
  AttributeName?: string | undefined;
  KeyType?: string | undefined;
}

function shapeOf(keys: Key[] = [], indexes: { IndexName?: string | undefined; KeySchema?: Key[] | undefined }[] = []): string {
  const words = (list: Key[] = []): string => list.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).join(',');
  return [words(keys), ...indexes.map((index) => `${index.IndexName}: ${words(index.KeySchema)}`).sort()].join('; ');
}

async function until(isReady: () => Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await isReady())) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `The ${what} did not become active; a kill may have left it half made. Delete the data folder and start again.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
