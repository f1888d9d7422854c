/** How does a test get a real table and a real stream? In memory, on loopback, with the shape that the template declares. */
import type { RequestListener } from 'node:http';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import dynalite from 'dynalite';
import kinesalite from 'kinesalite';
import { startFront } from '../../local/servers/front.ts';
import type { StreamRecord } from '../../shared/events/record.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openStream, type Stream } from '../../shared/stream/put.ts';

const account = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export interface MadeTable extends Table {
  url: string;
  close(): Promise<void>;
}

/** An empty kpi table with the index of open orders. */
export async function makeTable(): Promise<MadeTable> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const front = await startFront(server.listeners('request')[0] as RequestListener);
  const client = new DynamoDBClient({ ...account, endpoint: `http://127.0.0.1:${front.port}` });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const create = new CreateTableCommand({
    TableName: 'kpi',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    AttributeDefinitions: ['pk', 'sk', 'open', 'due'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'open-orders',
        KeySchema: [key('open', 'HASH'), key('due', 'RANGE')],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
  await client.send(create);
  return {
    ...openTable('kpi', client),
    url: `http://127.0.0.1:${front.port}`,
    close: async () => {
      client.destroy();
      await front.close();
    },
  };
}

export interface MadeStream extends Stream {
  url: string;
  /** Every record on the stream, in order of its shards. */
  records(): Promise<{ seq: string; key: string; record: StreamRecord }[]>;
  close(): Promise<void>;
}

/** An empty stream. */
export async function makeStream(shards = 2): Promise<MadeStream> {
  const server = kinesalite({ createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0 });
  const front = await startFront(server.listeners('request')[0] as RequestListener);
  const client = new KinesisClient({ ...account, endpoint: `http://127.0.0.1:${front.port}` });
  const StreamName = 'events';
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: shards }));
  for (let status = ''; status !== 'ACTIVE'; )
    status = (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary?.StreamStatus ?? '';
  const read = async (ShardId: string | undefined) => {
    const start = await client.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator: start.ShardIterator }));
    return Records.map(({ SequenceNumber = '', PartitionKey = '', Data }) => ({
      seq: SequenceNumber,
      key: PartitionKey,
      record: JSON.parse(Buffer.from(Data ?? []).toString()) as StreamRecord,
    }));
  };
  return {
    ...openStream(StreamName, client),
    url: `http://127.0.0.1:${front.port}`,
    records: async () => {
      const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
      return (await Promise.all(Shards.map(({ ShardId }) => read(ShardId)))).flat();
    },
    close: async () => {
      client.destroy();
      await front.close();
    },
  };
}
