/** When does a service that was just started answer? */
import { setTimeout as wait } from 'node:timers/promises';

/** Throws where it does not within half a minute. */
export async function untilHealthy(url: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const response = await fetch(`${url}/v1/health`).catch(() => undefined);
    const body = await response?.text();
    if (response?.ok) return;
    if (Date.now() > giveUpAt)
      throw new Error(`${url}/v1/health does not answer 200 but ${response?.status ?? 'nothing'}: ${body ?? ''}`);
    await wait(100);
  }
}
