/** How does the runtime take its port before it has anything to answer? */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Entrance {
  server: Server;
  /** From now on requests go to this listener; before, they were answered 503. */
  open(listener: RequestListener): void;
  close(): Promise<void>;
}

const startingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Creator Analytics is starting</title>
<h1>Creator Analytics is starting</h1>
<p>This page looks again by itself. The terminal says what is being done.</p>
</html>
`;

/** 503 to programs; to a browser in words, and it asks again by itself. */
const sayStarting: RequestListener = ({ headers }, response) => {
  const isBrowser = headers.accept?.includes('text/html') === true;
  const [type, body] = isBrowser
    ? ['text/html; charset=utf-8', startingPage]
    : ['application/json', '{"message":"Service Unavailable"}'];
  response.writeHead(503, { 'content-type': type, 'retry-after': '1', ...(isBrowser ? { refresh: '1' } : {}) }).end(body);
};

/** Listens on 127.0.0.1 (0 = any free port). Throws with the remedy when the port is taken. */
export async function listenLocally(port: number): Promise<Entrance> {
  let listener: RequestListener = sayStarting;
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => listener(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (reason: NodeJS.ErrnoException) => {
      const other = `Choose another: npm start -- --port ${port >= 1024 && port < 65_535 ? port + 1 : 8787}`;
      const words: Record<string, string> = {
        EADDRINUSE: `Port ${port} is in use. ${other}`,
        EACCES: `Port ${port} may not be used by this user. ${other}`,
      };
      reject(words[reason.code ?? ''] ? new Error(words[reason.code ?? '']) : reason);
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
