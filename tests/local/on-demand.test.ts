/** Does a server that starts with its first caller answer as one that was there from the beginning? */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startOnDemand } from '../../local/servers/on-demand.ts';
import type { ServerThread } from '../../local/servers/thread.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

let starts = 0;

/** An HTTP server that tells how often it was started and what came in. */
async function startEcho(): Promise<ServerThread> {
  starts++;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => (body += text));
    request.on('end', () => response.end(`${request.method} ${request.headers.host} ${body.length}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('it is started once, by the first of many callers, and hands on what they send under the address they called', async () => {
  starts = 0;
  const server = await startOnDemand(startEcho);
  undo.push(server.stop);
  expect(starts).toBe(0);
  const long = 'x'.repeat(300_000);
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => (await fetch(server.url, { method: 'POST', body: long })).text()),
  );
  expect(new Set(answers)).toEqual(new Set([`POST ${new URL(server.url).host} 300000`]));
  expect(starts).toBe(1);
});

test('a caller of one that cannot start is hung up on', async () => {
  const server = await startOnDemand(() => Promise.reject(new Error('no memory')));
  undo.push(server.stop);
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

test('one that nobody called is stopped without having been started, and one with open connections as well', async () => {
  starts = 0;
  const idle = await startOnDemand(startEcho);
  await idle.stop();
  expect(starts).toBe(0);
  const busy = await startOnDemand(startEcho);
  await (await fetch(busy.url)).text();
  const socket = connect(Number(new URL(busy.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  await busy.stop();
  await closed;
});
