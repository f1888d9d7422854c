/** How is the stand-in for TikTok Shop reached? An HTTP server on this machine; the vendor's own servers are never asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStandIn, type StandIn } from './api.ts';
import type { StandInOptions } from './options.ts';

export interface StandInServer extends StandIn {
  url: string;
  stop(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startStandIn(options: StandInOptions): Promise<StandInServer> {
  const standIn = openStandIn(options);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/', headers } = request;
    const { status, type, body } = standIn.answer({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    ...standIn,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
