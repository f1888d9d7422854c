/** Which embedded servers run, where, and how does an SDK client find them? */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import type { EngineProcessOptions } from '../athena/engine-process.ts';
import type { DataDir } from '../data-dir.ts';
import type { Deployment } from '../deployment.ts';
import { startOnDemand } from './on-demand.ts';
import { ensureBucket, ensureStream, ensureTable } from './provision.ts';
import { startServerThread } from './thread.ts';

export interface Servers {
  /** `ses` is also the page of the inbox: all that was sent since the start. */
  endpoints: { dynamodb: string; kinesis: string; s3: string; athena: string; ses: string };
  /** Environment that makes any unchanged SDK client talk to these servers. */
  environment: Record<string, string>;
  clients: { dynamodb: DynamoDBClient; kinesis: KinesisClient; s3: S3Client };
  stop(): Promise<void>;
}

/** Starts DynamoDB, Kinesis, S3 and Athena on the folder, SES in memory, and makes what the template declares. */
export async function startServers(
  dataDir: DataDir,
  deployment: Deployment,
  onFailure: (reason: Error) => void,
  log: (line: string) => void = () => {},
): Promise<Servers> {
  const start = (name: 'dynamodb' | 'kinesis' | 's3') =>
    startServerThread(new URL(`./${name}-worker.ts`, import.meta.url), { path: dataDir.store(name) }, onFailure, log);
  const startMail = startOnDemand(() => startServerThread(new URL('./ses-worker.ts', import.meta.url), {}, onFailure));
  const [dynamodb, kinesis, s3, ses] = await Promise.all([start('dynamodb'), start('kinesis'), start('s3'), startMail]);
  const common = { region: deployment.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const clients = {
    dynamodb: new DynamoDBClient({ ...common, endpoint: dynamodb.url }),
    kinesis: new KinesisClient({ ...common, endpoint: kinesis.url }),
    s3: new S3Client({ ...common, endpoint: s3.url }),
  };
  const athenaOptions: EngineProcessOptions = {
    catalog: deployment.athena,
    storageDir: dataDir.store('s3'),
    s3: s3.url,
    region: deployment.region,
    stateDir: dataDir.store('athena'),
  };
  const [athena] = await Promise.all([
    startOnDemand(() => startServerThread(new URL('./athena-worker.ts', import.meta.url), athenaOptions, onFailure)),
    ...deployment.tables.map((table) => ensureTable(clients.dynamodb, table)),
    ...deployment.streams.map((stream) => ensureStream(clients.kinesis, stream)),
    ...deployment.buckets.map((bucket) => ensureBucket(clients.s3, bucket)),
  ]);
  return {
    endpoints: { dynamodb: dynamodb.url, kinesis: kinesis.url, s3: s3.url, athena: athena.url, ses: ses.url },
    environment: {
      AWS_REGION: deployment.region,
      AWS_DEFAULT_REGION: deployment.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      // TRICKY: 127.0.0.1 and not localhost: only an address makes the S3 client put the bucket into the path.
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_KINESIS: kinesis.url,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_ATHENA: athena.url,
      AWS_ENDPOINT_URL_SESV2: ses.url,
    },
    clients,
    stop: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await athena.stop();
      await Promise.all([dynamodb.stop(), kinesis.stop(), s3.stop(), ses.stop()]);
    },
  };
}
