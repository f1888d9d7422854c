/** How does a measurement, or the tests of the dashboard, get a runtime with the demo's year in it? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RuntimeOptions, startRuntime } from '../../local/main.ts';
import { prepareDemo } from '../../samples/demo/run.ts';
import { demoAccounts } from '../../samples/demo/shops.ts';

export interface DemoRuntime {
  url: string;
  stop(): Promise<void>;
}

/** Starts one on any free port, in a folder that goes with it; no live generator: nothing moves that a test did not send. */
export async function startDemo(options: Pick<RuntimeOptions, 'windowSeconds' | 'vendorKeys'> = {}): Promise<DemoRuntime> {
  process.env.TZ = 'UTC';
  const dataDir = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const runtime = await startRuntime({
    port: 0,
    dataDir,
    ...options,
    accounts: demoAccounts,
    prepare: async (stores) => void (await prepareDemo(stores, () => {})),
  });
  return {
    url: runtime.url,
    stop: async () => {
      await runtime.stop();
      rmSync(dataDir, { recursive: true, maxRetries: 5 });
    },
  };
}
