/** How is SES served in memory, to this machine only? What was sent lies in an inbox whose page is the server's own address. */
import type { RequestListener, Server } from 'node:http';
import ses from 'aws-ses-v2-local';
import { isExpectedHost } from '../host-check.ts';
import { portOf } from '../listen.ts';
import { serveThread } from './thread.ts';

// What is sent here stays here, whatever this variable says to the package.
delete process.env.SMTP_TRANSPORT;

await serveThread(async () => {
  const server = await ses.default({ host: '127.0.0.1', port: 0 });
  guard(server);
  return {
    port: portOf(server),
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});

/** Mails hold links that open files: no page of another origin, nor one that points its name at this machine, gets at them. */
function guard(server: Server): void {
  const [handle] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const { host, origin } = request.headers;
    if (isExpectedHost(host) && (origin === undefined || origin === `http://${host}`)) handle?.(request, response);
    else response.writeHead(403).end();
  });
}
