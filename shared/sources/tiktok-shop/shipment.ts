/** How does a package of TikTok Shop read as events? One shipment for each order in it, with the times that only its order tells. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { trackingKey } from '../carriers/shipment.ts';
import { tally } from '../files/import-report.ts';
import { instant } from '../files/snapshot.ts';
import { countFields, type Notes, wordOf } from '../mapping-notes.ts';
import { listOf, type Raw, requireText, requireTime, textOf, timeOf } from '../record.ts';
import { packageFields } from './rules/known-fields.ts';
import { packageStatuses, shipExceptions } from './rules/statuses.ts';
import { statusOfTracking } from './rules/tracking.ts';
import { eventOf, type Shop } from './shop.ts';

/** A line of tracking text with the status that its words mean. */
interface Scan {
  at: number;
  status: string;
}

/** The tracking of an order (`data.tracking[]`), oldest first; lines whose words are not known are counted and left out. */
function scansOf(tracking: readonly Raw[], where: string, notes: Notes): Scan[] {
  const scans: Scan[] = [];
  for (const { description, update_time_millis } of tracking) {
    const text = textOf(description) ?? '';
    const status = statusOfTracking(text);
    const at = timeOf(update_time_millis);
    if (status && at !== undefined) scans.push({ at, status });
    // The text itself may name a place or a person.
    else tally(notes.unknown, 'tracking text', where);
  }
  return scans.sort((a, b) => a.at - b.at);
}

/** How far a parcel is. A status without a rank may come at any time, and is kept until a later one says more. */
const ranks = ['unknown', 'label_created', 'in_transit', 'out_for_delivery', 'delivered'];

const furthest = (said: string, scanned: string | undefined): string =>
  scanned && said !== 'cancelled' && !(ranks.indexOf(scanned) < ranks.indexOf(said) && ranks.includes(scanned)) ? scanned : said;

export interface PackageWithOrders {
  /** Of package detail (`data`) or package search (`data.packages[]`). */
  package: Raw;
  /** The orders in it, as order detail gives them. */
  orders: readonly Raw[];
  /** `data.tracking[]`, where it was asked for. */
  tracking?: readonly Raw[];
}

/**
 * Shipments of a package, one an order. A snapshot is the whole state, so package and order are read together: the package says how it
 * stands, the order when it was made ready, handed over and delivered. Throws RangeError where the package has no id, status or times.
 */
export function shipmentEvents(
  { package: parcel, orders, tracking = [] }: PackageWithOrders,
  shop: Shop,
  notes: Notes,
): CloudEvent[] {
  const id = textOf(parcel.package_id) ?? requireText(parcel, 'id');
  const where = `package ${id}`;
  countFields(parcel, packageFields, 'a package', where, notes);
  const said = textOf(parcel.package_status) ?? requireText(parcel, 'status');
  const plain = wordOf(packageStatuses, said, 'package status', where, notes);
  const reason = textOf(parcel.ship_exception_reason);
  const trouble = reason && wordOf(shipExceptions, reason, 'ship exception', where, notes);
  const scans = scansOf(tracking, where, notes);
  // An exception is over once the package has arrived after all.
  const status =
    trouble && plain !== 'delivered'
      ? shipExceptions.has(reason)
        ? trouble
        : 'exception'
      : furthest(plain, scans.at(-1)?.status);
  const createdAt = requireTime(parcel, 'create_time');
  const changedAt = requireTime(parcel, 'update_time');
  const [carrier, code] = [textOf(parcel.shipping_provider_name), textOf(parcel.tracking_number)];
  const first = (of: string) => scans.find((scan) => scan.status === of)?.at;
  return orders.map((order) => {
    const orderId = requireText(order, 'id');
    const version = Math.max(changedAt, timeOf(order.update_time) ?? 0, scans.at(-1)?.at ?? 0);
    const labelAt = timeOf(order.rts_time) ?? createdAt;
    const hasLeft = !['unknown', 'label_created', 'cancelled'].includes(status);
    const handedOverAt = hasLeft ? (timeOf(order.collection_time) ?? first('in_transit')) : undefined;
    // Of an order in several packages, delivery_time is inferred to be that of the last one; each that has arrived gets it.
    const deliveredAt = status === 'delivered' ? (first('delivered') ?? timeOf(order.delivery_time) ?? changedAt) : undefined;
    const isTroubled = status === 'exception' || status === 'returned';
    const exceptionAt = isTroubled ? (first('exception') ?? first('returned') ?? changedAt) : undefined;
    const data = {
      status,
      carrier: carrier?.slice(0, 80),
      service: (textOf(parcel.delivery_option_name) ?? textOf(order.delivery_option_name))?.slice(0, 80),
      labelAt: instant(labelAt),
      handedOverAt: handedOverAt === undefined ? undefined : instant(handedOverAt),
      deliveredAt: deliveredAt === undefined ? undefined : instant(deliveredAt),
      exceptionAt: exceptionAt === undefined ? undefined : instant(exceptionAt),
      exceptionReason: reason,
      fulfilledBy: fulfilledBy(textOf(order.fulfillment_type)),
      orders: listOf(parcel.orders).length || undefined,
    };
    const subject = `order/${encodeId(orderId)}/shipment/${encodeId(id)}`;
    return eventOf(shop, {
      entity: 'shipment',
      subject,
      version,
      times: [labelAt, handedOverAt, deliveredAt, exceptionAt],
      data,
      trackingKey: carrier && code && trackingKey(carrier, code),
    });
  });
}

function fulfilledBy(type: string | undefined): 'seller' | 'platform' | undefined {
  if (type === 'FULFILLMENT_BY_SELLER') return 'seller';
  return type === 'FULFILLMENT_BY_TIKTOK' ? 'platform' : undefined;
}
