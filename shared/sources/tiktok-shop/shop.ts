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
 * An event of a shop. The version is the source's own time of change, so of two readings the one of the later change wins, whichever
 * comes first; the business time is the latest instant in the record, so that history which is read years later is no correction.
 */
export function eventOf(
  { creatorId, shopId }: Shop,
  { entity, subject, version, times = [], data, trackingKey }: Known,
): CloudEvent {
  const known = times.filter((at) => at !== undefined);
  const at = known.length ? Math.max(...known) : version;
  return snapshot({ source: `/tiktok-shop/${shopId}`, entity, creatorId, subject, at, version, data, trackingKey });
}
