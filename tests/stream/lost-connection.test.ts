/** What do the real clients throw when a real server loses the connection, and is it taken for an outage? */
import { createServer as createHttp, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it } from 'vitest';
import { isOutage } from '../../shared/outage.ts';
import { openStream, putRecords } from '../../shared/stream/put.ts';

// One attempt of the SDK's: what it throws is what is judged.
const account = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 };
const retryPolicy = { tries: 2, wait: async () => {} };
const json = { 'content-type': 'application/x-amz-json-1.1' };

let close: () => Promise<void> = async () => {};
afterEach(() => close());

const listen = async (server: HttpServer | Http2Server): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A stream whose server loses the first request in a way, and answers every later one. */
async function streamThatLoses(lose: (stream: ServerHttp2Stream) => void) {
  let requests = 0;
  const server = createHttp2();
  server.on('sessionError', () => {});
  server.on('stream', (stream) => {
    stream.on('error', () => {}).resume();
    stream.on('end', () => {
      requests += 1;
      if (requests === 1) return lose(stream);
      stream.respond({ ':status': 200, ...json });
      stream.end(JSON.stringify({ FailedRecordCount: 0, Records: [{ SequenceNumber: '7', ShardId: 'shardId-0' }] }));
    });
  });
  const client = new KinesisClient({ ...account, endpoint: await listen(server) });
  return { stream: openStream('events', client), requests: () => requests };
}

const refused = 7;
const cancelled = 8;
const internal = 2;
const calm = 11;
const half = (stream: ServerHttp2Stream, then: () => void) => {
  stream.respond({ ':status': 200, ...json });
  stream.write('{"Records":[{"Seq', then);
};

describe('a record whose request the stream loses', () => {
  const ways: [string, (stream: ServerHttp2Stream) => void][] = [
    ['refused', (stream) => stream.close(refused)],
    ['cancelled', (stream) => stream.close(cancelled)],
    ['by an internal error', (stream) => stream.close(internal)],
    ['being asked for calm', (stream) => stream.close(calm)],
    ['closed without a word', (stream) => stream.close(0)],
    ['with the whole session told to go away', (stream) => stream.session?.goaway(internal)],
    ['with the session destroyed', (stream) => stream.session?.destroy()],
    ['with the socket gone', (stream) => stream.session?.socket.destroy()],
    ['amid the answer, reset', (stream) => half(stream, () => stream.close(internal))],
    ['amid the answer, with the socket gone', (stream) => half(stream, () => void stream.session?.destroy())],
    [
      'to a proxy’s page',
      (stream) => {
        stream.respond({ ':status': 503, 'content-type': 'text/html' });
        stream.end('<html>');
      },
    ],
  ];
  it.each(ways)('%s is sent again and accepted', async (_, lose) => {
    const { stream, requests } = await streamThatLoses(lose);
    expect(await putRecords(stream, [{ key: 'c-1', data: Buffer.from('a') }], retryPolicy)).toMatchObject([
      { sequenceNumber: '7' },
    ]);
    expect(requests()).toBe(2);
  });

  it('is answered as refused, not thrown, where it is lost to the end', async () => {
    const server = createHttp2();
    server.on('stream', (stream) => stream.on('error', () => {}).close(internal));
    const stream = openStream('events', new KinesisClient({ ...account, endpoint: await listen(server) }));
    expect(await putRecords(stream, [{ key: 'c-1', data: Buffer.from('a') }], retryPolicy)).toEqual([undefined]);
  });

  it('is answered as refused where nothing listens', async () => {
    const url = await listen(createHttp2());
    await close();
    close = async () => {};
    const stream = openStream('events', new KinesisClient({ ...account, endpoint: url }));
    expect(await putRecords(stream, [{ key: 'c-1', data: Buffer.from('a') }], retryPolicy)).toEqual([undefined]);
  });

  it('but whose stream is not there is a fault, thrown at once', async () => {
    const { stream, requests } = await streamThatLoses((one) => {
      one.respond({ ':status': 400, ...json });
      one.end(JSON.stringify({ __type: 'ResourceNotFoundException', message: 'no such stream' }));
    });
    await expect(putRecords(stream, [{ key: 'c-1', data: Buffer.from('a') }], retryPolicy)).rejects.toThrow('no such stream');
    expect(requests()).toBe(1);
  });
});

describe('a question that the store loses', () => {
  const ways: [string, (response: ServerResponse) => void][] = [
    ['with the socket gone', (response) => void response.socket?.destroy()],
    ['with the socket reset', (response) => void response.socket?.resetAndDestroy()],
    ['amid the answer', (response) => response.writeHead(200, json).write('{"Item":{"a', () => void response.socket?.destroy())],
    ['to a proxy’s page', (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>')],
    ['to a throttle', (response) => void response.writeHead(400, json).end('{"__type":"ThrottlingException"}')],
  ];
  it.each(ways)('%s is an outage', async (_, lose) => {
    const server = createHttp((request, response) => void request.resume().on('end', () => lose(response)));
    const client = new DynamoDBClient({ ...account, endpoint: await listen(server) });
    const error = await client.send(new GetItemCommand({ TableName: 'kpi', Key: { pk: { S: 'a' }, sk: { S: 'b' } } })).then(
      () => 'answered',
      (reason: unknown) => reason,
    );
    expect([String(error), isOutage(error)]).toEqual([expect.any(String), true]);
  });
});
