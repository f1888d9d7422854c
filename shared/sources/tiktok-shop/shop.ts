/** Whose record is it? The shop that a mapping works for, and the envelope that its events get. */
import type { CloudEvent } from '../../events/parse.ts';
import { snapshot } from '../files/snapshot.ts';

export interface Shop {
  /** The tenant that the events belong to. */
  creatorId: string;
  /** The vendor's id of the shop, or the open id of a creator who is connected without one. */
  shopId: string;
  /** IANA name: days of stock and of performance are local days. */
  timeZone: string;
  /** Key of the hash that stands for a buyer. */
  buyerSecret: string;
  /** When it was connected (ms): no record is told as older than that, so that it wins over what files said before. */
  connectedAt: number;
}

export interface Known {
  entity: string;
  subject: string;
  /** When the source changed the record last (ms). */
  version: number;
  /** Instants (ms) that the record tells; the latest is its business time. */
  times?: (number | undefined)[];
  data: CloudEvent['data'];
  /** Of a shipment: carrier and tracking number. */
  trackingKey?: string | undefined;
}

/**
 * An event of a shop. The version is the source's own time of change, so of two readings the one of the later change wins, whichever comes
 * first, and never before the shop was connected: what changed last before then was read after it, and is the state of that time. The
 * business time is the latest instant in the record, so that history which is read years later is no correction.
 */
export function eventOf({ creatorId, shopId, connectedAt }: Shop, known: Known): CloudEvent {
  const { entity, subject, times = [], data, trackingKey } = known;
  const told = times.filter((at) => at !== undefined);
  const at = told.length ? Math.max(...told) : known.version;
  const version = Math.max(known.version, connectedAt);
  return snapshot({ source: `/tiktok-shop/${shopId}`, entity, creatorId, subject, at, version, data, trackingKey });
}
