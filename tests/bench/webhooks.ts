/** How long does a vendor wait for the answer to a webhook, also to the first one after a start? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRuntime } from '../../local/main.ts';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import { rounded, spreadOf } from './statistics.ts';

const keys = { appKey: 'bench-key', appSecret: 'bench-secret' };
const rate = 200;
const seconds = 15;
const starts = 3;

/** A signed notification of an order, another one for each number. */
function notification(n: number): { body: string; authorization: string } {
  const body = JSON.stringify({
    type: 1,
    tts_notification_id: String(7_301_000_000_000_000_000n + BigInt(n)),
    shop_id: '7495000000000000001',
    timestamp: Math.floor(Date.now() / 1000),
    data: { order_id: String(579_265_931_513_190_650n + BigInt(n)), order_status: 'AWAITING_SHIPMENT', update_time: 1 },
  });
  return { body, authorization: signWebhook(body, keys.appKey, keys.appSecret) };
}

/** Milliseconds until webhook n is answered. Throws where it is not taken. */
async function send(url: string, n: number): Promise<number> {
  const { body, authorization } = notification(n);
  const began = performance.now();
  const answer = await fetch(`${url}/v1/webhooks/tiktok-shop`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  return performance.now() - began;
}

/** So many a second, each at its time whether the ones before are answered or not. */
async function atRate(url: string, from: number): Promise<number[]> {
  const began = performance.now();
  const answers: Promise<number>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const due = began + (n / rate) * 1000 - performance.now();
    if (due > 0) await wait(due);
    answers.push(send(url, from + n));
  }
  return Promise.all(answers);
}

/** Milliseconds of the answers at 200 webhooks a second, and of the first one after each of some starts. */
export async function webhooks(): Promise<Record<string, unknown>> {
  const first: number[] = [];
  let spread: ReturnType<typeof spreadOf> | undefined;
  for (let start = 0; start < starts; start++) {
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const runtime = await startRuntime({ port: 0, dataDir: folder, vendorKeys: { tiktokShop: keys } });
    try {
      first.push(rounded(await send(runtime.url, 0), 1));
      if (start === 0) spread = spreadOf(await atRate(runtime.url, 1));
    } finally {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { 'answered (ms), 200 a second': spread, 'the first after a start (ms)': first };
}
