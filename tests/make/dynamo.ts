/**
 * How does a test reach a DynamoDB server? It runs in this process, and the SDK's client hands its requests straight to it: the same
 * requests and answers, without sockets and signatures, which take more time than the store itself.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

interface Request {
  method: string;
  path: string;
  headers: { [name: string]: string };
  body?: string | Uint8Array;
}

/** An empty server. */
export function startDynamo(): RequestListener {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return server.listeners('request')[0] as RequestListener;
}

/** A client of a server of this process. */
export function clientOf(server: RequestListener, config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: 'http://in-process',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...config,
    signer: { sign: async (request) => request },
    requestHandler: { handle: async (request: Request) => ({ response: await answerOf(server, request) }) } as never,
  });
}

/** Looked at by the server, not checked. */
const signed = {
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=none',
  'x-amz-date': '20260101T000000Z',
};

function answerOf(server: RequestListener, { method, path, headers, body }: Request): Promise<object> {
  return new Promise((resolve) => {
    const sent = typeof body === 'string' ? Buffer.from(body) : Buffer.concat(body ? [body] : []);
    const request = Object.assign(Readable.from([sent]), {
      method,
      url: path,
      headers: { ...headers, ...signed },
    });
    const answered: { [name: string]: string } = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value);
      },
      end: (text = '') => resolve({ statusCode: response.statusCode, headers: answered, body: Buffer.from(text) }),
    };
    server(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

/** Makes an empty kpi table, as the stacks declare it, and waits until it is there. */
export async function createKpiTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName,
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
    }),
  );
  for (let status = ''; status !== 'ACTIVE'; )
    status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus ?? '';
}
