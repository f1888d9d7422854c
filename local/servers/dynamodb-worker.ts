/** How is DynamoDB served from a folder? */
import type { RequestListener } from 'node:http';
import dynalite from 'dynalite';
import { startFront } from './front.ts';
import { serveThread } from './thread.ts';

await serveThread(async ({ path }: { path: string }) => {
  // A table is left half made by a kill between CREATING and ACTIVE: keep that moment as short as it can be.
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const front = await startFront(server.listeners('request')[0] as RequestListener);
  return {
    port: front.port,
    close: async () => {
      await front.close();
      // TRICKY: dynalite closes its store only through its own server's close, and that only after a listen.
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
});
