/** How is Kinesis served from a folder? */
import type { RequestListener } from 'node:http';
import kinesalite from 'kinesalite';
import retention from 'kinesalite/validations/increaseStreamRetentionPeriod.js';
import { startFront } from './front.ts';
import { serveThread } from './thread.ts';

await serveThread(async ({ path }: { path: string }) => {
  // kinesalite knows the week that AWS once allowed; AWS now keeps a year, and a laptop may sleep longer than a week.
  retention.types.RetentionPeriodHours.lessThanOrEqual = 8760;
  const server = kinesalite({ path, createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 100 });
  const front = await startFront(server.listeners('request')[0] as RequestListener);
  return {
    port: front.port,
    close: async () => {
      await front.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
});
