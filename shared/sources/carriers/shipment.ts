/** How does what a carrier service tells of a parcel read as an event? As the shipment that the parcel is, wherever the label was bought. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { instant, snapshot } from '../files/snapshot.ts';

/** What happened to a parcel at a time (ms), in neutral words. */
export interface Scan {
  at: number;
  status: string;
}

/** A parcel as a carrier service tells it. */
export interface Tracking {
  service: 'easypost' | 'aftership' | 'shippo';
  carrier: string;
  /** Of the carrier. Used again after some months, and by several carriers: told apart together with the carrier. */
  code: string;
  status: string;
  /** When the service changed it last (ms). */
  updatedAt: number;
  /** In any order. */
  scans: Scan[];
  /** Name of the carrier's service: "First-Class Package Service". */
  level?: string | undefined;
}

/** How a parcel is found again: carrier and code, whatever their spelling. */
export const trackingKey = (carrier: string, code: string): string =>
  `${carrier
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')}/${code.trim().toUpperCase().replaceAll(/\s+/g, '')}`;

/** Which shipment a parcel is; the caller finds it by `trackingKey`. */
export interface Place {
  creatorId: string;
  orderId: string;
  shipmentId: string;
  /** The last snapshot of the shipment, of the shop or of a carrier: a snapshot is the whole state, and only the shop knows some of it. */
  known?: CloudEvent['data'];
}

const moving = new Set(['in_transit', 'out_for_delivery', 'available_for_pickup', 'delivery_attempt_failed', 'delivered']);

/** The event of a parcel. Times that the carrier does not tell stay as they are known. */
export function trackingEvent({ service, carrier, status, updatedAt, scans, level }: Tracking, place: Place): CloudEvent {
  const inOrder = scans.toSorted((a, b) => a.at - b.at);
  const first = (is: (status: string) => boolean): string | undefined => {
    const found = inOrder.find((scan) => is(scan.status));
    return found && instant(found.at);
  };
  const { creatorId, orderId, shipmentId, known = {} } = place;
  const isTroubled = status === 'exception' || status === 'returned';
  const data = {
    ...known,
    status,
    carrier: carrier.slice(0, 80),
    service: level?.slice(0, 80) ?? known.service,
    labelAt: known.labelAt ?? first((each) => each === 'label_created'),
    handedOverAt: first((each) => moving.has(each)) ?? known.handedOverAt,
    deliveredAt:
      status === 'delivered' ? (first((each) => each === 'delivered') ?? known.deliveredAt ?? instant(updatedAt)) : undefined,
    exceptionAt: isTroubled ? (first((each) => each === status) ?? known.exceptionAt ?? instant(updatedAt)) : undefined,
  };
  const at = inOrder.at(-1)?.at ?? updatedAt;
  const subject = `order/${encodeId(orderId)}/shipment/${encodeId(shipmentId)}`;
  return snapshot({ source: `/carriers/${service}`, entity: 'shipment', creatorId, subject, at, version: updatedAt, data });
}
