/** How does what a carrier service tells of a parcel read as an event? As the shipment that the parcel is, wherever the label was bought. */
import type { CloudEvent } from '../../events/parse.ts';
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

/** What is kept of it: without the number, and of the scans those that times are read from. */
export type Told = Omit<Tracking, 'code'>;

/** Statuses that one message may name, known or not. */
const mostStatuses = 40;

/** A tracking without its number: of each status the first scan, and the last scan of all. */
export function withoutCode({ code: _, scans, ...rest }: Tracking): Told {
  const inOrder = scans.toSorted((a, b) => a.at - b.at);
  const last = inOrder.at(-1);
  const firsts = [...new Map(inOrder.toReversed().map((scan) => [scan.status, scan])).values()].slice(-mostStatuses);
  return { ...rest, scans: last && !firsts.includes(last) ? [...firsts, last] : firsts };
}

/** How a parcel is found again: carrier and code, whatever their spelling. */
export const trackingKey = (carrier: string, code: string): string =>
  `${carrier
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')}/${code.trim().toUpperCase().replaceAll(/\s+/g, '')}`;

/** Which shipment a parcel is; it is found by `trackingKey`. */
export interface Place {
  creatorId: string;
  /** Of the shipment. */
  subject: string;
  /** The last snapshot of the shipment that the shop gave: a snapshot is the whole state, and only the shop knows some of it. */
  known?: CloudEvent['data'];
  /** Its version. */
  knownAt?: number;
}

const moving = new Set(['in_transit', 'out_for_delivery', 'available_for_pickup', 'delivery_attempt_failed', 'delivered']);

/**
 * The event of a parcel. Times that the carrier does not tell stay as they are known. Two halves make it: its version is the middle of both,
 * so that a newer half of either side makes it newer, and the same two halves are the same event.
 */
export function trackingEvent({ service, carrier, status, updatedAt, scans, level }: Told, place: Place): CloudEvent {
  const inOrder = scans.toSorted((a, b) => a.at - b.at);
  const first = (is: (status: string) => boolean): string | undefined => {
    const found = inOrder.find((scan) => is(scan.status));
    return found && instant(found.at);
  };
  const { creatorId, subject, known = {}, knownAt = updatedAt } = place;
  const isTroubled = status === 'exception' || status === 'returned';
  const data = {
    ...known,
    status,
    // As the shop calls it: a dimension would fall apart over the names of several services.
    carrier: known.carrier ?? carrier.slice(0, 80),
    service: level?.slice(0, 80) ?? known.service,
    labelAt: known.labelAt ?? first((each) => each === 'label_created'),
    handedOverAt: first((each) => moving.has(each)) ?? known.handedOverAt,
    deliveredAt:
      status === 'delivered' ? (first((each) => each === 'delivered') ?? known.deliveredAt ?? instant(updatedAt)) : undefined,
    exceptionAt: isTroubled ? (first((each) => each === status) ?? known.exceptionAt ?? instant(updatedAt)) : undefined,
  };
  const at = inOrder.at(-1)?.at ?? updatedAt;
  const version = Math.ceil((knownAt + updatedAt) / 2);
  return snapshot({ source: `/carriers/${service}`, entity: 'shipment', creatorId, subject, at, version, data });
}
