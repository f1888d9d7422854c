/** What is done with a webhook of a carrier service at the door? Its signature is checked over the bytes, the tracking number becomes a hash, the rest is left on the queue. */
import { createHash } from 'node:crypto';
import { type Told, type Tracking, trackingKey, withoutCode } from '../sources/carriers/shipment.ts';
import { isFromAfterShip, isFromEasyPost, isFromShippo } from '../sources/carriers/signatures.ts';
import { afterShipWebhook, easyPostWebhook, shippoWebhook } from '../sources/carriers/webhooks.ts';
import { type Notes, newNotes } from '../sources/mapping-notes.ts';
import { readJson } from '../sources/read-json.ts';
import { objectOf, type Raw, textOf } from '../sources/record.ts';
import { parcelHash } from './parcels.ts';
import type { VendorKeys } from './vendor-keys.ts';
import { type Door, leave, type Received, readOrNot } from './waiting.ts';

interface Carrier {
  /** In small letters. */
  header: string;
  isGenuine: (rawBody: Uint8Array, header: string | undefined, secret: string, now: number) => boolean;
  read: (body: Raw, notes: Notes) => Tracking | undefined;
  /** The service's own id of the message; undefined where it has none. */
  idOf: (body: Raw) => string | undefined;
}

const carriers: { [service in Told['service']]: Carrier } = {
  easypost: { header: 'x-hmac-signature', isGenuine: isFromEasyPost, read: easyPostWebhook, idOf: ({ id }) => textOf(id) },
  // aftership.com/docs, webhook specifications: event_id is of the message.
  aftership: {
    header: 'aftership-hmac-sha256',
    isGenuine: isFromAfterShip,
    read: afterShipWebhook,
    idOf: ({ event_id }) => textOf(event_id),
  },
  shippo: { header: 'shippo-auth-signature', isGenuine: isFromShippo, read: shippoWebhook, idOf: () => undefined },
};

/** How many statuses it named, and how many of them nobody knows here. */
export interface Named {
  statuses: number;
  unclassified: number;
}

export interface ReceivedParcel {
  received: Received;
  named?: Named;
}

/** A message of a service without ids is known by its bytes: they are the same when it comes again. Throws what the queue throws. */
export async function receiveCarrier(
  service: Told['service'],
  { keys, ...door }: Pick<Door<VendorKeys>, 'keys' | 'send'>,
  rawBody: Uint8Array,
  headers: { readonly [name: string]: string | undefined },
  now: number,
): Promise<ReceivedParcel> {
  const { header, isGenuine, read, idOf } = carriers[service];
  const secret = keys[service]?.webhookSecret;
  if (secret === undefined || !isGenuine(rawBody, headers[header], secret, now)) return { received: 'refused' };
  const notes = newNotes();
  const message = readOrNot(() => {
    const body = objectOf(readJson(Buffer.from(rawBody).toString('utf8')));
    return { id: idOf(body), tracking: read(body, notes) };
  });
  if (!message) return { received: 'unreadable' };
  const { id = createHash('sha256').update(rawBody).digest('hex'), tracking } = message;
  if (!tracking) return { received: 'nothing' };
  const unclassified = [...notes.unknown.values()].reduce((sum, { count }) => sum + count, 0);
  const named = { statuses: tracking.scans.length + 1, unclassified };
  // That a carrier knows nothing (yet, or any longer) takes nothing back.
  if (tracking.status === 'unknown') return { received: 'nothing', named };
  const parcel = parcelHash(keys, trackingKey(tracking.carrier, tracking.code));
  const received = await leave(door, id, { vendor: service, parcel, told: withoutCode(tracking) });
  return { received, named };
}
