/** How is Kinesis served from a folder? */
import type { RequestListener } from 'node:http';
import kinesalite from 'kinesalite';
import retention from 'kinesalite/validations/increaseStreamRetentionPeriod.js';
import { openDiskStore } from './disk-store.ts';
import { startHttp2Proxy } from './http2-proxy.ts';
import { sayFromThread, serveThread } from './thread.ts';

await serveThread(async ({ path }: { path: string }) => {
  // kinesalite knows the week that AWS once allowed; AWS now keeps a year, and a laptop may sleep longer than a week.
  retention.types.RetentionPeriodHours.lessThanOrEqual = 8760;
  const store = openDiskStore({ path, open: () => openKinesalite(path), log: sayFromThread });
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

function openKinesalite(path: string) {
  const server = kinesalite({ path, createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 100 });
  return {
    handle: server.listeners('request')[0] as RequestListener,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
