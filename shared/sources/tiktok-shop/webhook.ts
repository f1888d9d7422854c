/** What does a webhook of TikTok Shop say? Read after its signature was checked; it tells what changed, never the new state. */
import { createHash } from 'node:crypto';
import { tally } from '../files/import-report.ts';
import type { Notes } from '../mapping-notes.ts';
import { readJson } from '../read-json.ts';
import { objectOf, type Raw, textOf, timeOf } from '../record.ts';
import { bareInventoryType, type Fetched, webhookTypes } from './rules/webhooks.ts';

export interface Notification {
  type: number;
  /** The same for a notification that comes again: it is worked off once. */
  dedupeKey: string;
  /** Whose it is; events of creators and of fulfilment by TikTok name an open id instead of a shop. */
  shopId?: string | undefined;
  sellerOpenId?: string | undefined;
  creatorOpenId?: string | undefined;
  /** When it was sent (ms). */
  at?: number | undefined;
  data: Raw;
}

/** Inventory changes are documented without an envelope; whether one stands around them is to be confirmed, so both are read. */
const isBareInventory = ({ type, event_id, sku_id }: Raw): boolean => type === undefined && Boolean(event_id) && Boolean(sku_id);

/**
 * Reads the bytes of a webhook. The key is the vendor's notification id; where a type has none (an address change), the hash of the bytes,
 * which are the same when it comes again. Throws SyntaxError where it is no JSON, RangeError where it is no webhook.
 */
export function parseWebhook(rawBody: Uint8Array): Notification {
  const body = objectOf(readJson(Buffer.from(rawBody).toString('utf8')));
  const hash = () => createHash('sha256').update(rawBody).digest('hex');
  if (isBareInventory(body))
    return {
      type: bareInventoryType,
      dedupeKey: textOf(body.event_id) ?? hash(),
      at: typeof body.occurred_at === 'string' ? Date.parse(body.occurred_at) : undefined,
      data: body,
    };
  const type = Number(body.type);
  if (!Number.isInteger(type)) throw new RangeError('this is no webhook of TikTok Shop: it has no type');
  const data = objectOf(body.data);
  return {
    type,
    dedupeKey: textOf(body.tts_notification_id) ?? textOf(data.event_id) ?? hash(),
    shopId: textOf(body.shop_id),
    sellerOpenId: textOf(body.seller_open_id),
    creatorOpenId: textOf(body.creator_open_id),
    at: timeOf(body.timestamp),
    data,
  };
}

export interface ToFetch {
  fetch: Fetched;
  /** Ids of what changed; empty for an authorisation. */
  ids: string[];
}

/** What to read again after a notification; undefined where nothing that is counted changes. A type that is not known is counted. */
export function whatToFetch({ type, data }: Notification, notes: Notes): ToFetch | undefined {
  const known = webhookTypes[type];
  if (!known) tally(notes.unknown, `webhook type ${type}`, `type ${type}`);
  if (!known?.fetch) return undefined;
  const ids = [...new Set((known.id?.(data) ?? []).flatMap((id) => textOf(id) ?? []))];
  if (known.id && ids.length === 0) {
    tally(notes.skipped, `webhook without ids: ${known.name}`, `type ${type}`);
    return undefined;
  }
  return { fetch: known.fetch, ids };
}
