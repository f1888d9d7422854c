/** How does a test get a small lake? A template's Glue tables, an embedded S3, and Parquet objects put into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { catalogOf } from '../../../local/athena/catalog.ts';
import { startServerThread } from '../../../local/servers/thread.ts';

const parquet = 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat';
const view = {
  originalSql: 'SELECT creator_id, sum(amount) AS total FROM order_raw GROUP BY creator_id',
  catalog: 'awsdatacatalog',
  schema: 'lake',
};

const resources: { [type: string]: { [id: string]: Record<string, unknown> } } = {
  'AWS::Glue::Database': { Database: { DatabaseInput: { Name: 'lake' } } },
  'AWS::Glue::Table': {
    Orders: {
      DatabaseName: 'lake',
      TableInput: {
        Name: 'order_raw',
        TableType: 'EXTERNAL_TABLE',
        Parameters: {
          'projection.enabled': 'true',
          'projection.dt.type': 'date',
          'projection.dt.range': '2026-01-01,NOW+1DAYS',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Glue's own placeholder.
          'storage.location.template': 's3://lake-bucket/raw/entity=order/dt=${dt}',
        },
        PartitionKeys: [{ Name: 'dt', Type: 'string' }],
        StorageDescriptor: {
          Location: 's3://lake-bucket/raw/entity=order/',
          InputFormat: parquet,
          Columns: [
            { Name: 'creator_id', Type: 'string' },
            { Name: 'amount', Type: 'bigint' },
            { Name: 'paid_at', Type: 'timestamp' },
            { Name: 'later', Type: 'double' },
          ],
        },
      },
    },
    Stored: {
      DatabaseName: 'lake',
      TableInput: {
        Name: 'stored_raw',
        Parameters: {
          'projection.enabled': 'true',
          'projection.attempt.type': 'integer',
          'projection.attempt.range': '2,10',
          'projection.kpi.type': 'enum',
          'projection.kpi.values': 'orders,units',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Glue's own placeholder.
          'storage.location.template': 's3://lake-bucket/stored/attempt=${attempt}/kpi=${kpi}',
        },
        PartitionKeys: [
          { Name: 'attempt', Type: 'bigint' },
          { Name: 'kpi', Type: 'string' },
        ],
        StorageDescriptor: {
          Location: 's3://lake-bucket/stored/',
          InputFormat: parquet,
          Columns: [
            { Name: 'day', Type: 'string' },
            { Name: 'number', Type: 'bigint' },
          ],
        },
      },
    },
    Empty: {
      DatabaseName: 'lake',
      TableInput: {
        Name: 'empty_raw',
        StorageDescriptor: {
          Location: 's3://lake-bucket/none/',
          InputFormat: parquet,
          Columns: [
            { Name: 'n', Type: 'bigint' },
            { Name: 'd', Type: 'date' },
          ],
        },
      },
    },
    Totals: {
      DatabaseName: 'lake',
      TableInput: {
        Name: 'totals',
        TableType: 'VIRTUAL_VIEW',
        ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
        StorageDescriptor: {
          Columns: [
            { Name: 'creator_id', Type: 'string' },
            { Name: 'total', Type: 'bigint' },
          ],
        },
      },
    },
  },
  'AWS::Athena::WorkGroup': {
    Jobs: {
      Name: 'jobs',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        ResultConfiguration: { OutputLocation: 's3://results-bucket/jobs/' },
      },
    },
    Small: {
      Name: 'small',
      WorkGroupConfiguration: {
        BytesScannedCutoffPerQuery: 50,
        ResultConfiguration: { OutputLocation: 's3://results-bucket/small/' },
      },
    },
    Free: { Name: 'free', WorkGroupConfiguration: { EnforceWorkGroupConfiguration: false } },
  },
  'AWS::Athena::NamedQuery': {
    Saved: { Name: 'saved', Description: 'what is it?', Database: 'lake', WorkGroup: 'jobs', QueryString: 'SELECT 1' },
  },
};

export const madeCatalog = () =>
  catalogOf((...types) =>
    types.flatMap((type) => Object.entries(resources[type] ?? {}).map(([id, properties]) => ({ id, name: id, properties }))),
  );

export interface MadeBuckets {
  storageDir: string;
  stateDir: string;
  s3: S3Client;
  endpoint: string;
  put(key: string, body: Uint8Array): Promise<unknown>;
  stop(): Promise<void>;
}

/** The embedded S3 with the buckets of the catalog. */
export async function makeBuckets(): Promise<MadeBuckets> {
  const folder = mkdtempSync(join(tmpdir(), 'athena-lake-'));
  const storageDir = join(folder, 's3');
  const server = await startServerThread(
    new URL('../../../local/servers/s3-worker.ts', import.meta.url),
    { path: storageDir },
    (reason) => {
      throw reason;
    },
  );
  const s3 = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  for (const Bucket of ['lake-bucket', 'results-bucket']) await s3.send(new CreateBucketCommand({ Bucket }));
  return {
    storageDir,
    stateDir: join(folder, 'athena'),
    s3,
    endpoint: server.url,
    put: (Key, Body) => s3.send(new PutObjectCommand({ Bucket: 'lake-bucket', Key, Body })),
    stop: async () => {
      s3.destroy();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface MadeOrder {
  creator: string;
  amount: number;
  paidAt: string;
}

/** A Parquet file of orders; `later` is a column that only newer files have. */
export function ordersFile(orders: MadeOrder[], later?: number): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'creator_id', data: orders.map(({ creator }) => creator), type: 'STRING' },
        { name: 'amount', data: orders.map(({ amount }) => BigInt(amount)), type: 'INT64' },
        { name: 'paid_at', data: orders.map(({ paidAt }) => new Date(paidAt)), type: 'TIMESTAMP' },
        ...(later === undefined ? [] : [{ name: 'later', data: orders.map(() => later), type: 'DOUBLE' as const }]),
      ],
    }),
  );
}
