/** How is the stand-in for TikTok Shop reached? An HTTP server on this machine; the vendor's own servers are never asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStandIn, type StandIn } from './api.ts';
import type { StandInOptions } from './options.ts';
import { truthOf } from './truth.ts';

export interface StandInServer extends StandIn {
  url: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** A free one where absent. */
  port?: number;
  /** Where the page of consent sends sellers back to; asked when one comes. */
  callback?: () => string;
}

/** Path of the page of consent: whoever opens it has given consent. */
export const consentPath = '/open/authorize';

/** Listens on 127.0.0.1. */
export async function startStandIn(options: StandInOptions, { port = 0, callback }: ServerOptions = {}): Promise<StandInServer> {
  const standIn = openStandIn(options);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/', headers } = request;
    const asked = new URL(url, 'http://stand-in');
    if (callback !== undefined && asked.pathname === consentPath) {
      const back = new URLSearchParams({
        code: standIn.authorise(asked.searchParams.has('app_key') ? 'creator' : 'seller'),
        state: asked.searchParams.get('state') ?? '',
      });
      return void response.writeHead(302, { location: `${callback()}?${back}` }).end();
    }
    if (asked.pathname === '/truth')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(truthNow(options)));
    const { status, type, body } = standIn.answer({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
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

/** What reports have to say, by local day of the shop's market. */
const truthNow = ({ plan, now }: StandInOptions) =>
  Object.fromEntries([...truthOf(plan, Math.floor(now() / 1000), 'America/Los_Angeles')].sort(([a], [b]) => (a < b ? -1 : 1)));
