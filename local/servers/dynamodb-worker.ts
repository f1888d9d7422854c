/** How is DynamoDB served from a folder? */
import type { RequestListener } from 'node:http';
import { replaceBatchWrites } from './batch-write.ts';
import { closeIterators } from './close-iterators.ts';
import { openDiskStore } from './disk-store.ts';
import { startHttp2Proxy } from './http2-proxy.ts';
import { readAtOnce } from './quick-reads.ts';
import { sayFromThread, serveThread } from './thread.ts';

replaceBatchWrites();
closeIterators();
readAtOnce();
const { default: dynalite } = await import('dynalite');

await serveThread(async ({ path }: { path: string }) => {
  const store = openDiskStore({ path, open: () => openDynalite(path), log: sayFromThread });
  const proxy = await startHttp2Proxy(store.handle);
  return {
    port: proxy.port,
    failed: store.failed,
    close: async () => {
      await proxy.close();
      await store.close();
    },
  };
});

function openDynalite(path: string) {
  // A table is left half made by a kill between CREATING and ACTIVE: keep that moment as short as it can be.
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return {
    handle: server.listeners('request')[0] as RequestListener,
    close: async () => {
      // TRICKY: dynalite closes its store only through its own server's close, and that only after a listen.
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
