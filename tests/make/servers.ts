/** How does a test get a real table and a real stream? In memory, on loopback, with the shape that the template declares. */
import type { RequestListener } from 'node:http';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  type _Record as Record,
} from '@aws-sdk/client-kinesis';
import kinesalite from 'kinesalite';
import { type Http2Proxy, startHttp2Proxy } from '../../local/servers/http2-proxy.ts';
import type { StreamRecord } from '../../shared/events/record.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openStream, type Stream } from '../../shared/stream/put.ts';
import { clientOf, createKpiTable, startDynamo } from './dynamo.ts';

const account = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export interface MadeTable extends Table {
  /** Makes the server listen for other clients, until the table is closed; answers its address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** An empty kpi table with the index of open orders. */
export async function makeTable(): Promise<MadeTable> {
  const server = startDynamo();
  const client = clientOf(server);
  await createKpiTable(client, 'kpi');
  let front: Http2Proxy | undefined;
  return {
    ...openTable('kpi', client),
    listen: async () => {
      front = await startHttp2Proxy(server);
      return `http://127.0.0.1:${front.port}`;
    },
    close: async () => {
      client.destroy();
      await front?.close();
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
  const front = await startHttp2Proxy(server.listeners('request')[0] as RequestListener);
  const client = new KinesisClient({ ...account, endpoint: `http://127.0.0.1:${front.port}` });
  const StreamName = 'events';
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: shards }));
  for (let status = ''; status !== 'ACTIVE'; )
    status = (await client.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary?.StreamStatus ?? '';
  const read = async (ShardId: string | undefined) => {
    const start = await client.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    const all: Record[] = [];
    // One answer holds ten megabytes at most.
    for (let next = start.ShardIterator; next; ) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: next }));
      all.push(...Records);
      next = Records.length ? NextShardIterator : undefined;
    }
    return all.map(({ SequenceNumber = '', PartitionKey = '', Data }) => ({
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
