/** Which shipment is a parcel that a carrier tells of? Shop and carrier each say their half, in any order; who comes second puts both together. */
import { createHmac } from 'node:crypto';
import type { CloudEvent } from '../events/parse.ts';
import type { Track } from '../ingest/accept.ts';
import { mapLimit } from '../map-limit.ts';
import { type Told, trackingEvent, trackingKey } from '../sources/carriers/shipment.ts';
import { leadsFor, type Parcel, putShipped, putTold, type Shipped } from '../store/parcels.ts';
import type { Table } from '../store/table.ts';
import { derivedKey, type VendorKeys } from './vendor-keys.ts';

/** Before a number that is hashed already: one that waited on a queue. */
const hashed = '#';

/** A shipment without its number: what waits on a queue. */
export const withHash = (event: CloudEvent, keys: VendorKeys): CloudEvent =>
  event.trackingkey === undefined || !isNumber(spelled(event.trackingkey))
    ? event
    : { ...event, trackingkey: `${hashed}${parcelHash(keys, spelled(event.trackingkey))}` };

/** A tracking number as it is kept: nobody without the deployment's own key finds the number. */
export const parcelHash = (keys: VendorKeys, key: string): string =>
  createHmac('sha256', derivedKey(keys, 'parcels')).update(key).digest('base64url');

const writesAtOnce = 16;
/** A snapshot that is longer (bytes of JSON) than those that sources make is not kept: its item would not hold many. */
const mostBytes = 8000;

/**
 * The shipment with what a carrier told of it; undefined where the shop has told something newer, or where two creators claim the number:
 * a parcel is one creator's, so one of them is wrong, and neither may see the other's.
 */
function together({ shipments, told }: Parcel, { creatorId, subject, version, data }: Shipped): CloudEvent | undefined {
  if (!told || told.at <= version || isAmbiguous(shipments)) return undefined;
  return trackingEvent(JSON.parse(told.text) as Told, { creatorId, subject, known: data, knownAt: version });
}

const isAmbiguous = (shipments: Shipped[]): boolean => new Set(shipments.map(({ creatorId }) => creatorId)).size > 1;

/** The tracking number in the spelling that is compared: what stands behind the last slash is the code. */
const spelled = (given: string): string =>
  trackingKey(given.slice(0, given.lastIndexOf('/')), given.slice(given.lastIndexOf('/') + 1));

/** Too short to tell parcels apart, or without a digit: what people write where there is no number. */
const isNumber = (key: string): boolean => /\/(?=[^/]*\d)[^/]{6,}$/.test(key);

/** What collect does with shipments whose source told their number. Throws what table and secrets throw. */
export const trackWith =
  (table: Table, keys: () => Promise<VendorKeys>): Track =>
  async (tracked, now) => {
    const fresh = tracked.flatMap(({ event, trackingKey: given }) => {
      const isHash = given.startsWith(hashed);
      const [key, shipped] = [isHash ? given : spelled(given), shippedOf(event)];
      const isKept =
        (isHash || isNumber(key)) && shipped.version + leadsFor > now && JSON.stringify(shipped.data).length <= mostBytes;
      return isKept ? [{ key, shipped }] : [];
    });
    if (!fresh.length) return [];
    const own = await keys();
    const found = await mapLimit(fresh, writesAtOnce, async ({ key, shipped }) => {
      const parcel = await putShipped(table, key.startsWith(hashed) ? key.slice(1) : parcelHash(own, key), shipped, now);
      return parcel && together(parcel, shipped);
    });
    return found.filter((event) => event !== undefined);
  };

const shippedOf = ({ creatorid, subject, entityversion, data }: CloudEvent): Shipped => ({
  creatorId: creatorid,
  subject,
  version: entityversion,
  data,
});

/** waits: no shop has told of that number yet. ambiguous: two creators claim it. older: something newer is known. */
export type Matched = 'matched' | 'waits' | 'ambiguous' | 'older';

/** What a carrier told, as events of the shipments in that parcel, and whose they are; where there is none yet, it is kept until one is. */
export async function matchTold(
  table: Table,
  hash: string,
  told: Told,
  now: number,
): Promise<{ matched: Matched; events: CloudEvent[]; creators: string[] }> {
  const parcel = await putTold(table, hash, { at: told.updatedAt, text: JSON.stringify(told) }, now);
  if (!parcel) return { matched: 'older', events: [], creators: [] };
  if (!parcel.shipments.length) return { matched: 'waits', events: [], creators: [] };
  const creators = [...new Set(parcel.shipments.map(({ creatorId }) => creatorId))];
  if (isAmbiguous(parcel.shipments)) return { matched: 'ambiguous', events: [], creators };
  const events = parcel.shipments.map((each) => together(parcel, each)).filter((event) => event !== undefined);
  return { matched: events.length ? 'matched' : 'older', events, creators };
}
