/** How is S3 served from a folder, to this machine only? */
import type { RequestListener } from 'node:http';
import { type ListenOptions, Server } from 'node:net';
import { startFauxqs } from 'fauxqs';
import { withUploads } from './s3-cors.ts';
import { dropIncoming, findStore, withLargeObjects } from './s3-large-objects.ts';
import { dropTornObjects } from './s3-tidy.ts';
import { serveThread } from './thread.ts';

await serveThread(async ({ path }: { path: string }) => {
  dropTornObjects(path);
  dropIncoming(path);
  const store = await findStore();
  listenOnLoopbackOnly((serve) => withUploads(withLargeObjects(path, store, serve)));
  const server = await startFauxqs({ port: 0, logger: false, s3StorageDir: path, host: '127.0.0.1' });
  return { port: server.port, close: () => server.stop() };
});

/** TRICKY: fauxqs binds 0.0.0.0 whatever it is told. This thread serves nothing else, so every listen in it is made local. */
function listenOnLoopbackOnly(around: (serve: RequestListener) => RequestListener): void {
  const listen = Server.prototype.listen as (this: Server, options: ListenOptions, done?: () => void) => Server;
  Server.prototype.listen = function (this: Server, options: ListenOptions, done?: () => void) {
    for (const serve of this.listeners('request') as RequestListener[]) this.off('request', serve).on('request', around(serve));
    return listen.call(this, { ...options, host: '127.0.0.1' }, done);
  } as typeof Server.prototype.listen;
}
