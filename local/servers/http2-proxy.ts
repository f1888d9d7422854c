/** How does one loopback port speak HTTP/1.1 and HTTP/2 for a server that knows only HTTP/1.1? */
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';

export interface Http2Proxy {
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 (port 0 = any free one) and hands every request to `handle`, whole.
 * TRICKY: the SDK's Kinesis client speaks HTTP/2 without asking, so a connection that starts with `PRI` goes to http2.
 * TRICKY: dynalite and kinesalite throw on a request that breaks off; they get a copy that is already complete.
 */
export async function startHttp2Proxy(handle: RequestListener, port = 0): Promise<Http2Proxy> {
  const sockets = new Set<Socket>();
  const pass = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void =>
    passWhole(handle, request as IncomingMessage, response as ServerResponse);
  const http1 = createHttpServer({ keepAliveTimeout: 60_000 }, pass);
  const http2 = createHttp2Server(pass);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.once('data', (head) => {
      socket.pause();
      socket.unshift(head);
      (head.toString('latin1', 0, 3) === 'PRI' ? http2 : http1).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function passWhole(handle: RequestListener, request: IncomingMessage, response: ServerResponse): void {
  // A page in the user's browser must not reach the stores: SDK clients send no Origin, browsers always do.
  if (request.headers.origin) {
    response.statusCode = 403;
    response.end();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('error', () => {});
  response.on('error', () => {});
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    const whole = Object.assign(Readable.from(chunks.length ? [Buffer.concat(chunks)] : []), { method, url, headers });
    handle(whole as unknown as IncomingMessage, response);
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
