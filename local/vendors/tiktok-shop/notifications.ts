/** Which webhooks does the simulated shop send? One for each change; they may get lost, come twice, and come in any order. */
import { chance, randomOf, whole } from '../../../samples/demo/random.ts';
import { signWebhook } from '../../../shared/sources/tiktok-shop/sign.ts';
import type { Plan } from './plan.ts';

export interface SentWebhook {
  body: string;
  /** The header `Authorization`. */
  authorization: string;
}

export interface NotificationOptions {
  seed: string;
  shopId: string;
  appKey: string;
  appSecret: string;
  /** Shares of all notifications, 0 to 1. */
  lost?: number;
  repeated?: number;
  isShuffled?: boolean;
}

interface Change {
  at: number;
  type: number;
  data: { [name: string]: unknown };
}

function changesOf({ orders }: Plan): Change[] {
  return orders.flatMap((order): Change[] => {
    const steps = order.steps.map(({ at, status }) => ({
      at,
      type: 1,
      // The webhook has another word than the API.
      data: {
        order_id: order.id,
        order_status: status === 'CANCELLED' ? 'CANCEL' : status,
        is_on_hold_order: false,
        update_time: at,
      },
    }));
    const { return: returned, cancellation } = order;
    const returns = returned ? [returned.requestedAt, returned.completedAt] : [];
    const cancellations = cancellation ? [cancellation.requestedAt, cancellation.completedAt] : [];
    return [
      ...steps,
      ...returns.map((at) => ({ at, type: 12, data: { order_id: order.id, return_id: returned?.id, update_time: at } })),
      ...cancellations.map((at) => ({
        at,
        type: 11,
        data: { order_id: order.id, cancel_id: cancellation?.id, create_time: at },
      })),
    ];
  });
}

/** Webhooks of what changed after `from` and until `to` (seconds), signed as the vendor signs them. */
export function notificationsOf(plan: Plan, from: number, to: number, options: NotificationOptions): SentWebhook[] {
  const { seed, shopId, appKey, appSecret, lost = 0, repeated = 0, isShuffled = false } = options;
  const random = randomOf(seed, 'notifications', from, to);
  const changes = changesOf(plan)
    .filter(({ at }) => at > from && at <= to)
    .sort((a, b) => a.at - b.at);
  const sent = changes.flatMap(({ at, type, data }, i): SentWebhook[] => {
    const id = `73${String(from).slice(-9)}${String(100_000 + i)}`;
    const body = JSON.stringify({ type, tts_notification_id: id, shop_id: shopId, timestamp: at, data });
    const webhook = { body, authorization: signWebhook(body, appKey, appSecret) };
    if (chance(random, lost)) return [];
    return chance(random, repeated) ? [webhook, webhook] : [webhook];
  });
  if (isShuffled)
    for (let i = sent.length - 1; i > 0; i--) {
      const j = whole(random, 0, i);
      [sent[i], sent[j]] = [sent[j] as SentWebhook, sent[i] as SentWebhook];
    }
  return sent;
}
