/** What does a vendor do that sends webhooks? A thread of its own, so that sending and answering do not wait for each other. */
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import { rounded } from './statistics.ts';

/** `from` is the number of the first webhook; each has an order of its own. */
export interface Sending {
  url: string;
  appKey: string;
  appSecret: string;
  rate: number;
  seconds: number;
  from: number;
}

/** Milliseconds of those that were taken; how many the gateway had enough of; how many a second were sent. */
export interface Sent {
  taken: number[];
  refused: number;
  rate: number;
}

/** What this thread is later for than so many milliseconds is left out: it would measure the thread. */
const latestMs = 100;

/** A signed notification of an order, another one for each number. */
function notification(n: number, { appKey, appSecret }: Sending): { body: string; authorization: string } {
  const body = JSON.stringify({
    type: 1,
    tts_notification_id: String(7_301_000_000_000_000_000n + BigInt(n)),
    shop_id: '7495000000000000001',
    timestamp: Math.floor(Date.now() / 1000),
    data: { order_id: String(579_265_931_513_190_650n + BigInt(n)), order_status: 'AWAITING_SHIPMENT', update_time: 1 },
  });
  return { body, authorization: signWebhook(body, appKey, appSecret) };
}

/** Milliseconds until webhook n is answered; undefined where the gateway has enough of them. Throws where it is not taken otherwise. */
async function send(n: number, sending: Sending): Promise<number | undefined> {
  const { body, authorization } = notification(n, sending);
  const began = performance.now();
  const answer = await fetch(`${sending.url}/v1/webhooks/tiktok-shop`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  await answer.arrayBuffer();
  if (answer.status === 429) return undefined;
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  return performance.now() - began;
}

/** So many a second, each at its time whether the ones before are answered or not. */
async function sendAll(sending: Sending): Promise<Sent> {
  const { rate, seconds, from } = sending;
  const answers: Promise<number | undefined>[] = [];
  const began = performance.now();
  for (let n = 0; n < rate * seconds; n++) {
    const early = began + (n * 1000) / rate - performance.now();
    if (early > 0) await wait(early);
    if (early > -latestMs) answers.push(send(from + n, sending));
  }
  const all = await Promise.all(answers);
  const taken = all.filter((each) => each !== undefined);
  return { taken, refused: all.length - taken.length, rate: rounded(all.length / seconds, 0) };
}

parentPort?.postMessage(await sendAll(workerData as Sending));
