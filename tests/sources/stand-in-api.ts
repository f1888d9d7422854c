/** What stands in for the API where a test needs it to be away, busy or picky? A real server that keeps what it was sent. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import type { Target } from '../../shared/sources/post/send-batch.ts';

export interface Reply {
  status: number;
  body?: unknown;
  headers?: { [name: string]: string };
}

export interface StandIn {
  batches: CloudEvent[][];
  tokens: (string | undefined)[];
  url: string;
  target: Target;
  /** Stops answering: connections are refused until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export const accepts = (batch: CloudEvent[]): Reply => ({ status: 202, body: { accepted: batch.length, rejected: [] } });

/** Answers the n-th request (from 0) with what `reply` says; accepted batches are kept in order. */
export async function standIn(
  reply: (batch: CloudEvent[], n: number, path: string) => Reply = accepts,
  timeoutMs = 60_000,
): Promise<StandIn> {
  const batches: CloudEvent[][] = [];
  const tokens: StandIn['tokens'] = [];
  let n = 0;
  let port = 0;
  let server: Server;
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer(async (request, response) => {
        const batch = JSON.parse((await bodyOf(request)) || '[]') as CloudEvent[];
        tokens.push(request.headers.authorization);
        const { status, body, headers } = reply(batch, n++, request.url ?? '');
        if (status === 202) batches.push(batch);
        response.writeHead(status, headers).end(JSON.stringify(body ?? { detail: `answer ${status}` }));
      }).listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await open();
  onTestFinished(close);
  const url = `http://127.0.0.1:${port}`;
  return {
    batches,
    tokens,
    url,
    open,
    close,
    target: { url: () => url, token: async ({ fresh }) => (fresh ? 'fresh' : 'first'), timeoutMs },
  };
}
