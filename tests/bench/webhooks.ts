/** How long does a vendor wait for the answer to a webhook, also to the first one after a start? */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { startRuntime } from '../../local/main.ts';
import { rounded, spreadOf } from './statistics.ts';
import type { Sending, Sent } from './webhooks-sender.ts';

const keys = { appKey: 'bench-key', appSecret: 'bench-secret' };
const starts = 3;

async function send(sending: Pick<Sending, 'url' | 'rate' | 'seconds' | 'from'>): Promise<Sent> {
  const worker = new Worker(new URL('./webhooks-sender.ts', import.meta.url), { workerData: { ...keys, ...sending } });
  const [sent] = (await once(worker, 'message')) as [Sent];
  return sent;
}

/** Milliseconds of the answers at 200 webhooks a second from the start on, and of the first one after each of some starts. */
export async function webhooks(): Promise<Record<string, unknown>> {
  // As `npm start` does.
  process.env.NODE_COMPILE_CACHE = fileURLToPath(new URL('../../.build/compiled', import.meta.url));
  const first: number[] = [];
  let spread: Record<string, number> = {};
  for (let start = 0; start < starts; start++) {
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const runtime = await startRuntime({ port: 0, dataDir: folder, vendorKeys: { tiktokShop: keys } });
    try {
      const { taken } = await send({ url: runtime.url, rate: 1, seconds: 1, from: 0 });
      first.push(rounded(taken[0] ?? Number.NaN));
      if (start > 0) continue;
      const { taken: all, ...sent } = await send({ url: runtime.url, rate: 200, seconds: 15, from: 1 });
      spread = { ...spreadOf(all), ...sent, load: rounded(loadavg()[0] ?? Number.NaN) };
    } finally {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { 'answered (ms), 200 a second': spread, 'the first after a start (ms)': first };
}
