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
const latestMs = 100;

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

/** Milliseconds until webhook n is answered; undefined where the gateway has enough of them. Throws where it is not taken otherwise. */
async function send(url: string, n: number): Promise<number | undefined> {
  const { body, authorization } = notification(n);
  const began = performance.now();
  const answer = await fetch(`${url}/v1/webhooks/tiktok-shop`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  await answer.arrayBuffer();
  if (answer.status === 429) return undefined;
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  return performance.now() - began;
}

/** So many a second, each at its time whether the ones before are answered or not; what this process is late for is left out. */
async function atRate(url: string, from: number): Promise<{ taken: number[]; refused: number; rate: number }> {
  const answers: Promise<number | undefined>[] = [];
  const began = performance.now();
  for (let due = began; due < began + seconds * 1000; due += 1000 / rate) {
    const early = due - performance.now();
    if (early > 0) await wait(early);
    if (early > -latestMs) answers.push(send(url, from + answers.length));
  }
  const all = await Promise.all(answers);
  const taken = all.filter((each) => each !== undefined);
  return { taken, refused: all.length - taken.length, rate: rounded(all.length / seconds, 0) };
}

/** Milliseconds of the answers at 200 webhooks a second, and of the first one after each of some starts. */
export async function webhooks(): Promise<Record<string, unknown>> {
  const first: number[] = [];
  let spread: Record<string, number> = {};
  for (let start = 0; start < starts; start++) {
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const runtime = await startRuntime({ port: 0, dataDir: folder, vendorKeys: { tiktokShop: keys } });
    try {
      first.push(rounded((await send(runtime.url, 0)) ?? Number.NaN));
      if (start > 0) continue;
      const { taken, ...sent } = await atRate(runtime.url, 1);
      spread = { ...spreadOf(taken), ...sent };
    } finally {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { 'answered (ms), 200 a second': spread, 'the first after a start (ms)': first };
}
