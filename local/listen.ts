/** How does the runtime take its port before it has anything to answer? */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Entrance {
  server: Server;
  /** From now on requests go to this listener; before, they were answered 503. */
  open(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 (0 = any free port). Throws with the remedy when the port is taken. */
export async function listenLocally(port: number): Promise<Entrance> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' }).end('{"message":"Service Unavailable"}');
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (reason: NodeJS.ErrnoException) => {
      const isTaken = reason.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`) : reason);
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    server,
    open: (next) => {
      listener = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The port a server got. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
